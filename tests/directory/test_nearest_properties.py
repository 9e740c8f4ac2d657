"""The nearest, held to brute force: any points, any filter, services at several places."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.assembled import ServiceView
from directory.nearest import Directory
from directory.places import Places
from directory.points import Keep, Point, PointIndex, nearest_of
from directory.records import ServiceAtLocation
from tests.directory.invented import location, service, view

LATITUDES, LONGITUDES = st.floats(49.9, 55.8), st.floats(-6.4, 1.8)
QUIET = settings(max_examples=60)

HUB = view(location())
Placed = tuple[int, float, float]  # number of the service, latitude, longitude


def points_of(placed: Sequence[Placed]) -> list[Point]:
    """Points of invented services; a number that comes twice is a service at two places."""
    views = {number: replace(HUB, record=HUB.record.model_copy(update={"id": f"s{number:03}"}))
             for number, _, _ in placed}  # fmt: skip
    return [Point(views[number], HUB.places[0], lat, lon, about=False) for number, lat, lon in placed]


def brute_force(
    points: Sequence[Point], lat: float, lon: float, k: int, keep: Keep
) -> list[tuple[float, str]]:
    """Every point measured; each service at its nearest place."""
    nearest: dict[str, float] = {}
    for point in points:
        if keep(point.service, point.place):
            miles = geodesic((lat, lon), (point.lat, point.lon)).miles
            nearest[point.service.id] = min(miles, nearest.get(point.service.id, miles))
    return sorted((miles, name) for name, miles in nearest.items())[:k]


def every(step: int) -> Keep:
    """A filter that keeps one service in `step`."""
    return lambda each, _: int(each.id[1:]) % step == 0


PLACED = st.lists(st.tuples(st.integers(0, 40), LATITUDES, LONGITUDES), max_size=120)


@QUIET
@given(placed=PLACED, lat=LATITUDES, lon=LONGITUDES, k=st.integers(1, 15), step=st.integers(1, 7))
def test_few_points(placed: list[Placed], lat: float, lon: float, k: int, step: int) -> None:
    points = points_of(placed)
    found = nearest_of(points, lat, lon, k, every(step))
    assert [(m.miles, m.point.service.id) for m in found] == brute_force(points, lat, lon, k, every(step))


@QUIET
@given(
    placed=PLACED.filter(lambda each: len(each) > 1), lat=LATITUDES, lon=LONGITUDES, k=st.integers(1, 15),
    step=st.integers(1, 7),
)  # fmt: skip
def test_many_points_in_buckets(placed: list[Placed], lat: float, lon: float, k: int, step: int) -> None:
    points = points_of(placed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("directory.points.FEW", 0)
        patch.setattr("directory.points.MANY", 30)  # finer buckets, as for a country's services
        found = PointIndex(points).nearest(lat, lon, k, every(step))
    assert [(m.miles, m.point.service.id) for m in found] == brute_force(points, lat, lon, k, every(step))


def at_two_places(*postcodes: str) -> ServiceView:
    """A service with a session at each of these postcodes."""
    homes = [location(id=code.replace(" ", "-").lower(), postcode=code) for code in postcodes]
    return view(*homes, areas=["E10000019"])


@pytest.mark.parametrize(
    ("here", "nearest"), [("NG34 7EF", "ng34-7ef"), ("LN1 1YL", "ln1-1yl"), ("LN5 7AY", "ln1-1yl")]
)
def test_a_service_at_several_places_appears_once_with_its_nearest(
    places: Places, here: str, nearest: str
) -> None:
    row = places.find(here)
    assert row is not None
    found = Directory([at_two_places("LN1 1YL", "NG34 7EF")], places).nearby(row.lat, row.lon)
    assert [near.place.location.id for near in found.near] == [nearest]
    assert found.places == found.remote == found.private == ()


def test_a_filter_may_leave_only_the_farther_place(places: Places) -> None:
    directory = Directory([at_two_places("LN1 1YL", "NG34 7EF")], places)
    row = places.find("LN1 1YL")
    assert row is not None
    found = directory.nearby(
        row.lat, row.lon, keep=lambda _, place: place is not None and place.at.location == "ng34-7ef"
    )
    assert [near.place.location.id for near in found.near] == ["ng34-7ef"]


def test_a_place_without_a_point_stands_in_for_one_that_does_not_suit(places: Places) -> None:
    hidden = location(id="nowhere", postcode=None, town=None)
    hub = view(location(id="known", postcode="LN1 1YL"), hidden, areas=["E07000138"])
    directory = Directory([hub], places)
    assert [n.place.at.location for n in directory.nearby(53.2, -0.5).near] == ["known"]
    found = directory.nearby(53.2, -0.5, keep=lambda _, p: p is not None and p.at.location == "nowhere")
    assert (found.near, [each.id for each in found.places]) == ((), [hub.id])
    assert directory.measurable() == 1


def test_each_service_stands_in_one_group_alone(places: Places) -> None:
    private = location(id="private", confidential=True, address=[], postcode=None)
    shown = location(id="shown", postcode="LN1 1YL")
    both = ServiceView(
        service(id="both", at=[ServiceAtLocation(location="private"), ServiceAtLocation(location="shown")]),
        (), (*view(private).places, *view(shown).places),
    )  # fmt: skip
    hubs = [both, view(private, id="hidden"), view(id="line"), view(id="england", areas=["E92000001"])]
    directory = Directory(hubs, places)
    for point in ((53.2, -0.5), (None, None)):
        found = directory.nearby(*point)
        groups = [[n.service.id for n in found.near], *([s.id for s in group] for group in
                  (found.places, found.private, found.remote, found.national))]  # fmt: skip
        assert sorted(name for group in groups for name in group) == ["both", "england", "hidden", "line"]
        assert groups[2:] == [["hidden"], ["line"], ["england"]]
