"""Council tax: from a place to its district, the rule in words, and every district we hold."""

import gzip
from datetime import date

import httpx2
import pytest

from offer.council_tax import current, past
from offer.council_tax_words import ordinal, rule_words, table_row
from offer.entitlements.schema import ParameterRow
from offer.published import COUNCIL_TAX, Published
from tests.offer.pages.reading import TODAY, title_of, words_of


def row(**changes: object) -> ParameterRow:
    """A sound row of terms, changed as told."""
    given = {
        "area": "E07000139",
        "age_before": 25,
        "percent": 100,
        "who": "own",
        "confidence": "found in source",
        "source": "https://www.example.gov.uk/page; Minutes of a panel, 2019",
        "checked_on": date(2026, 11, 22),
    }
    return ParameterRow.model_validate({**given, **changes})


@pytest.mark.parametrize(
    "typed", ["NG34 7EF", "ng347ef", "North Kesteven", "north kesteven district council"]
)
async def test_a_place_leads_to_its_districts_own_address(client: httpx2.AsyncClient, typed: str) -> None:
    posted = await client.post("/council-tax", data={"place": typed})
    assert (posted.status_code, posted.headers["location"]) == (303, "/council-tax/E07000139")


async def test_half_a_postcode_is_asked_about(client: httpx2.AsyncClient) -> None:
    page = await client.post("/council-tax", data={"place": "LN6"})
    assert page.status_code == 200
    assert page.text.count('type="radio"') == 3
    assert 'value="LN6"' in page.text


@pytest.mark.parametrize("typed", ["", "ZZ99 9ZZ", "BF1 1AA", "Narnia"])
async def test_what_is_no_place_is_kept_and_explained(client: httpx2.AsyncClient, typed: str) -> None:
    page = await client.post("/council-tax", data={"place": typed})
    assert page.status_code == 422
    assert title_of(page).startswith("Error:")
    assert f'value="{typed}"' in page.text
    assert 'id="place-error"' in page.text


async def test_a_name_or_an_old_code_leads_to_the_code(client: httpx2.AsyncClient) -> None:
    named = await client.get("/council-tax/north-kesteven")
    assert named.headers["location"] == "/council-tax/E07000139"


async def test_a_county_leads_to_the_map_of_its_districts(client: httpx2.AsyncClient) -> None:
    named = await client.get("/council-tax/lincolnshire")
    assert (named.status_code, named.headers["location"]) == (303, "/council-tax/map/E10000019")


async def test_an_unknown_council_has_no_page(client: httpx2.AsyncClient) -> None:
    page = await client.get("/council-tax/narnia")
    assert page.status_code == 404
    assert "Choose yours" in page.text


async def test_a_districts_rule_is_said_with_its_source_and_how_sure_we_are(
    client: httpx2.AsyncClient,
) -> None:
    words = words_of(await client.get("/council-tax/E07000139"))
    assert "You may pay no council tax until you turn 25." in words
    assert "council papers" in words
    assert "lincolnshire.gov.uk" in words
    assert "November 2026" in words
    assert "No council tax until 25 (North Kesteven)" in words


async def test_the_team_is_shown_where_we_hold_it(client: httpx2.AsyncClient) -> None:
    assert "tel:01205314200" in (await client.get("/council-tax/E07000136")).text


async def test_the_history_is_told_in_the_order_of_time(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get("/council-tax/E07000136"))
    history = words[words.index("What it was, what it is, what is coming") :]
    assert history.index("until you turn 21") < history.index("until you turn 25")
    assert "2019 or earlier. We hold it up to 1 April 2020." in history
    assert "the day it began was not found" in history
    assert "From 1 April 2025" not in history  # that day stands for one that was not found
    assert words.index("until you turn 25") < words.index("What it was")


async def test_every_question_is_answered_or_said_to_be_open(client: httpx2.AsyncClient) -> None:
    durham = words_of(await client.get("/council-tax/E06000047"))
    assert "Until when Your 25th birthday." in durham
    assert "If you share your home Sharing your home: 50% off." in durham
    assert "Off the bill, or paid back Its source calls it a discount" in durham
    lincoln = words_of(await client.get("/council-tax/E07000138"))
    assert "We did not find what sharing changes. Ask before you share." in lincoln
    assert "We did not find if it comes off the bill or is paid back. Ask." in lincoln


