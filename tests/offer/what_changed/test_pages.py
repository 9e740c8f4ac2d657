"""The pages of what changed: England's, a council's, one entry's; within their weight, with nobody's name."""

import gzip
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.pages.what_changed import MOST, MOST_PARTS
from offer.published import Published
from offer.settings import Settings
from offer.what_changed.fields import Part
from offer.what_changed.told import Change, Changes
from tests.offer.pages.reading import words_of

LINCOLNSHIRE, BOSTON, DURHAM, ENGLAND = "E10000019", "E07000136", "E06000047", "E92000001"
AT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
LATER_PAGE = 6_000


def made() -> Changes:
    """Thirty changes of Lincolnshire's, and one of England's that is about Boston too."""
    parts = tuple(Part(f"How much: from “£{number}” to “£{number}50”") for number in range(8))
    slug, title = "lincolnshire-college-bursary", "16 to 19 bursary at college (Lincolnshire)"
    newest = Change("entitlement", slug, title, LINCOLNSHIRE, 50, AT, "changed", parts)
    many = [replace(newest, version=50 - day, at=AT - timedelta(days=day)) for day in range(30)]
    tax = Change(
        "entitlement", "council-tax-care-leaver-discount", "Council tax", ENGLAND, 60, AT, "changed",
        (Part("From 1 April 2027: until you turn 25.", BOSTON), Part("The law: another list.")),
    )  # fmt: skip
    gone = Change("entitlement", "gone", "An <b>old</b> page", DURHAM, 2, AT - timedelta(days=90), "gone")
    first = Change("", "", "", ENGLAND, 1, AT - timedelta(days=99), "many", count=67)
    found = (tax, *many, gone, first)
    return Changes(found, found, AT - timedelta(days=100))


@pytest.fixture
async def client(published: Published, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser, and a catalogue with changes; there is no database."""
    app: Starlette = create_app(Settings(data_dir=tmp_path))
    app.state.live.edition = replace(published, changes=made())
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as browser:
        yield browser


async def test_england_and_the_way_to_each_council(client: httpx2.AsyncClient) -> None:
    page = await client.get("/what-changed")
    words = words_of(page)
    assert "20 November 2026" in words and "Council tax" in words, "days are those of England"
    assert "Boston: From 1 April 2027: until you turn 25." in words
    assert "67 new pages: all of England" in words and "bursary" not in words
    assert f'href="/what-changed/{LINCOLNSHIRE}"' in page.text and page.text.count("<option") == 153
    assert 'href="/open-data/changes/E92000001.atom"' in page.text
    chosen = await client.get(f"/what-changed?council={DURHAM}")
    assert (chosen.status_code, chosen.headers["location"]) == (303, f"/what-changed/{DURHAM}")


async def test_a_council_has_its_own_page_by_page(client: httpx2.AsyncClient) -> None:
    first = await client.get(f"/what-changed/{LINCOLNSHIRE}")
    words = words_of(first)
    assert "Lincolnshire County Council" in words and "From 1 April 2027" in words
    assert "The law: another list." not in words, "that is not about this council"
    assert "Council tax (Boston) From 1 April 2027" in words, "the title has the place, once"
    assert f"and {8 - MOST_PARTS} more things" in words
    assert first.text.count("lincolnshire-college-bursary/what-changed") == MOST - 1
    last = words_of(await client.get(f"/what-changed/{LINCOLNSHIRE}?page={-(-31 // MOST)}"))
    assert "Older changes" in words and "Newer changes" in last and "Older changes" not in last
    for odd in ("0", "-1", "999", "²", "1'--"):
        assert (await client.get(f"/what-changed/{LINCOLNSHIRE}?page={odd}")).status_code == 200


async def test_one_entry_tells_all_that_changed_in_it(client: httpx2.AsyncClient) -> None:
    entry = await client.get("/entitlements/lincolnshire-college-bursary")
    assert 'href="/entitlements/lincolnshire-college-bursary/what-changed"' in entry.text
    words = words_of(await client.get("/entitlements/lincolnshire-college-bursary/what-changed"))
    assert "from “£7” to “£750”" in words and "more things" not in words
    assert (await client.get("/entitlements/never/what-changed")).status_code == 404


async def test_what_is_gone_is_named_and_leads_nowhere(client: httpx2.AsyncClient) -> None:
    page = await client.get(f"/what-changed/{DURHAM}")
    assert "An <b>old</b> page No longer on our list." in words_of(page) and "/gone" not in page.text
    assert "<b>An &lt;b&gt;old&lt;/b&gt; page</b>" in page.text


async def test_a_council_where_nothing_changed_and_a_code_that_is_none(client: httpx2.AsyncClient) -> None:
    assert "Nothing has changed that we know of." in words_of(await client.get("/what-changed/E10000016"))
    district = await client.get(f"/what-changed/{BOSTON}")
    assert district.headers["location"] == f"/what-changed/{LINCOLNSHIRE}"
    assert (await client.get("/what-changed/E99999999")).status_code == 404
    assert (await client.get("/what-changed?council=%3Cb%3E")).status_code == 404


@pytest.mark.parametrize("path", ["/what-changed", f"/what-changed/{LINCOLNSHIRE}"])
async def test_their_weight(client: httpx2.AsyncClient, path: str) -> None:
    assert len(gzip.compress((await client.get(path)).content)) <= LATER_PAGE
