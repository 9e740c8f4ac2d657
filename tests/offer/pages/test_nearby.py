"""Help near you: distances only where they are honest, and no postcode kept."""

import gzip
import re
from datetime import UTC, datetime

import httpx2
import pytest

from offer.compressed import PAGES, packed
from offer.pages.nearby import near_card
from offer.pages.service_places import where
from offer.pages.service_words import card
from offer.published import Published
from tests.offer.pages.reading import title_of, words_of

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


def section(page: httpx2.Response, heading: str) -> str:
    """The part of the page below one heading."""
    start = page.text.index(f">{heading}</h2>")
    end = page.text.find("<h2", start + 1)
    return page.text[start : end if end > 0 else None]


async def test_a_full_postcode_is_answered_in_the_reply_with_distances(client: httpx2.AsyncClient) -> None:
    page = await client.post("/help-nearby", data={"place": "NG34 7EF"})
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    places = section(page, "Places to go")
    assert "miles in a straight line" in places
    assert places.index("Housing Options, North Kesteven") < places.index("County Offices")


async def test_a_district_alone_has_an_address_and_no_distances(client: httpx2.AsyncClient) -> None:
    posted = await client.post("/help-nearby", data={"place": "north kesteven"})
    assert (posted.status_code, posted.headers["location"]) == (303, "/help-nearby?in=E07000139")
    page = await client.get("/help-nearby?in=E07000139")
    assert "in a straight line" not in words_of(page)
    assert "Housing Options, North Kesteven" in page.text
    assert "Durham" not in words_of(page)


async def test_a_place_known_by_its_town_is_about(client: httpx2.AsyncClient) -> None:
    page = await client.post("/help-nearby", data={"place": "DH1 5UL"})
    towns = section(page, "Places to go")
    assert re.search(r"About \d+ miles? in a straight line", towns)
    assert "address is not published: ring 03000 262 271" in towns


async def test_nobody_is_sent_to_a_po_box(client: httpx2.AsyncClient, published: Published) -> None:
    box = published.services["durham-revenues"]
    assert "only takes letters" in where(box, box.places[0])
    page = await client.post("/help-nearby", data={"place": "DH8 1FP"})
    entry = page.text[page.text.index("Revenues and Benefits") :]
    assert "straight line" not in entry[: entry.index("</li>")]
    assert card(box, AT, distance="1.0 miles in a straight line", point=(54.9, -1.7)).distance == ""
    assert card(box, AT, point=(54.9, -1.7)).map is None


async def test_a_private_address_has_neither_street_nor_distance(published: Published) -> None:
    hidden = [service for service in published.services.values() if service.confidential and service.is_shown]
    assert hidden, "the starter directory holds places whose address is private"
    for service in hidden:
        shown = card(service, AT, distance="about 2 miles in a straight line", point=(54.9, -1.7))
        assert (shown.distance, shown.map) == ("", None)


async def test_the_map_link_carries_the_services_point_and_nothing_of_the_visitor(
    client: httpx2.AsyncClient, published: Published
) -> None:
    near = published.directory.nearby(52.9, -0.4, ["E07000139"]).near[0]
    point = f"{near.lat:.5f}"
    assert point in near_card(near, AT).map.web  # type: ignore[union-attr]
    page = await client.post("/help-nearby", data={"place": "NG34 7SF"})
    maps = re.findall(r'href="(https://www.openstreetmap[^"]*)"', page.text)
    assert maps
    assert all("NG34" not in link for link in maps)


async def test_national_help_stands_apart_without_distance(client: httpx2.AsyncClient) -> None:
    page = await client.post("/help-nearby", data={"place": "NG34 7EF"})
    national = section(page, "By phone or online, wherever you live")
    assert "Become" in national
    assert "straight line" not in national


async def test_where_hours_were_not_found_we_say_ring_first(client: httpx2.AsyncClient) -> None:
    assert "Opening hours not found: ring first." in words_of(await client.get("/help-nearby?in=E06000047"))


async def test_half_a_postcode_is_asked_about(client: httpx2.AsyncClient) -> None:
    page = await client.post("/help-nearby", data={"place": "DH3"})
    assert page.status_code == 200
    assert page.text.count('type="radio"') >= 2


@pytest.mark.parametrize("typed", ["", "ZZ99 9ZZ", "BFPO 1"])
async def test_what_is_no_place_is_kept_and_explained(client: httpx2.AsyncClient, typed: str) -> None:
    page = await client.post("/help-nearby", data={"place": typed})
    assert page.status_code == 422
    assert title_of(page).startswith("Error:")
    assert f'value="{typed}"' in page.text


async def test_a_slip_of_the_finger_is_read_and_said(client: httpx2.AsyncClient) -> None:
    page = await client.post("/help-nearby", data={"place": "DHI 5UL"})
    assert "We read that as DH1 5UL" in page.text


async def test_a_council_without_a_team_of_ours_says_so(client: httpx2.AsyncClient) -> None:
    assert "We hold no hub or team for Kent" in words_of(await client.get("/help-nearby?in=E07000106"))


async def test_the_island_of_jersey_is_answered(client: httpx2.AsyncClient) -> None:
    page = await client.post("/help-nearby", data={"place": "JE2 3AB"})
    assert "Jersey" in words_of(page)


@pytest.mark.parametrize(
    "address", ["/help-nearby", "/help-nearby?in=E07000139", "/help-nearby?in=E06000047"]
)
async def test_the_page_stays_small(client: httpx2.AsyncClient, address: str) -> None:
    assert len(packed((await client.get(address)).content, PAGES)) <= 7500  # as sent over HTTPS


async def test_every_service_has_a_page_of_its_own(client: httpx2.AsyncClient, published: Published) -> None:
    for service in (each for each in published.services.values() if each.is_shown):
        page = await client.get(f"/services/{service.id}")
        assert page.status_code == 200, service.id
        assert len(gzip.compress(page.content)) <= 6000
        for phone in service.phones:
            assert f'href="tel:{phone.number.replace(" ", "")}"' in page.text


async def test_a_service_that_is_not_there_says_what_to_do(client: httpx2.AsyncClient) -> None:
    page = await client.get("/services/no-such-place")
    assert page.status_code == 404
    assert "ask your adviser" in page.text
