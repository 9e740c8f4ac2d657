"""The page of ways to work and learn."""

import gzip
import re

import httpx2

from offer.guides.ways import ways
from tests.offer.pages.reading import words_of


async def test_every_way_answers_every_question(client: httpx2.AsyncClient) -> None:
    page = await client.get("/routes")
    words = words_of(page)
    for way in ways().ways:
        assert way.title in words
        assert page.text.count(f'data-of="{way.title}"') == 6
    assert "£3,000 in three payments" in words
    assert "£2,000 in total" in words
    assert "£12.71" in words


async def test_every_number_of_a_source_leads_to_it(client: httpx2.AsyncClient) -> None:
    page = (await client.get("/routes")).text
    used = set(re.findall(r'href="#(source-\d+)"', page))
    assert used and used == set(re.findall(r'id="(source-\d+)"', page))


async def test_an_old_figure_is_told_as_old(client: httpx2.AsyncClient) -> None:
    assert "Old figure (2025 to 2026): Up to £1,200 a year." in words_of(await client.get("/routes"))


async def test_work_and_education_lead_there(client: httpx2.AsyncClient) -> None:
    for topic in ("work", "education"):
        assert 'href="/routes"' in (await client.get(f"/topics/{topic}")).text


async def test_the_page_stays_small(client: httpx2.AsyncClient) -> None:
    assert len(gzip.compress((await client.get("/routes")).content)) <= 6000
