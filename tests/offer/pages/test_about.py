"""About, privacy and the official words."""

import gzip
import json
from pathlib import Path

import httpx2
import pytest

from offer.pages.about import official_words
from offer.published import Published
from tests.offer.pages.reading import words_of


async def test_about_counts_what_we_hold(client: httpx2.AsyncClient, published: Published) -> None:
    words = words_of(await client.get("/about"))
    assert f"{sum(s.is_shown for s in published.services.values())} hubs, teams and places" in words
    assert "Lincolnshire" in words
    assert "November 2025" in words


async def test_privacy_says_the_plain_truth(client: httpx2.AsyncClient) -> None:
    page = await client.get("/privacy")
    assert "We do not keep what you tell us" in words_of(page)
    assert "set-cookie" not in page.headers


async def test_every_official_word_has_its_place_on_the_page(client: httpx2.AsyncClient) -> None:
    page = await client.get("/words")
    for word in official_words():
        assert f'id="{word.anchor}"' in page.text
        assert word.plain in page.text


def test_the_words_that_open_doors_are_all_there(shared: Path) -> None:
    terms = json.loads((shared / "facts" / "plain_language_terms.json").read_text("utf-8"))["terms"]
    kept = {term["jargon"].lower() for term in terms if term["keep_official_word"]}
    held = {word.official.lower() for word in official_words()}
    assert kept - held <= {"asylum seeker"}  # people are named as people; the rule names their papers


@pytest.mark.parametrize("address", ["/about", "/privacy", "/words"])
async def test_the_pages_stay_small(client: httpx2.AsyncClient, address: str) -> None:
    page = await client.get(address)
    assert page.status_code == 200
    assert len(gzip.compress(page.content)) <= 6000
