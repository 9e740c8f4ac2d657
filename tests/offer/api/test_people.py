"""The invented people of the shared cases, and those of the issue, through HTTP."""

from collections.abc import Callable
from typing import Any

import httpx2

from tests.offer.api.conftest import ON, Person

Facts = Callable[..., Person]
GOT = ("personal-adviser-to-21", "pathway-plan", "advocacy")
OPEN = (
    "setting-up-home-allowance",
    "council-tax-care-leaver-discount",
    "higher-education-bursary",
    "apprenticeship-care-leavers-bursary",
)


def facts_of(person: Person) -> Person:
    dates = {"date_of_birth": person["dob"], "care": person["care"], "status_events": person["status_events"]}
    return {**person["facts"], **dates}


async def answer_to(api: httpx2.AsyncClient, facts: Person, on: str = ON) -> dict[str, Any]:
    reply = await api.post("/api/v1/check", json={"on": on, "facts": facts})
    assert reply.status_code == 200, reply.text
    body: dict[str, Any] = reply.json()
    return body


def outcomes(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["slug"]: each for each in answer["outcomes"]}


async def test_every_person_of_the_cases_gets_the_answer_the_law_gives(
    api: httpx2.AsyncClient, people: list[Person]
) -> None:
    assert len(people) >= 29
    wrong = []
    for person in people:
        answer = await answer_to(api, facts_of(person), person["as_of"])
        found = outcomes(answer)
        assert answer["care_status"]["value"] == person["expected_status"], person["id"]
        wanted: dict[str, tuple[str, ...]] = {
            **dict.fromkeys(person["must_be_eligible"], ("yes",)),
            **dict.fromkeys(person["must_not_be_eligible"], ("no",)),
            **dict.fromkeys(person.get("must_be_unknown", []), ("unknown",)),
        }
        if "council-tax-care-leaver-discount" in person["must_be_eligible"]:
            wanted["council-tax-care-leaver-discount"] = ("yes", "unknown")  # nobody says where they live
        wrong += [
            (person["id"], slug, found[slug]["outcome"])
            for slug, allowed in wanted.items()
            if found[slug]["outcome"] not in _coming(found[slug], allowed)
        ]
    assert not wrong


def _coming(outcome: dict[str, Any], allowed: tuple[str, ...]) -> tuple[str, ...]:
    """What is not yet law is never a yes."""
    return ("unknown",) if outcome["strength"].startswith("future") and "yes" in allowed else allowed


async def test_19_in_sleaford_looked_after_by_lincolnshire(
    api: httpx2.AsyncClient, from_lincolnshire: Facts
) -> None:
    found = outcomes(await answer_to(api, from_lincolnshire()))
    assert {slug: found[slug]["outcome"] for slug in GOT} == dict.fromkeys(GOT, "yes")
    assert {slug: found[slug]["outcome"] for slug in OPEN} == dict.fromkeys(OPEN, "unknown")
    assert "moving_into_or_in_independent_home" in found["setting-up-home-allowance"]["missing"]
    assert found["council-tax-care-leaver-discount"]["missing"] == ["liable_for_council_tax"]
    assert "in_education" in found["higher-education-bursary"]["missing"]
    assert "in_education" in found["apprenticeship-care-leavers-bursary"]["missing"]


async def test_the_rule_of_north_kesteven_comes_with_its_source(
    api: httpx2.AsyncClient, from_lincolnshire: Facts
) -> None:
    found = outcomes(await answer_to(api, from_lincolnshire()))
    terms = found["council-tax-north-kesteven"]
    assert terms["part_of"] == "council-tax-care-leaver-discount"
    assert any(reason["cite"] for reason in terms["because"])
    council_tax = await api.get("/api/v1/council-tax", params={"district": "E07000139", "on": ON})
    district = council_tax.json()["districts"][0]
    assert district["district"] == {"gss": "E07000139", "name": "North Kesteven"}
    assert district["rule"]["source"]


async def test_the_same_for_durham(api: httpx2.AsyncClient, from_lincolnshire: Facts) -> None:
    facts = from_lincolnshire(postcode="DH1 5UL", responsible_authority="E06000047")
    found = outcomes(await answer_to(api, facts))
    assert {slug: found[slug]["outcome"] for slug in GOT} == dict.fromkeys(GOT, "yes")
    assert {slug: found[slug]["outcome"] for slug in OPEN} == dict.fromkeys(OPEN, "unknown")
    assert found["durham-council-tax-care-leavers"]["part_of"] == "council-tax-care-leaver-discount"
    assert "council-tax-north-kesteven" not in found


async def test_with_the_care_question_skipped_none_of_these_is_not_now(
    api: httpx2.AsyncClient, from_lincolnshire: Facts
) -> None:
    for place in ({}, {"postcode": "DH1 5UL", "responsible_authority": "E06000047"}):
        facts = from_lincolnshire(care_when=None, care_13_weeks=None, **place)
        found = outcomes(await answer_to(api, facts))
        assert {slug: found[slug]["outcome"] for slug in (*GOT, *OPEN)} == dict.fromkeys(
            (*GOT, *OPEN), "unknown"
        )


async def test_no_skipped_fact_ever_makes_a_no(api: httpx2.AsyncClient) -> None:
    answer = await answer_to(api, {})
    assert {each["outcome"] for each in answer["outcomes"]} <= {"yes", "unknown"}
    assert answer["not_included"] == ["responsible_authority", "lives_in"]


async def test_looked_after_by_durham_and_living_in_lincoln(
    api: httpx2.AsyncClient, from_lincolnshire: Facts
) -> None:
    facts = from_lincolnshire(postcode=None, lives_in="E07000138", responsible_authority="E06000047")
    found = outcomes(await answer_to(api, facts))
    assert "council-tax-lincoln" in found
    assert any(slug.startswith("durham-") for slug in found)
    assert "durham-council-tax-care-leavers" in found, "it is Durham's own offer, and says where it holds"


async def test_people_aged_9_and_60_and_in_scotland_are_answered_with_what_that_changes(
    api: httpx2.AsyncClient, from_lincolnshire: Facts
) -> None:
    nine = {"age_years": 9, "care_when": "still_in_care", "care_13_weeks": None}
    for changes in (nine, {"age_years": 60}, {"postcode": "EH1 1YZ"}):
        answer = await answer_to(api, from_lincolnshire(**changes))
        assert answer["notes"], changes
        assert answer["outcomes"]


async def test_a_council_we_hold_no_offer_of_still_gets_all_of_england(api: httpx2.AsyncClient) -> None:
    answer = await answer_to(api, {"age_years": 19, "responsible_authority": "E10000016"})  # Kent
    assert len(answer["outcomes"]) >= 60
    assert answer["not_included"] == ["lives_in"]
