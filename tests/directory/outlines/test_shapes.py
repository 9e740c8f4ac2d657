"""Outlines: common borders kept once, districts merged, neighbours found."""

import json
import math
import random
from datetime import date

import pytest

from directory.outlines import FILE, Outlines, to_plane
from directory.outlines.drawing import members
from directory.outlines.plane import Spot, to_degrees
from directory.outlines.points import points_of
from directory.outlines.shapes import Ring
from directory.outlines.topology import topology
from directory.places import Area, Areas, Places
from directory.places.areas import District, Retired
from tests.directory.outlines.squares import COUNTRY, SCALE, country

LINCOLNSHIRE = [f"E070001{number}" for number in range(36, 43)]
SOUND = 0.95  # of a district's postcodes lie in its own outline; 98% or more in Lincolnshire when drawn
OVERALL = 0.97


def inside(rings: tuple[Ring, ...], spot: Spot) -> bool:
    """Whether a spot lies in an area: a line to the east crosses its border an odd number of times."""
    crossed = 0
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (ay > spot.y) != (by > spot.y):
                crossed += spot.x < ax + (spot.y - ay) / (by - ay) * (bx - ax)
    return crossed % 2 == 1


def area(rings: tuple[Ring, ...]) -> float:
    """Square km, outer rings and holes taken together by their direction."""
    return abs(sum(
        (a.x * b.y - b.x * a.y) / 2 for ring in rings for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)
    ))  # fmt: skip


def test_the_same_shapes_give_the_same_bytes_in_any_order() -> None:
    turned = dict(reversed(list(COUNTRY.items())))
    assert topology(COUNTRY, SCALE, {}) == topology(turned, SCALE, {})


def test_a_common_border_is_kept_once() -> None:
    file = json.loads(topology(COUNTRY, SCALE, {}))
    corners = [tuple(arc[0]) for arc in file["arcs"]]
    assert len(file["arcs"]) == len({json.dumps(arc) for arc in file["arcs"]})
    assert (10, 5200) in corners
    shapes = [each["arcs"] for each in file["objects"]["districts"]["geometries"]]
    uses = [arc for polygons in shapes for polygon in polygons for ring in polygon for arc in ring]
    shared = [arc for arc in uses if ~arc in uses]
    assert len(shared) == 2 * 3  # E01 and E02, E02 and E03, E03 and E04: once each way
    assert len(uses) == len(set(uses))


def test_neighbours_share_a_border_and_not_a_corner() -> None:
    assert country().neighbours(["E01"]) == ("E02",)
    assert country().neighbours(["E03"]) == ("E02", "E04")
    assert country().neighbours(["E01", "E02"]) == ("E03",)
    assert country().neighbours(["E05"]) == ()


def test_merged_districts_have_no_border_between_them() -> None:
    outlines = country()
    (ring,) = outlines.rings(["E01", "E02"])
    assert area((ring,)) == pytest.approx(
        area(outlines.rings(["E01"])) + area(outlines.rings(["E02"])), rel=1e-6
    )
    assert len(outlines.rings(["E03"])) == 2
    assert len(outlines.rings(["E03", "E04"])) == 1
    assert len(outlines.rings(["E05"])) == 2
    assert outlines.rings(["E99"]) == ()


def test_the_map_keeps_places_and_distances() -> None:
    lincoln, durham = to_plane(53.2312, -0.5457), to_plane(54.7861, -1.5852)
    assert to_degrees(*lincoln) == pytest.approx((53.2312, -0.5457))
    assert math.dist(lincoln, durham) == pytest.approx(185.9, rel=0.005)  # km, by geodesic


def test_the_committed_outlines_are_of_the_postcodes_edition(places: Places) -> None:
    """When this fails the postcodes are newer: run `make outlines` and look at the maps."""
    about = Outlines.load().about
    header = places.store.header
    assert {name: about[name] for name in ("edition", "licence", "source")} == {
        name: header[name] for name in ("edition", "licence", "source")
    }
    assert "Not legal boundaries" in about["what"]


def test_every_district_of_today_has_an_outline(places: Places) -> None:
    on = date(2026, 11, 22)
    made_of = members(places, Outlines.load(), on)
    assert set(made_of) == {each.gss for each in places.districts(on)}


def test_a_merger_is_drawn_from_the_districts_it_is_made_of(places: Places) -> None:
    """An invented one: Lincolnshire's seven become one unitary."""
    outlines, merger, new = Outlines.load(), date(2028, 4, 1), Area("E06000999", "Newland")
    old = [Retired(Area(code, code), new.gss, merger) for code in LINCOLNSHIRE]
    areas = Areas([District(new, new, merger, None)], old)
    after = members(Places(places.store, areas), outlines, merger)
    assert after["E06000999"] == tuple(LINCOLNSHIRE)
    merged = outlines.rings(after["E06000999"])
    assert len(merged) == 1
    assert area(merged) == pytest.approx(sum(area(outlines.rings([code])) for code in LINCOLNSHIRE), rel=1e-6)


def test_postcodes_lie_in_their_own_district(places: Places) -> None:
    """Truth is the postcode list itself: all of Lincolnshire's, and a sample of England's."""
    outlines, chosen = Outlines.load(), random.Random(4)
    rings = {code: outlines.rings([code]) for code in outlines.codes}
    found: dict[str, list[bool]] = {code: [] for code in outlines.codes}
    for district, lat, lon in points_of(places.store):
        if district in LINCOLNSHIRE or (district in rings and chosen.random() < 0.01):
            found[district].append(inside(rings[district], to_plane(lat, lon)))
    share = {code: sum(hits) / len(hits) for code, hits in found.items() if hits}
    assert min(share[code] for code in LINCOLNSHIRE) >= SOUND
    assert sum(map(sum, found.values())) / sum(map(len, found.values())) >= OVERALL


def test_the_committed_file_is_small() -> None:
    assert FILE.stat().st_size <= 100_000
