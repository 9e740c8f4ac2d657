"""Hubs near a place on a map: numbered as in the list, about where only the town is known, nobody's home."""

import math
import re

import httpx2
import pytest

from directory.nearest import Nearby
from directory.outlines import to_plane
from directory.places import Area
from offer.pages.hub_map import RADIUS, HubMap, hub_map
from offer.published import Published
from tests.offer.pages.reading import TODAY, words_of

DURHAM, LINCOLN, SWANSEA = "E06000047", "E07000138", "W06000011"
HOME = (54.7861, -1.5852)  # DH1 5UL


def found_near(published: Published, gss: str, point: tuple[float, float] | None = None) -> Nearby:
    """What the page finds for a district, from a point or without one."""
    lat, lon = point or (None, None)
    return published.directory.nearby(lat, lon, (gss,), 12)


def drawn(published: Published, gss: str, point: tuple[float, float] | None = None) -> HubMap:
    """The map of that district; there must be one."""
    area = published.places.district(gss)
    view = hub_map(published, area, found_near(published, gss, point), TODAY)
    assert view
    return view


async def test_the_numbers_are_those_of_the_list(client: httpx2.AsyncClient, published: Published) -> None:
    page = await client.post("/help-nearby", data={"place": "DH1 5UL"})
    listed = page.text[page.text.index("app-numbered") : page.text.index('id="map"')]
    order = re.findall(r'app-row__title"><a class="govuk-link" href="([^"]+)"', listed)
    marked = re.findall(
        r'<a class="(?:about|sure)" href="([^"]+)"><title>(\d+)\. ', page.text[page.text.index('id="map"') :]
    )
    assert len(marked) >= 3
    assert [order[int(number) - 1] for _, number in marked] == [href for href, _ in marked]


async def test_the_table_says_what_the_map_shows(client: httpx2.AsyncClient, published: Published) -> None:
    view = drawn(published, DURHAM, HOME)
    words = words_of(await client.post("/help-nearby", data={"place": "DH1 5UL"}))
    table = words[words.index("The numbers on the map") :]
    assert [row.number for row in view.rows] == [marker.number for marker in view.markers]
    for row in view.rows:
        assert f"{row.number} {row.name}" in table
        assert row.where in table


def test_a_place_known_by_its_town_is_drawn_as_about(published: Published) -> None:
    view = drawn(published, LINCOLN)
    about = {marker.about for marker in view.markers}
    assert about == {True, False}
    for marker, row in zip(view.markers, view.rows, strict=True):
        assert marker.about == ("only the town is known" in row.where) == ("about" in marker.title)


def test_a_private_place_is_never_drawn(published: Published) -> None:
    hidden = {
        service.id
        for service in published.services.values()
        for place in service.places
        if place.location.confidential
    }
    assert hidden, "the starter directory holds places whose address is private"
    for area in published.places.districts(TODAY):
        view = hub_map(published, area, found_near(published, area.gss), TODAY)
        shown = {marker.href.rsplit("/", 1)[-1] for marker in view.markers} if view else set()
        assert not shown & hidden


def test_where_the_visitor_is_changes_nothing_on_the_map(published: Published) -> None:
    here, there = HOME, (HOME[0] + 0.0015, HOME[1] - 0.001)
    orders = [
        [near.service.id for near in found_near(published, DURHAM, point).near] for point in (here, there)
    ]
    assert orders[0] == orders[1]
    assert drawn(published, DURHAM, here) == drawn(published, DURHAM, there)


def test_a_marker_stands_at_its_place_and_covers_no_other(published: Published) -> None:
    view = drawn(published, DURHAM, HOME)
    for one in view.markers:
        assert math.dist((one.x, one.y), one.spot) <= 4 * RADIUS * math.sqrt(2)
        for other in view.markers:
            assert one is other or math.dist((one.x, one.y), (other.x, other.y)) >= 2 * RADIUS


def test_the_scale_is_that_of_the_map(published: Published) -> None:
    """Two places of the starter directory, by their drawn and their true distance."""
    view = drawn(published, "E07000139")
    first, second = (published.places.find(row.where[-8:].strip(", ")) for row in view.rows[:2])
    assert first and second and first.lat and first.lon and second.lat and second.lon
    km = math.dist(to_plane(first.lat, first.lon), to_plane(second.lat, second.lon))
    units = math.dist(view.markers[0].spot, view.markers[1].spot)
    assert units / (view.bar / view.miles) == pytest.approx(km / 1.609344, rel=0.02)


def test_what_is_far_or_too_much_stands_in_the_list_alone(published: Published) -> None:
    near = found_near(published, DURHAM, HOME)
    whole = drawn(published, DURHAM, HOME)
    many = Nearby(near.near * 10, (), (), (), ())
    full = hub_map(published, Area(DURHAM, "County Durham"), many, TODAY)
    assert full and len(full.markers) == 30
    assert full.left_out == len(whole.markers) * 10 - 30
    from_afar = hub_map(published, Area("E07000138", "Lincoln"), near, TODAY)
    assert from_afar is None


async def test_there_is_no_map_where_there_is_nothing_to_draw(
    client: httpx2.AsyncClient, published: Published
) -> None:
    nothing = Nearby((), (), (), (), ())
    assert hub_map(published, Area(DURHAM, "County Durham"), nothing, TODAY) is None
    assert hub_map(published, None, found_near(published, DURHAM, HOME), TODAY) is None
    for address in ("/help-nearby", f"/help-nearby?in={SWANSEA}"):
        page = await client.get(address)
        assert "On a map" not in page.text
        assert "app-numbered" not in page.text
