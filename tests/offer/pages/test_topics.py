"""Browsing by topic."""

import gzip

import httpx2
import pytest

from directory.topics import TOPICS
from tests.offer.pages.reading import words_of


async def test_every_topic_is_listed_and_has_a_page(client: httpx2.AsyncClient) -> None:
    page = await client.get("/topics")
    for slug, topic in TOPICS.items():
        assert topic.title in page.text
        assert (await client.get(f"/topics/{slug}")).status_code == 200


async def test_englands_entries_come_before_a_councils(client: httpx2.AsyncClient) -> None:
    page = (await client.get("/topics/housing?by=E06000047")).text
    order = [
        page.index(f">{heading}</h2>") for heading in ("All of England", "County Durham", "Places and teams")
    ]
    assert order == sorted(order)


async def test_a_county_brings_its_districts_entries(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get("/topics/council-tax?by=E10000019"))
    assert "No council tax until 25 (North Kesteven)" in words
    assert "No council tax until you are 25 (County Durham)" not in words


async def test_without_a_council_only_england_is_listed(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get("/topics/council-tax"))
    assert "(North Kesteven)" not in words
    assert "Lincolnshire" in words


async def test_a_council_whose_offer_we_do_not_hold_is_not_passed_over(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get("/topics/housing?by=E10000016"))
    assert "We do not hold an offer of Kent’s own on this topic" in words
    assert "by law each council must publish what it offers" in words


async def test_bad_addresses_lead_back(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/topics/gardening")).status_code == 404
    assert (await client.get("/topics/money?by=E99")).headers["location"] == "/topics/money"


@pytest.mark.parametrize("slug", TOPICS)
async def test_the_pages_stay_small(client: httpx2.AsyncClient, slug: str) -> None:
    for address in (f"/topics/{slug}", f"/topics/{slug}?by=E06000047", f"/topics/{slug}?by=E10000019"):
        assert len(gzip.compress((await client.get(address)).content)) <= 6000, address
