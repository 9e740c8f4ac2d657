"""The district of a point: as the nearest postcodes say, a choice near a border, or a sentence."""

import math
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.places import Places
from directory.places.point import FARTHEST, KM_EAST, KM_NORTH, Found, PointReader
from directory.places.store import LIVE, NO_POINT, PackedStore

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def points(places: Places) -> PointReader:
    return PointReader(places.store, places.areas)


def some_homes(store: PackedStore, count: int) -> list[tuple[float, float, str]]:
    """Points of postcodes in use all over England, with their district."""
    chance = random.Random(20261122)
    boxes = [box for box in store.outcodes.values() if not box.letters_only]
    found: list[tuple[float, float, str]] = []
    while len(found) < count:
        [box] = chance.choices(boxes, [each.end - each.start for each in boxes])
        row = store._row(box, chance.randrange(box.start, box.end))
        if row.live and row.lat is not None and row.lon is not None and row.district.startswith("E"):
            found.append((row.lat, row.lon, row.district))
    return found


def brute_force(store: PackedStore, lat: float, lon: float) -> list[float]:
    """Kilometres to the three nearest postcodes in use, measured against every outcode's rows."""
    east = KM_EAST * math.cos(math.radians(lat))
    squares = []
    for box in store.outcodes.values():
        if box.letters_only or abs(box.lat - lat) > 4 or not box.lat:
            continue
        for at in range(box.start, box.end):
            if store.district[at] & LIVE and store.y[at] != NO_POINT:
                north = (box.lat + store.y[at] * box.lat_step - lat) * KM_NORTH
                across = (box.lon + store.x[at] * box.lon_step - lon) * east
                squares.append(north**2 + across**2)
    return [math.sqrt(square) for square in sorted(squares)[:3]]


@pytest.mark.parametrize("at", [(53.231, -0.546), (51.501, -0.142), (55.0, -2.35)])
def test_the_nearest_are_those_of_brute_force(
    points: PointReader, places: Places, at: tuple[float, float]
) -> None:
    found = [each.km for each in points.nearest(*at)]
    assert found == pytest.approx([km for km in brute_force(places.store, *at) if km <= FARTHEST])


def test_a_home_is_in_its_own_district_without_its_postcode(points: PointReader, places: Places) -> None:
    """Each home's own postcode, and any other at its very door, is left out of the vote."""
    right = agreed = agreed_right = counted = 0
    for lat, lon, district in some_homes(places.store, 600):
        others = [each for each in points.nearest(lat, lon, 40) if each.km > 0.005][:3]
        if len(others) < 3:
            continue
        counted += 1
        right += others[0].district == district
        if len({each.district for each in others}) == 1:
            agreed += 1
            agreed_right += others[0].district == district
    assert counted > 500
    assert right / counted > 0.99
    assert agreed / counted > 0.97
    assert agreed_right / agreed > 0.995


def test_a_phone_in_lincoln(places: Places) -> None:
    answer = places.at(53.23142, -0.54571, ON)
    assert (answer.query_kind, answer.precision) == ("point", "exact")
    assert answer.district is not None
    assert answer.district.gss == "E07000138"
    assert (answer.matches[0].lat, answer.matches[0].lon) == (53.231, -0.546)  # no finer than 100 m
    assert (
        answer.note == "Your phone puts you in Lincoln: if you live somewhere else, type that place instead."
    )


def test_near_a_border_both_are_offered(points: PointReader, places: Places) -> None:
    """Among homes all over England some have neighbours in another district."""
    for lat, lon, _ in some_homes(places.store, 3_000):
        answer = points.read(lat, lon, ON)
        if answer.precision == "several":
            names = [match.district.name for match in answer.matches]
            assert len(names) in (2, 3)
            assert all(name in (answer.note or "") for name in names)
            assert answer.district is None
            return
    pytest.fail("no home near a border was drawn")


@pytest.mark.parametrize(
    ("lat", "lon", "nation"),
    [(55.953, -3.189, "scotland"), (51.481, -3.179, "wales"), (54.597, -5.930, "northern_ireland")],
)
def test_the_other_nations_are_answered_with_what_that_changes(
    places: Places, lat: float, lon: float, nation: str
) -> None:
    answer = places.at(lat, lon, ON)
    assert (answer.precision, answer.nation) == ("exact", nation)
    assert "may still have to help you" in (answer.note or "")


@pytest.mark.parametrize(
    "at", [(48.857, 2.352), (53.35, -6.26), (54.15, -4.48), (49.186, -2.106), (53.1, 0.9), (0, 0), (90, 180)]
)
def test_far_from_every_home_is_refused_in_a_sentence(places: Places, at: tuple[float, float]) -> None:
    answer = places.at(*at, ON)
    assert (answer.precision, answer.matches) == ("none", ())
    assert "within 3 miles" in (answer.note or "")


@given(st.floats(-90, 90), st.floats(-180, 180))
@settings(max_examples=200)
def test_no_point_raises(places: Places, lat: float, lon: float) -> None:
    assert places.at(lat, lon, ON).note


@given(st.floats(49.9, 55.8), st.floats(-6, 1.8))
@settings(max_examples=100)
def test_the_nearest_come_first_and_are_near(points: PointReader, lat: float, lon: float) -> None:
    found = points.nearest(lat, lon)
    assert found == sorted(found)
    assert all(isinstance(each, Found) and each.km <= FARTHEST for each in found)
