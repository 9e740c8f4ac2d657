"""How far people live from the nearest hub, district by district, so that the next one can be placed.

Each square kilometre of England counts as often as it has postcodes in use; distances are
straight lines. Only a hub that serves a district counts for its people. "None known" is a
gap in our list, and never means that there is none.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from directory.nearest import Directory
from directory.places import Area, Places
from directory.places.areas import Areas
from directory.places.point import KM_EAST, KM_NORTH
from directory.places.store import Cell, Town

MILES = 1.609344  # kilometres in a mile
NEAR = (3, 5, 10)  # miles
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub that is open. `point` is None where not even its town is known; `about`: only its town is.

    `serves` holds codes of districts and councils; `point` is in WGS84 degrees.
    """

    slug: str
    name: str
    serves: frozenset[str]
    point: tuple[float, float] | None
    about: bool = False


@dataclass(frozen=True, slots=True)
class Distances:
    """Straight-line miles from the homes of one district to the nearest hub that serves it.

    `within`: the share, 0 to 1, of postcodes in use within so many miles. `farthest_place` is the
    town or village nearest to the home farthest away. `about`: some hub is known by its town alone.
    """

    median: float
    p90: float
    within: Mapping[int, float]
    farthest: float
    farthest_place: str
    about: bool


@dataclass(frozen=True, slots=True)
class DistrictCoverage:
    """One district on a day. `hubs` is empty where none is known to us; `distances` need a known place."""

    district: Area
    authority: Area
    postcodes: int
    hubs: tuple[Hub, ...]
    distances: Distances | None


@lru_cache(maxsize=2)  # this edition's and, for a moment, the one before
def coverage_of(directory: Directory, on: date) -> tuple[DistrictCoverage, ...]:
    """The coverage by the hubs of one edition: about a second the first time it is asked that day."""
    return coverage(directory.places, hubs_of(directory), on)


def hubs_of(directory: Directory) -> Iterator[Hub]:
    """The hubs that are open, or that nobody said are shut, once for each place they are at."""
    for service in directory.services:
        record = service.record
        if record.kind != "care-leaver-hub" or record.status not in ("open", "unknown"):
            continue
        serves = frozenset(record.areas)
        points = directory.points_of(service)
        for point in points:
            yield Hub(service.id, service.name, serves, (point.lat, point.lon), point.about)
        if not points:
            yield Hub(service.id, service.name, serves, None)


def coverage(places: Places, hubs: Iterable[Hub], on: date) -> tuple[DistrictCoverage, ...]:
    """Every district of England that day, in order of its council's and its own name."""
    cells, towns = _cells_by_district(places, on), _towns_by_district(places, on)
    serving = _by_district(places.areas, tuple(hubs), on)
    found = []
    for district in places.districts(on):
        authority = places.authority_of(district.gss, on) or district
        own, here = serving.get(district.gss, ()), cells.get(district.gss, [])
        distances = _distances(here, own, towns.get(district.gss, []))
        count = sum(cell.postcodes for cell in here)
        found.append(DistrictCoverage(district, authority, count, tuple(own), distances))
    return tuple(sorted(found, key=lambda each: (each.authority.name, each.district.name)))


def _cells_by_district(places: Places, on: date) -> Mapping[str, list[Cell]]:
    found: dict[str, list[Cell]] = defaultdict(list)
    for cell in places.store.cells():
        found[cell.district].append(cell)
    return _joined(places.areas, found, on)


def _towns_by_district(places: Places, on: date) -> Mapping[str, list[Town]]:
    found: dict[str, list[Town]] = defaultdict(list)
    for town in places.store.all_towns():
        found[town.district].append(town)
    return _joined(places.areas, found, on)


def _joined(areas: Areas, found: Mapping[str, list[Thing]], on: date) -> Mapping[str, list[Thing]]:
    """Districts that have merged by that day are one."""
    joined: dict[str, list[Thing]] = defaultdict(list)
    for code, things in found.items():
        joined[areas.current(code, on)] += things
    return joined


def _by_district(areas: Areas, hubs: Sequence[Hub], on: date) -> Mapping[str, list[Hub]]:
    """The hubs that serve each district, by its own code or by its council's."""
    found: dict[str, list[Hub]] = defaultdict(list)
    for hub in hubs:
        served = {areas.current(code, on) for code in hub.serves}
        below = {area.gss for code in served for area in areas.districts_of(code, on)}
        for code in served | below:
            found[code].append(hub)
    return found


def _distances(cells: Sequence[Cell], hubs: Iterable[Hub], towns: Sequence[Town]) -> Distances | None:
    placed = [(hub.point, hub.about) for hub in hubs if hub.point]
    if not placed or not cells:
        return None
    points = [point for point, _ in placed]
    measured = sorted((min(_miles(cell, points)), cell.postcodes, cell.lat, cell.lon) for cell in cells)
    farthest, _, lat, lon = measured[-1]
    total = sum(count for _, count, _, _ in measured)
    return Distances(
        median=_quantile(measured, 0.5 * total),
        p90=_quantile(measured, 0.9 * total),
        within={most: sum(n for miles, n, _, _ in measured if miles <= most) / total for most in NEAR},
        farthest=farthest,
        farthest_place=_nearest_town(lat, lon, towns),
        about=any(about for _, about in placed),
    )


def _miles(cell: Cell, points: Iterable[tuple[float, float]]) -> Iterator[float]:
    """On a plane, which is within 1 part in 200 of the true distance over a county."""
    for lat, lon in points:
        east = (cell.lon - lon) * KM_EAST * math.cos(math.radians((cell.lat + lat) / 2))
        yield math.hypot((cell.lat - lat) * KM_NORTH, east) / MILES


def _quantile(measured: Sequence[tuple[float, int, float, float]], wanted: float) -> float:
    """The miles within which so many postcodes lie; `measured` stands in order of miles."""
    seen = 0
    for miles, count, _, _ in measured:
        seen += count
        if seen >= wanted:
            return miles
    return measured[-1][0]


def _nearest_town(lat: float, lon: float, towns: Iterable[Town]) -> str:
    """ "" where no town or village of the district is known."""
    east = math.cos(math.radians(lat))
    away = ((math.hypot(town.lat - lat, (town.lon - lon) * east), town.name) for town in towns)
    return min(away, default=(0.0, ""))[1]
