"""What nobody looked at again in time says so to the public wherever it is shown, in words."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from directory.freshness import is_overdue, overdue_words
from directory.places import Places
from directory.records import Record
from offer.app import create_app
from offer.catalogue.files import starter_folders
from offer.catalogue.store import read_folders
from offer.clock import today
from offer.entitlements.schema import Entitlement
from offer.pack import pack
from offer.person import read_person
from offer.published import COUNCIL_TAX, Published, build_published
from offer.settings import Settings
from tests.offer.pages.reading import words_of

DAY = date(2026, 11, 22)
OLD, FRESH = "railcard-16-25", "advocacy"
SINCE = "We have not checked this since"


def test_the_day_itself_is_in_time() -> None:
    assert not is_overdue(DAY, DAY) and is_overdue(DAY, DAY + timedelta(days=1))
    assert overdue_words(DAY, DAY, DAY, "us") == ""
    said = overdue_words(date(2026, 1, 9), DAY - timedelta(days=1), DAY, "your adviser")
    assert said == f"{SINCE} January 2026. Ask your adviser before you count on it."


@pytest.fixture(scope="module")
def stale(places: Places) -> Published:
    """The catalogue, in which everything but one entry was to be checked again by yesterday."""
    records, _ = read_folders(starter_folders())
    dates = {"checked_on": today() - timedelta(days=400), "review_by": today() - timedelta(days=1)}
    documents: list[Any] = [
        each.document if getattr(each.document, "id", "") == FRESH else each.document.model_copy(update=dates)
        for each in records
    ]
    return build_published(
        [each for each in documents if isinstance(each, Entitlement)],
        [each for each in documents if isinstance(each, Record)],
        places,
        version=1,
        today=today(),
    )


@pytest.fixture
async def client(stale: Published, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(Settings(data_dir=tmp_path))
    app.state.live.edition = stale
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app), base_url="http://offer.test"
    ) as found:
        yield found


@pytest.mark.parametrize(
    ("address", "who"),
    [
        (f"/entitlements/{OLD}", "Ask "),
        (f"/entitlements/{OLD}/easy", "Ask "),
        ("/services/become", "Ask them"),
        ("/organisations/ymca-lincolnshire", "Ask them"),
        ("/council-tax/E07000138", "Ask the council tax team"),
        (f"/print?things={OLD}", "Ask "),
    ],
)
async def test_a_page_says_since_when(client: httpx2.AsyncClient, address: str, who: str) -> None:
    said = words_of(await client.get(address))
    month = f"{today() - timedelta(days=400):%B %Y}"
    assert f"{SINCE} {month}. {who}" in said and "before you count on it." in said


async def test_a_page_that_was_checked_says_nothing_of_it(client: httpx2.AsyncClient) -> None:
    assert SINCE not in words_of(await client.get(f"/entitlements/{FRESH}"))


async def test_rows_of_lists_carry_a_mark(client: httpx2.AsyncClient) -> None:
    found = words_of(await client.get("/topics/travel-and-leisure"))
    assert "Not checked since" in found and ": ask" in found
    services = words_of(await client.get("/services?area=E07000138"))
    assert "Not checked since" in services


async def test_results_and_the_api_warn_beside_what_may_be_got(client: httpx2.AsyncClient) -> None:
    reply = await client.post("/api/v1/check", json={"facts": {"age_years": 19}})
    told = {each["slug"]: each for each in reply.json()["outcomes"]}
    assert told[OLD]["outcome"] != "no" and any(SINCE in text for text in told[OLD]["warnings"])
    assert not any(SINCE in text for text in told[FRESH]["warnings"])
    page = await client.post("/results", data={"age_years": "19"})
    assert SINCE in page.text


def test_the_day_after_turns_every_answer_by_itself(published: Published) -> None:
    entry = published.entries[COUNCIL_TAX]
    for on, wanted in ((entry.review_by, False), (entry.review_by + timedelta(days=1), True)):
        person = read_person(published, {"age_years": 19}, on)
        outcome = next(each for each in person.answer(published).outcomes if each.slug == entry.id)
        assert any(SINCE in text for text in outcome.warnings) is wanted


def test_a_phone_that_saved_the_list_learns_the_day_with_it(published: Published) -> None:
    entry = published.entries[COUNCIL_TAX]
    saved = next(each for each in pack(published, DAY)["entries"] if each["slug"] == entry.id)
    turned = [each["from"] for each in saved["stands"] if any(SINCE in text for text in each["warnings"])]
    assert turned[0] == (entry.review_by + timedelta(days=1)).isoformat()
