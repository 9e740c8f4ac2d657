"""One page for somebody inside: from our entries, with who to write to, and nothing made up."""

import httpx2
import pytest

from offer.eligibility.situation import Situation
from offer.pages.custody_sheet import MIDDLE, RIGHT, ROOM
from offer.published import Published
from offer.release import inside, opens_at_release
from tests.offer.pages.reading import TODAY
from tests.offer.pages.test_sheet import LINCOLN, sheet_of

UNIVERSAL_CREDIT = "universal-credit-from-18"


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offer.pages.custody_sheet.today", lambda: TODAY)


async def test_it_says_the_right_the_steps_and_what_to_do_about_a_no(
    client: httpx2.AsyncClient, published: Published
) -> None:
    words = sheet_of(await client.get("/print/custody?by=E10000019"))
    right = published.entries[RIGHT]
    for text in (right.summary, right.who_for, right.if_told_no, *right.what_you_get, *right.steps):
        assert " ".join(text.split()) in words
    assert "Printed on 22 November 2026" in words
    assert "Checked November 2026" in words
    assert "01522 575955" in words
    assert "County Offices, Newland, Lincoln, Lincolnshire, LN1 1YL" in words


async def test_a_councils_own_help_stands_beside_the_right(
    client: httpx2.AsyncClient, published: Published
) -> None:
    own = published.entries["durham-prison-support"]
    durham = sheet_of(await client.get("/print/custody?by=E06000047"))
    for text in (own.title, own.summary, *own.steps):
        assert " ".join(text.split()) in durham
    assert "Care Leaver Lead, HMP Durham" in durham
    assert own.title not in sheet_of(await client.get("/print/custody?by=E10000019"))


async def test_a_council_of_which_we_hold_nothing_gets_lines_to_fill_and_no_invention(
    client: httpx2.AsyncClient,
) -> None:
    words = sheet_of(await client.get("/print/custody?by=E10000016"))
    assert "Kent County Council : we hold no number or address of its leaving care team." in words
    nobody = sheet_of(await client.get("/print/custody?by=nowhere"))
    assert "Ask the leaving care team of the council that looked after you." in nobody


async def test_from_answers_it_takes_somebody_as_inside_whatever_they_said_of_today(
    client: httpx2.AsyncClient,
) -> None:
    for said in ({}, {"in_custody": "false"}):
        page = await client.post("/print/custody", data={**LINCOLN, **said, "answers": "with"})
        words = sheet_of(page)
        assert "For you: You should be able to get this." in words
        assert "Aged 19." in words
        assert "Universal Credit from 18" in words
        assert ('name="in_custody" value="false"' in page.text) == bool(said), "their own answer goes on"


async def test_without_answers_on_it_nothing_told_stands_there(client: httpx2.AsyncClient) -> None:
    words = sheet_of(await client.post("/print/custody", data=LINCOLN))
    assert "What you told us" not in words
    assert "Aged 19" not in words


def test_what_opens_at_release_is_shut_by_custody_alone(published: Published) -> None:
    person = Situation(told_on=TODAY, facts={"age_years": 19, "residence_nation": "england"})
    opened = {outcome.slug: outcome.outcome for outcome in opens_at_release(published, person, TODAY)}
    assert UNIVERSAL_CREDIT in opened
    assert RIGHT not in opened
    assert "no" not in opened.values()
    assert opens_at_release(published, inside(person), TODAY) == opens_at_release(published, person, TODAY)


async def test_long_words_of_staff_are_set_smaller_and_the_least_needed_are_left_out(
    client: httpx2.AsyncClient, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = published.entries[RIGHT]
    long = right.model_copy(update={"good_to_know": [*right.good_to_know, "Long. " * (ROOM // 6)]})
    monkeypatch.setitem(published.__dict__, "entries", {**published.entries, RIGHT: long})
    page = await client.get("/print/custody")
    assert "Long. Long." not in page.text
    wordy = right.model_copy(update={"who_for": "Word " * (MIDDLE // 5)})
    monkeypatch.setitem(published.__dict__, "entries", {**published.entries, RIGHT: wordy})
    page = await client.get("/print/custody")
    assert "app-sheet--small" in page.text
    assert right.good_to_know[-1] not in page.text


async def test_an_edition_without_the_right_says_so(
    client: httpx2.AsyncClient, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest = {slug: entry for slug, entry in published.entries.items() if slug != RIGHT}
    monkeypatch.setitem(published.__dict__, "entries", rest)
    assert (await client.get("/print/custody")).status_code == 404
