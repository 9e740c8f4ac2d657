"""What a public body must publish: said plainly, truly, and with whom to tell."""

import gzip
import re
from pathlib import Path

import httpx2
import pytest

from offer.published import Published
from offer.staff.words.reading import grade
from tests.offer.pages.reading import words_of
from tests.offer.pages.test_site import OURS, browser, own

STATEMENTS = ("/privacy", "/cookies", "/accessibility")
HARDEST = 7.0  # years of school: a reader of about twelve; names of laws are in it


@pytest.mark.parametrize("address", STATEMENTS)
async def test_every_page_leads_to_it_and_it_stays_small(client: httpx2.AsyncClient, address: str) -> None:
    start, page = (await client.get("/")).text, await client.get(address)
    assert f'href="{address}"' in start[start.index("<footer") :]
    assert page.status_code == 200
    assert len(gzip.compress(page.content)) <= 6000
    assert "set-cookie" not in page.headers


@pytest.mark.parametrize("address", STATEMENTS)
async def test_it_can_be_read_by_a_twelve_year_old(client: httpx2.AsyncClient, address: str) -> None:
    page = (await client.get(address)).text
    main = page[page.index("<h1") : page.index("</main>")]
    said = [
        re.sub(r"<[^>]+>", "", part) for part in re.findall(r"<(?:p|li|td)>(.*?)</(?:p|li|td)>", main, re.S)
    ]
    assert grade("\n".join(line if line.endswith((".", "?")) else f"{line}." for line in said)) <= HARDEST


async def test_whom_to_tell_is_said_where_it_is_set(published: Published, tmp_path: Path) -> None:
    async with browser(own(published, tmp_path, **OURS)) as client:
        for address in ("/privacy", "/accessibility"):
            page = (await client.get(address)).text
            assert '<a href="mailto:offers@example.org">offers@example.org</a>' in page
            assert "Write to Example &lt;County&gt; Council" in page


async def test_whom_to_tell_is_not_made_up_where_it_is_not_set(client: httpx2.AsyncClient) -> None:
    for address in ("/privacy", "/accessibility"):
        page = await client.get(address)
        assert "has not told us yet whom to write to" in words_of(page)
        assert "mailto:" not in page.text


async def test_what_was_not_tested_is_named(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get("/accessibility"))
    for untried in ("screen reader", "iPhone", "Safari", "No disabled person", "partially compliant"):
        assert untried in words


async def test_no_cookie_is_set_by_the_pages_people_look_round_in(client: httpx2.AsyncClient) -> None:
    for address in ("/", "/search?q=gym", "/topics", "/council-tax", "/help-now", "/my-list", "/cookies"):
        assert "set-cookie" not in (await client.get(address)).headers


@pytest.mark.parametrize("name", ["dpia", "equality"])
async def test_the_assessments_are_published(client: httpx2.AsyncClient, name: str) -> None:
    page = await client.get(f"/docs/{name}")
    assert page.status_code == 200
    assert "What the council still has to do" in words_of(page)
