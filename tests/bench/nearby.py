"""The nearest services, from memory, beside geodesic over all of them; and how both grow.

The services are invented and stand at real postcodes, each for the district it stands in: dense where
people live, as services are. A third are at two places, a tenth known by phone alone.
"""

import random
from collections.abc import Iterator, Sequence
from functools import cache
from statistics import median

from geopy.distance import geodesic

from directory.assembled import PlaceView, ServiceView
from directory.nearest import Directory
from directory.places import Places, Row
from directory.points import Point, PointIndex
from directory.records import ENGLAND, Location, Service, ServiceAtLocation
from tests.bench.edition import ON, places_file
from tests.bench.goals import Goal
from tests.bench.postcodes import incode
from tests.bench.timing import each

SEED, ASKED, TEN = 20261122, 200, 10
SIZES = (500, 3_000, 10_000, 150_000)
GOAL_SIZE = 25_000
Here = tuple[float, float, str]  # latitude, longitude, district


def goals() -> Iterator[Goal]:
    """Issue 4: ten nearest of 25,000 services, and growth."""
    here = _people()
    services = _services(GOAL_SIZE)
    points = _points(services)
    index = PointIndex(points)
    took = _ten(index, here)
    yield Goal("ten nearest of 25,000 services, median", took, "ms", 3, issue=4, note=f"{len(points)} places")
    all_of_them = median(each(lambda at: _over_all(points, at), here[:2], rounds=1)) / 1000
    yield Goal("geodesic over all of 25,000 services", all_of_them, "ms", note=f"{len(points)} places")
    yield Goal("ten nearest against geodesic over all", all_of_them / took, "times", 500, most=False, issue=4)
    yield _whole_answer(services, here)
    for size in SIZES:
        index = PointIndex(_points(_services(size)))
        yield Goal(
            f"ten nearest of {size:,} services, median", _ten(index, here), "ms", note=f"{len(index)} places"
        )


def _ten(index: PointIndex, here: Sequence[Here]) -> float:
    return median(each(lambda at: index.nearest(at[0], at[1], TEN), here, rounds=5)) / 1000


def _whole_answer(services: Sequence[ServiceView], here: Sequence[Here]) -> Goal:
    """What a page asks: the nearest for the person's own area, and those by phone beside them."""
    directory = Directory(services, Places.open(places_file()))
    took = median(each(lambda at: directory.nearby(at[0], at[1], [at[2]], TEN), here, rounds=5)) / 1000
    return Goal("help near a person, all groups, of 25,000 services", took, "ms", 3, issue=4)


def _over_all(points: Sequence[Point], at: Here) -> list[tuple[float, str]]:
    return sorted((geodesic(at[:2], (p.lat, p.lon)).miles, p.service.id) for p in points)[:TEN]


@cache
def _rows(count: int) -> tuple[tuple[str, Row], ...]:
    """English postcodes with a point, each as likely as any other."""
    places, chance = Places.open(places_file()), random.Random(SEED)
    boxes = list(places.store.outcodes.values())
    weights = [box.end - box.start for box in boxes]
    found: list[tuple[str, Row]] = []
    while len(found) < count:
        for box in chance.choices(boxes, weights, k=1_000):
            code = f"{box.name} {incode(places.store.incode[chance.randrange(box.start, box.end)])}"
            row = places.find(code)
            if row is not None and row.lat is not None and row.district.startswith("E"):
                found.append((code, row))
    return tuple(found[:count])


def _people() -> list[Here]:
    return [(row.lat, row.lon, row.district) for _, row in _rows(ASKED) if row.lat and row.lon]


def _services(count: int) -> list[ServiceView]:
    rows = _rows(2 * count)[count:]
    return [_service(number, rows) for number in range(count)]


def _service(number: int, rows: Sequence[tuple[str, Row]]) -> ServiceView:
    homes = [] if number % 10 == 0 else [number] if number % 3 else [number, number - 1]
    places = tuple(_place(home, *rows[home]) for home in homes)
    record = Service.model_construct(
        id=f"s-{number}", name="Hub", organisation="council", authority=ENGLAND, kind="care-leaver-hub",
        areas=(rows[number][1].district,), topics=("housing",), stage="public", status="open",
        summary="A hub.", sources=(), confidence="found in source", checked_on=ON, review_by=ON,
        at=tuple(place.at for place in places),
    )  # fmt: skip
    return ServiceView(record, (), places)


def _place(number: int, postcode: str, row: Row) -> PlaceView:
    location = Location.model_construct(
        id=f"l-{number}", name="Hall", authority=ENGLAND, stage="public", postcode=postcode,
        areas=(row.district,), sources=(), confidence="found in source", checked_on=ON, review_by=ON,
    )  # fmt: skip
    return PlaceView(ServiceAtLocation(location=location.id), location)


def _points(services: Sequence[ServiceView]) -> list[Point]:
    rows = dict(_rows(2 * len(services)))
    return [
        Point(service, place, row.lat, row.lon, about=False)
        for service in services
        for place in service.places
        if (row := rows[place.location.postcode or ""]).lat is not None and row.lon is not None
    ]
