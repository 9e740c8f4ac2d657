"""What the pages and the API tell the counter, and a canary: nothing typed about a person is ever kept."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
import structlog
from starlette.applications import Starlette
from starlette.datastructures import Headers

from offer.app import create_app
from offer.db.migrate import migrate
from offer.db.sqlite_file import path_of
from offer.looking.counter import Looking
from offer.looking.noticing import by_hand
from offer.published import Published
from offer.settings import Settings

BROWSER = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "User-Agent": "Mozilla/5.0 (Android)"}
START = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = date(2026, 11, 22)
ENTRY = "/entitlements/council-tax-care-leaver-discount"
NOTHING = "violin orchestra"  # two words that no record holds


class Clock:
    """A clock that goes on ten minutes each time it is read."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=10)
        return self.at


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("offer.looking.noticing.now", Clock())
    yield


def counted(app: Starlette) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """What the counter would write now: words and entries, with their counts."""
    looking: Looking = app.state.live.looking
    due = looking.take()
    return (
        {words: times for (_, words), times in due.searches.items()},
        {key: times for (_, key), times in due.openings.items()},
    )


async def test_a_search_that_found_nothing_is_counted_from_the_fifth_time(
    application: Starlette, client: httpx2.AsyncClient
) -> None:
    for _ in range(4):
        page = await client.get("/search", params={"q": NOTHING}, headers=BROWSER)
        assert "Nothing found" in page.text
    assert counted(application) == ({}, {})
    await client.get("/search", params={"q": f"{NOTHING} okonkwo 07700900123"}, headers=BROWSER)
    assert counted(application) == ({"orchestra violin": 5}, {})


async def test_a_posted_search_is_counted_where_it_is_answered(
    application: Starlette, client: httpx2.AsyncClient
) -> None:
    for _ in range(5):
        posted = await client.post("/search", data={"q": f"{NOTHING} in lincoln 19"}, headers=BROWSER)
        await client.get(posted.headers["location"], headers=BROWSER)
    assert counted(application) == ({"orchestra violin": 5}, {})


async def test_searches_of_the_api_and_among_ones_own_answers_are_counted(
    application: Starlette, client: httpx2.AsyncClient
) -> None:
    for _ in range(3):
        await client.get("/api/v1/search", params={"q": NOTHING})
    for _ in range(2):
        mine = {"look": NOTHING, "age": "19", "show": "results"}
        assert (await client.post("/results", data=mine, headers=BROWSER)).status_code == 200
    assert counted(application) == ({"orchestra violin": 5}, {})


async def test_a_search_that_found_something_is_not_counted(
    application: Starlette, client: httpx2.AsyncClient
) -> None:
    for _ in range(6):
        await client.get("/search", params={"q": "council tax"}, headers=BROWSER)
    assert counted(application) == ({}, {})


@pytest.mark.parametrize(
    "words", ["i want to kill myself", "suicdal", "nowhere to sleep tonight", "he hits me"]
)
async def test_words_of_a_crisis_never_reach_the_counter(
    application: Starlette, client: httpx2.AsyncClient, words: str
) -> None:
    # Even where nothing at all is found for them.
    for query in (words, f"{words} orchestra"):
        for _ in range(5):
            await client.get("/search", params={"q": query, "by": "E10000016"}, headers=BROWSER)
            await client.post("/search", data={"q": query}, headers=BROWSER)
            await client.post("/api/v1/search", json={"q": query})
    assert application.state.live.looking._asked == {}


async def test_the_page_of_an_entry_and_of_a_service_is_counted(
    application: Starlette, client: httpx2.AsyncClient, published: Published
) -> None:
    service = next(slug for slug, view in published.services.items() if view.is_shown)
    await client.get(ENTRY, headers=BROWSER)
    await client.get(ENTRY, headers=BROWSER)
    await client.get(f"/services/{service}", headers=BROWSER)
    await client.get("/entitlements/no-such-entry", headers=BROWSER)
    await client.head(ENTRY, headers=BROWSER)
    assert counted(application) == (
        {},
        {("entitlement", "council-tax-care-leaver-discount"): 2, ("service", service): 1},
    )


@pytest.mark.parametrize(
    ("headers", "counts"),
    [
        (BROWSER, True),
        ({**BROWSER, "Sec-Fetch-Site": "none", "Sec-Fetch-User": "?1"}, True),
        ({**BROWSER, "Sec-Purpose": "prefetch"}, False),
        ({**BROWSER, "Sec-Purpose": "prefetch;prerender"}, False),
        ({**BROWSER, "Purpose": "prefetch"}, False),
        ({**BROWSER, "X-Moz": "prefetch"}, False),
        ({**BROWSER, "Sec-Fetch-Dest": "iframe"}, False),
        ({**BROWSER, "Sec-Fetch-Mode": "cors"}, False),
        ({**BROWSER, "User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, False),
        ({**BROWSER, "User-Agent": "Mozilla/5.0 HeadlessChrome/140"}, False),
        ({"User-Agent": "Mozilla/5.0 (iPhone)"}, False),
        ({}, False),
    ],
)
def test_only_what_a_browser_says_a_person_opens_counts(headers: dict[str, str], counts: bool) -> None:
    assert by_hand(Headers(headers)) is counts


CANARIES = ("chantelle", "okonkwo", "jack", "smith", "ng34", "7ef", "07700", "900123", "2008", "mia@")
TYPED = (
    f"{NOTHING} chantelle okonkwo",
    f"{NOTHING} Jack Smith",
    f"{NOTHING} ng34 7ef",
    f"{NOTHING} ng347ef",
    f"{NOTHING} 07700 900123",
    f"{NOTHING} born 3/5/2008",
    f"{NOTHING} mia@example.org",
)


async def test_a_canary_through_every_search_reaches_neither_database_nor_log(
    published: Published, places_file: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data_dir=tmp_path)
    settings.places_file.symlink_to(places_file)
    await migrate(settings.database, at=START)
    app = create_app(settings)
    transport = httpx2.ASGITransport(app=app)
    with structlog.testing.capture_logs() as logged:
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as browser,
        ):
            app.state.live.edition = published
            for typed in TYPED * 5:
                await browser.get("/search", params={"q": typed}, headers=BROWSER)
                posted = await browser.post("/search", data={"q": typed}, headers=BROWSER)
                await browser.get(posted.headers["location"], headers=BROWSER)
                await browser.post("/api/v1/search", json={"q": typed})
                await browser.get("/api/v1/search", params={"q": typed})
    kept = "\n".join(_dump(path_of(settings.database))).lower()
    assert "orchestra violin" in kept, "the words that may be kept were written when the service stopped"
    said = f"{logged} {capfd.readouterr()}".lower()
    assert [word for word in CANARIES if word in kept or word in said] == []
    assert "orchestra" not in said


def _dump(file: Path) -> Iterator[str]:
    """Every row of every table, and the bytes of the files beside it as text."""
    with sqlite3.connect(file) as connection:
        yield from connection.iterdump()
    for each in file.parent.glob(f"{file.name}*"):
        yield each.read_bytes().decode("latin-1")


async def test_a_page_asks_the_database_nothing_to_count(
    application: Starlette, client: httpx2.AsyncClient
) -> None:
    assert application.state.live.connection is None
    assert (await client.get(ENTRY, headers=BROWSER)).status_code == 200
    assert (await client.get("/search", params={"q": NOTHING}, headers=BROWSER)).status_code == 200
