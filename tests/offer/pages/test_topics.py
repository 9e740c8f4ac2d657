"""Guides by topic: words that rest on entries, the law, what a council adds, ages from the rules."""

import gzip
import html
import re

import httpx2
import pytest

from offer.addresses import entry_href
from offer.guides.reading import guides, other_names
from offer.pages.topic_ages import ages_of
from offer.published import Published
from tests.offer.pages.reading import TODAY, words_of

DURHAM, LINCOLNSHIRE, KENT = "E06000047", "E10000019", "E10000016"


async def test_every_guide_is_listed_and_has_a_page(client: httpx2.AsyncClient) -> None:
    listed = (await client.get("/topics")).text
    for slug, guide in guides().items():
        assert f'href="{"/help-now" if slug == "help-now" else f"/topics/{slug}"}"' in listed
        words = words_of(await client.get(f"/topics/{slug}"))
        assert guide.start[0].says in words
        assert "Do these first" in words
        assert "Who to ask" in words


async def test_a_friendly_name_leads_to_the_guide_and_keeps_the_council(client: httpx2.AsyncClient) -> None:
    for name, slug in other_names().items():
        assert (await client.get(f"/topics/{name}")).headers["location"] == f"/topics/{slug}"
    kept = await client.get(f"/topics/custody?by={DURHAM}")
    assert kept.headers["location"] == f"/topics/justice?by={DURHAM}"


async def test_what_a_council_adds_is_told_apart_from_the_law(client: httpx2.AsyncClient) -> None:
    page = (await client.get(f"/topics/housing?by={DURHAM}")).text
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    order = ["Do these first", "What County Durham adds", "The law, all over England", "Who to ask"]
    assert [heading for heading in headings if heading in order] == order


async def test_a_county_brings_its_districts_entries(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get(f"/topics/council-tax?by={LINCOLNSHIRE}"))
    assert "What North Kesteven adds" in words
    assert "No council tax until 25 (North Kesteven)" in words
    assert "No council tax until you are 25 (County Durham)" not in words


async def test_without_a_council_only_england_is_listed(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get("/topics/council-tax"))
    assert "(North Kesteven)" not in words
    assert "Lincolnshire" in words


async def test_a_council_whose_offer_we_do_not_hold_is_not_passed_over(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get(f"/topics/housing?by={KENT}"))
    assert "We do not have Kent’s own offer yet. By law it must publish one." in words
    assert "ask Kent County Council’s leaving care team" in words


async def test_the_council_stays_chosen_from_guide_to_guide(client: httpx2.AsyncClient) -> None:
    page = (await client.get(f"/topics/housing?by={DURHAM}")).text
    assert f'href="/topics/money?by={DURHAM}"' in page


async def test_the_councils_own_teams_and_free_national_lines_have_numbers_to_ring(
    client: httpx2.AsyncClient, published: Published
) -> None:
    page = (await client.get(f"/topics/housing?by={DURHAM}")).text
    ask = page[page.index('id="ask"') :]
    for slug in ("durham-care-leavers-service", "durham-housing-solutions", "become"):
        number = published.services[slug].phones[0].number.replace(" ", "")
        assert f"tel:{number}" in ask


async def test_urgent_help_stands_before_the_entries_where_it_fits(client: httpx2.AsyncClient) -> None:
    page = html.unescape((await client.get("/topics/housing")).text)
    assert page.index("You have nowhere to sleep tonight") < page.index("The law, all over England")
    assert "app-urgent" not in (await client.get("/topics/digital")).text


async def test_every_page_that_a_guide_leads_to_is_there(client: httpx2.AsyncClient) -> None:
    for slug, guide in guides().items():
        page = (await client.get(f"/topics/{slug}")).text
        for link in (*guide.pages, *(step.page for step in guide.first if step.page)):
            assert f'href="{link.href}"' in page
            assert (await client.get(link.href)).status_code == 200


async def test_a_guide_that_may_be_dangerous_to_be_seen_with_can_be_left_fast(
    client: httpx2.AsyncClient,
) -> None:
    for slug in guides():
        page = (await client.get(f"/topics/{slug}")).text
        fast = slug in ("health", "documents-and-immigration", "help-now", "seeking-asylum")
        assert ("Leave this page" in page) == fast, slug


async def test_ages_come_from_the_rules(client: httpx2.AsyncClient, published: Published) -> None:
    lines = {line.title: line for line in ages_of(published, guide_entries(published), TODAY)}
    stops = [link.href for link in lines["You turn 21"].stops]
    assert entry_href("personal-adviser-to-21") in stops
    assert entry_href("personal-adviser-21-to-25") in [link.href for link in lines["You turn 21"].starts]
    words = words_of(await client.get("/topics/adviser-and-rights"))
    assert words.index("You turn 16") < words.index("You turn 21") < words.index("You turn 25")


def guide_entries(published: Published) -> set[str]:
    """The slugs of all entries about the adviser."""
    return {entry.id for entry in published.entries.values() if entry.topic == "adviser-and-rights"}


def test_an_entry_of_another_topic_changes_nothing(published: Published) -> None:
    assert ages_of(published, {"railcard-16-25"}, TODAY)[-1].title == "You turn 26"
    assert ages_of(published, (), TODAY) == ()


async def test_bad_addresses_lead_back(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/topics/gardening")).status_code == 404
    assert (await client.get("/topics/money?by=E99")).headers["location"] == "/topics/money"
    assert (await client.get("/topics/%3Cscript%3E")).status_code == 404


@pytest.mark.parametrize("slug", guides())
async def test_the_pages_stay_small(client: httpx2.AsyncClient, slug: str) -> None:
    for address in (f"/topics/{slug}", f"/topics/{slug}?by={DURHAM}", f"/topics/{slug}?by={LINCOLNSHIRE}"):
        assert len(gzip.compress((await client.get(address)).content)) <= 6000, address
