"""Several districts: a choice, with what is the same in all of them told at once, and nothing guessed."""

import re
from datetime import date

import httpx2
import pytest

from offer.common_ground import MOST, answer_in_all, common_ground
from offer.pages.blocks import groups_of
from offer.person import read_person
from offer.published import Published
from tests.offer.pages.reading import words_of

ON = date(2026, 11, 22)
SEVEN = ("E07000136", "E07000137", "E07000138", "E07000139", "E07000140", "E07000141", "E07000142")
CARE_LEAVER = {"date_of_birth": "2007-03-10", "care_status": "former_relevant"}


def codes(published: Published, text: str) -> list[str]:
    return [match.district.gss for match in published.places.read(text, ON).matches]


@pytest.mark.parametrize("text", ["LN1", "DH3", "PE12"])
async def test_each_rule_stands_beside_its_district_where_they_differ(
    client: httpx2.AsyncClient, published: Published, text: str
) -> None:
    page = await client.post("/council-tax", data={"place": text})
    words = words_of(page)
    assert page.status_code == 200
    assert "is in more than one council area" in words or "choose your council" in words
    assert "What the law gives every care leaver in England is the same in all of them." in words
    for code in codes(published, text):
        assert f'value="{code}"' in page.text
    assert "Council tax: " in words or "Council tax is the same" in words


async def test_newport_in_england_and_wales_is_asked_without_a_claim(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.post("/council-tax", data={"place": "Newport"}))
    assert "More than one place has that name" in words
    assert "same in all of them" not in words


async def test_a_county_in_common_is_said(client: httpx2.AsyncClient) -> None:
    for path in ("/council-tax", "/help-nearby"):
        assert "All of them are in Lincolnshire." in words_of(
            await client.post(path, data={"place": "Lincs"})
        )
    words = words_of(await client.post("/results", data={"place": "LN6", "age_years": "19"}))
    assert "All of them are in" not in words  # LN6 touches Nottinghamshire
    assert "Which of these do you live in?" in words


def test_a_rule_is_common_only_where_each_district_has_it(published: Published) -> None:
    found = common_ground(published, SEVEN, ON)
    assert found.authority is not None and found.authority.name == "Lincolnshire"
    for district in SEVEN:
        alone = common_ground(published, [district], ON)
        assert alone.council_tax == alone.rules[district]
    alike = common_ground(published, ["E07000139", "E07000139"], ON)
    assert alike.council_tax
    with_gap = common_ground(published, ["E07000139", "E07000175", "S12000036"], ON)
    assert with_gap.council_tax == ()
    assert with_gap.authority is None


@pytest.mark.parametrize("text", ["LN1", "LN6", "DH3", "PE12", "NG34", "DL2"])
def test_what_is_told_is_what_each_district_by_itself_would_be_told(published: Published, text: str) -> None:
    person = read_person(published, CARE_LEAVER, ON)
    districts = codes(published, text)
    told = {each.slug: each.outcome for each in answer_in_all(published, person, districts).outcomes}
    unsettled = {each.slug: each.outcome for each in person.answer(published).outcomes}
    each_told = []
    for code in districts:
        found = read_person(published, CARE_LEAVER | {"lives_in": code}, ON).answer(published)
        each_told.append({each.slug: each.outcome for each in found.outcomes})
    for slug, outcome in told.items():
        alone = {answers.get(slug) for answers in each_told}
        assert alone == {outcome} or outcome == unsettled[slug]
    for slug in set.intersection(*map(set, each_told)):
        if len({answers[slug] for answers in each_told}) == 1:
            assert told[slug] == each_told[0][slug]


def test_the_county_above_all_brings_its_entries(published: Published) -> None:
    """All seven districts of Lincolnshire are too many to compare; two of them are not."""
    person = read_person(published, CARE_LEAVER, ON)
    both = {each.slug for each in answer_in_all(published, person, SEVEN[3:5]).outcomes}
    assert any(slug.startswith("lincolnshire-") for slug in both)
    assert len(SEVEN) > MOST
    assert answer_in_all(published, person, SEVEN) == person.answer(published)
    assert answer_in_all(published, person, []) == person.answer(published)


def test_a_reason_never_names_one_of_several_districts(published: Published) -> None:
    person = read_person(published, CARE_LEAVER, ON)
    districts = codes(published, "LN6")
    said = [
        reason.text
        for each in answer_in_all(published, person, districts).outcomes
        for reason in each.because
    ]
    assert not [text for text in said if text.startswith("You live in ") and "Lincoln" in text]


async def test_the_results_settle_what_comes_out_alike_in_every_district(
    client: httpx2.AsyncClient, published: Published
) -> None:
    told = {"dob-day": "10", "dob-month": "3", "dob-year": "2007", "care_when": "left_at_18"}
    page = await client.post("/results", data={**told, "care_13_weeks": "true", "place": "NG34"})
    facts = {"date_of_birth": "2007-03-10", "care_when": "left_at_18", "care_13_weeks": True}
    person = read_person(published, facts, ON)
    answer = answer_in_all(published, person, codes(published, "NG34"))
    assert answer != person.answer(published)
    groups = groups_of(published, answer.outcomes, person.situation.date_of_birth)
    counts = re.findall(r'<a href="#(?:yes|might|no)"><b>(\d+)</b>', page.text)
    assert tuple(map(int, counts)) == groups.counts
