"""How far people live from the nearest hub that serves them, counted by postcodes."""

from dataclasses import replace
from datetime import date
from statistics import quantiles

import pytest
from geopy.distance import geodesic

from directory.coverage import DistrictCoverage, Hub, coverage
from directory.places import Area, Areas, Places
from directory.places.areas import District, Retired

ON = date(2026, 11, 22)
LINCOLNSHIRE, LINCOLN, EAST_LINDSEY, BOSTON = "E10000019", "E07000138", "E07000137", "E07000136"
CITY = Hub("city", "City hub", frozenset({LINCOLNSHIRE}), (53.2312, -0.5457))
COAST = Hub("coast", "Coast hub", frozenset({EAST_LINDSEY}), (53.144, 0.336), about=True)
SOMEWHERE = Hub("somewhere", "Hub without a place", frozenset({BOSTON}), None)


def rows(places: Places, *hubs: Hub, on: date = ON) -> dict[str, DistrictCoverage]:
    return {row.district.gss: row for row in coverage(places, hubs, on)}


def true_miles(places: Places, district: str, points: list[tuple[float, float]]) -> list[float]:
    """The geodesic from every tenth postcode in use to the nearest of the points."""
    found = [
        (row.lat, row.lon)
        for name in ("LN1", "LN2", "LN3", "LN4", "LN5", "LN6")
        for row in places.store.rows(name)
        if row.live and row.district == district and row.lat is not None
    ][::10]
    return [min(geodesic(home, point).miles for point in points) for home in found]


def test_as_measured_from_the_postcodes_themselves(places: Places) -> None:
    distances = rows(places, CITY)[LINCOLN].distances
    assert distances is not None and CITY.point is not None
    miles = true_miles(places, LINCOLN, [CITY.point])
    assert len(miles) > 150
    tenths = quantiles(miles, n=10)
    assert distances.median == pytest.approx(tenths[4], abs=0.2)
    assert distances.p90 == pytest.approx(tenths[8], abs=0.2)
    for most, share in distances.within.items():
        assert share == pytest.approx(sum(each <= most for each in miles) / len(miles), abs=0.03)


def test_the_nearest_of_several_counts(places: Places) -> None:
    one, both = rows(places, CITY)[EAST_LINDSEY].distances, rows(places, CITY, COAST)[EAST_LINDSEY].distances
    assert one is not None and both is not None
    assert both.median < one.median
    assert both.p90 < one.p90
    assert both.within[10] > one.within[10]


def test_shares_grow_with_the_distance_and_name_the_farthest_place(places: Places) -> None:
    for row in rows(places, CITY, COAST).values():
        if row.distances is None:
            continue
        found = row.distances
        assert 0 <= found.within[3] <= found.within[5] <= found.within[10] <= 1
        assert 0 <= found.median <= found.p90 <= found.farthest
        assert found.farthest_place
    lincoln = rows(places, CITY)[EAST_LINDSEY].distances
    assert lincoln is not None
    assert lincoln.farthest == pytest.approx(39, abs=2)  # by the sea, south of Skegness
    assert lincoln.farthest_place in {"Wainfleet All Saints", "Skegness", "Friskney", "Burgh le Marsh"}


def test_a_hub_known_by_its_town_is_about_and_one_without_any_place_has_no_distance(places: Places) -> None:
    found = rows(places, COAST, SOMEWHERE)
    distances = found[EAST_LINDSEY].distances
    assert distances is not None and distances.about
    assert found[BOSTON].hubs == (SOMEWHERE,)
    assert found[BOSTON].distances is None


def test_none_known_is_every_other_district(places: Places) -> None:
    found = rows(places, COAST)
    assert len(found) == 296
    assert [gss for gss, row in found.items() if row.hubs] == [EAST_LINDSEY]
    assert all(row.postcodes > 0 for row in found.values())


def test_a_hub_of_another_council_does_not_count(places: Places) -> None:
    next_door = replace(
        CITY, serves=frozenset({"E10000024"})
    )  # Nottinghamshire's, though it stands in Lincoln
    assert rows(places, next_door)[LINCOLN].hubs == ()


def test_districts_that_have_merged_count_as_one(places: Places) -> None:
    day = date(2028, 4, 1)
    county, new = Area(LINCOLNSHIRE, "Lincolnshire"), Area("E06000999", "Newland")
    old = [Area(LINCOLN, "Lincoln"), Area("E07000142", "West Lindsey")]
    districts = [*(District(area, county, None, day) for area in old), District(new, new, day, None)]
    merging = Places(places.store, Areas(districts, [Retired(area, new.gss, day) for area in old]))
    before, after = rows(merging, CITY, on=date(2028, 3, 31)), rows(merging, CITY, on=day)
    assert set(before) == {LINCOLN, "E07000142"}
    assert set(after) == {"E06000999"}
    assert after["E06000999"].postcodes == sum(row.postcodes for row in before.values())
    assert rows(merging, replace(CITY, serves=frozenset({LINCOLN})), on=day)["E06000999"].hubs