async def test_a_district_stands_beside_those_of_its_county_or_those_next_door(
    client: httpx2.AsyncClient,
) -> None:
    county = (await client.get("/council-tax/E07000139")).text
    for number in (136, 137, 138, 140, 141, 142):
        assert f'href="/council-tax/E07000139/compare?with=E07000{number}"' in county
    alone = (await client.get("/council-tax/E06000047")).text
    assert 'href="/council-tax/E06000005"' in alone  # Darlington, next door
    assert "E09000007" not in alone


async def test_each_district_leads_to_its_map_and_to_the_table(client: httpx2.AsyncClient) -> None:
    page = (await client.get("/council-tax/E07000139")).text
    for href in ("/council-tax/map/E07000139", "/council-tax/map", "/council-tax#all"):
        assert f'href="{href}"' in page


async def test_a_weak_row_shows_no_figure(client: httpx2.AsyncClient, published: Published) -> None:
    weak = next(r for r in published.entries[COUNCIL_TAX].terms if r.confidence == "existence only")
    words = words_of(await client.get(f"/council-tax/{weak.area}"))
    rule = words[: words.index("How to get it")]
    assert "may have a discount for care leavers: ask" in rule
    assert "%" not in rule
    assert "birthday" not in rule


async def test_a_district_we_do_not_hold_says_so_and_says_whom_to_ask(
    client: httpx2.AsyncClient, published: Published
) -> None:
    held = {row.area for row in published.entries[COUNCIL_TAX].terms}
    other = next(area for area in published.places.districts(TODAY) if area.gss not in held)
    words = words_of(await client.get(f"/council-tax/{other.gss}"))
    assert "We do not hold this council’s own rule" in words
    assert f"Ask {other.name}’s council tax team" in words


async def test_outside_england_is_answered(client: httpx2.AsyncClient) -> None:
    posted = await client.post("/council-tax", data={"place": "CF10 1EP"})
    assert "Wales" in words_of(await client.get(posted.headers["location"]))


async def test_an_island_is_answered_and_not_refused(client: httpx2.AsyncClient) -> None:
    page = await client.post("/council-tax", data={"place": "JE2 3AB"})
    assert page.status_code == 200
    assert "Jersey" in words_of(page)


async def test_every_district_held_is_in_the_table_ours_first(
    client: httpx2.AsyncClient, published: Published
) -> None:
    page = await client.get("/council-tax")
    table = page.text[page.text.index('id="all"') :]
    for area in {row.area for row in published.entries[COUNCIL_TAX].terms}:
        assert f'href="/council-tax/{area}"' in table
    order = [table.index(f"/council-tax/{code}") for code in ("E07000136", "E06000047", "E08000003")]
    assert order == sorted(order)
    assert "not found" in table


async def test_the_table_page_stays_small(client: httpx2.AsyncClient) -> None:
    assert len(gzip.compress((await client.get("/council-tax")).content)) <= 15_000
    assert len(gzip.compress((await client.get("/council-tax/E06000047")).content)) <= 6000


def test_a_row_says_what_it_does_not_know() -> None:
    words = rule_words(row(age_before=None, percent=None, who="not-stated"), "Lincolnshire")
    assert words.headline == "You may pay less council tax."
    assert "We did not find the age at which it stops." in words.points
    assert "We did not find how much comes off." in words.points
    assert any("did not find whose care leavers" in point for point in words.points)


def test_sources_are_parted_into_pages_and_papers() -> None:
    page, paper = rule_words(row(), "Lincolnshire").sources
    assert (page.text, page.href) == ("example.gov.uk", "https://www.example.gov.uk/page")
    assert (paper.text, paper.href) == ("Minutes of a panel, 2019", "")


def test_a_second_row_carries_on_from_the_first() -> None:
    rows = current([row(age_before=25, percent=None, asks=["Ask."]), row(age_before=21)], TODAY)
    assert [each.age_before for each in rows] == [21, 25]
    assert rule_words(rows[1], "Essex", after=21).headline == "From 21 until you turn 25, it may go on: ask."
    assert table_row("E07000139", "North Kesteven", rows).until == "21 (ask to 25)"


def test_a_rule_ends_on_the_day_before_its_end() -> None:
    ended = row(end=TODAY)
    assert current([ended], TODAY) == ()
    assert past([ended], TODAY) == (ended,)
    assert current([row(start=TODAY)], TODAY)


@pytest.mark.parametrize(
    ("age", "said"), [(21, "21st"), (22, "22nd"), (23, "23rd"), (25, "25th"), (11, "11th")]
)
def test_birthdays_are_said_as_people_say_them(age: int, said: str) -> None:
    assert ordinal(age) == said
