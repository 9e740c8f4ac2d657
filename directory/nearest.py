"""Help nearby: services by straight-line distance, from memory, without a query.

Points stand in buckets of 0.1 degree. A plane is good enough to choose candidates
(planar error under 1%); the distance shown is geopy's geodesic on those few. Filters
apply before counting, so that "ten nearest" means ten that suit. Nobody can visit a
PO box, so it never gets a distance; a service known only by its town is "about".
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from geopy.distance import geodesic

from directory.places import Area, Places
from directory.places.names import key
from directory.records import ENGLAND, Service

CELL = 0.1  # degrees
KM_NORTH, KM_EAST = 111.2, 111.32  # one degree of latitude, and of longitude at the equator
CANDIDATES = 16  # measured by geodesic for ten shown
SAFE = 0.98  # planar and true distance differ by less than this leaves
FEW = 500  # up to so many points a plain list is faster than buckets

Keep: TypeAlias = Callable[[Service], bool]


@dataclass(frozen=True, slots=True)
class Point:
    """A service on the map, WGS84 degrees; `about` when only its town is known."""

    service: Service
    lat: float
    lon: float
    about: bool


@dataclass(frozen=True, slots=True)
class Near:
    """A service and its distance in miles, in a straight line.

    `lat`, `lon` are for a map link and are those of the service; None when only its town is known.
    """

    service: Service
    miles: float
    about: bool
    lat: float | None
    lon: float | None

    @property
    def words(self) -> str:
        """ "3.2 miles in a straight line"; "about 3 miles in a straight line" when roughly known."""
        return distance_words(self.miles, about=self.about)


@dataclass(frozen=True, slots=True)
class Nearby:
    """What is shown, in this order: near by address, near by town, no address published, all England."""

    by_address: tuple[Near, ...]
    by_town: tuple[Near, ...]
    unplaced: tuple[Service, ...]
    national: tuple[Service, ...]


def distance_words(miles: float, *, about: bool) -> str:
    """A distance in plain words, never a time: how long it takes depends on roads and buses."""
    if about:
        whole = max(1, round(miles))
        return f"about {whole} mile{'' if whole == 1 else 's'} in a straight line"
    if miles < 0.1:
        return "less than 0.1 miles in a straight line"
    return f"{miles:.1f} miles in a straight line"


def everything(_: Service) -> bool:
    """The filter that keeps all."""
    return True


class PointIndex:
    """Points in buckets; immutable once made, shared by all requests of a catalogue version."""

    def __init__(self, points: Iterable[Point]) -> None:
        self._points = tuple(points)
        self._cells: dict[tuple[int, int], list[Point]] = defaultdict(list)
        for point in self._points:
            self._cells[_cell(point.lat, point.lon)].append(point)
        self._cells.default_factory = None

    def __len__(self) -> int:
        return len(self._points)

    def nearest(self, lat: float, lon: float, k: int, keep: Keep = everything) -> tuple[Near, ...]:
        """The `k` nearest that `keep` accepts, nearest first, with geodesic miles."""
        wanted = k + CANDIDATES - 10 if k > 10 else CANDIDATES
        measured = sorted(
            (
                (geodesic((lat, lon), (p.lat, p.lon)).miles, p)
                for p in self._candidates(lat, lon, wanted, keep)
            ),
            key=lambda pair: (pair[0], pair[1].service.id),
        )
        return tuple(_near(point, miles) for miles, point in measured[:k])

    def _candidates(self, lat: float, lon: float, wanted: int, keep: Keep) -> list[Point]:
        east = KM_EAST * math.cos(math.radians(lat))
        found: list[tuple[float, int, Point]] = []
        seen = ring = 0
        while seen < len(self._points):
            fresh = self._points if len(self._points) <= FEW else tuple(self._ring(lat, lon, ring))
            seen += len(fresh)
            found += [
                (((p.lat - lat) * KM_NORTH) ** 2 + ((p.lon - lon) * east) ** 2, len(found) + at, p)
                for at, p in enumerate(fresh)
                if keep(p.service)
            ]
            reach = SAFE * ring * CELL * min(KM_NORTH, east)  # nothing outside the rings is nearer
            if sum(square <= reach**2 for square, _, _ in found) >= wanted:
                break
            ring += 1
        return [point for _, _, point in sorted(found)[:wanted]]

    def _ring(self, lat: float, lon: float, ring: int) -> Iterator[Point]:
        """The points of the cells `ring` steps away; far out, of every cell not yet walked."""
        row, column = _cell(lat, lon)
        if (2 * ring + 1) ** 2 > 4 * len(self._cells):
            yield from (
                p
                for (r, c), cell in self._cells.items()
                if max(abs(r - row), abs(c - column)) >= ring
                for p in cell
            )
            return
        for r in range(row - ring, row + ring + 1):
            step = 1 if abs(r - row) == ring else max(1, 2 * ring)
            for c in range(column - ring, column + ring + 1, step):
                yield from self._cells.get((r, c), ())


class Directory:
    """The services the public may see, placed on the map where that is honest."""

    def __init__(self, services: Iterable[Service], places: Places) -> None:
        self._places = places
        self.services = tuple(service for service in services if service.is_shown)
        placed = {service.id: _place(service, places) for service in self.services}
        points = [point for point in placed.values() if point]
        self._by_address = PointIndex(point for point in points if not point.about)
        self._by_town = PointIndex(point for point in points if point.about)
        self._unplaced = tuple(s for s in self.services if not placed[s.id] and not _is_national(s))
        self._national = tuple(s for s in self.services if _is_national(s))

    def nearby(
        self, lat: float | None, lon: float | None, codes: Iterable[str] = (), k: int = 10,
        keep: Keep = everything, about: bool = False,
    ) -> Nearby:  # fmt: skip
        """Help for a person: `codes` are the areas that matter to them (districts, councils).

        Only services for one of those areas are given; with no codes, all. Without a point
        nothing has a distance. `about`: the person's own point is only roughly known.
        """
        wanted = self.covering(codes)

        def suits(service: Service) -> bool:
            return (not wanted or not wanted.isdisjoint(service.areas)) and keep(service)

        if lat is None or lon is None:
            everywhere = (s for s in self.services if not _is_national(s))
            return Nearby((), (), tuple(filter(suits, everywhere)), tuple(filter(keep, self._national)))
        by_address = self._by_address.nearest(lat, lon, k, suits)
        return Nearby(
            tuple(replace(near, about=True) for near in by_address) if about else by_address,
            self._by_town.nearest(lat, lon, k, suits),
            tuple(filter(suits, self._unplaced)),
            tuple(filter(keep, self._national)),
        )

    def covering(self, codes: Iterable[str]) -> frozenset[str]:
        """The codes with the councils above and the districts below them, as services may name either."""
        areas = self._places.areas
        given = set(codes) - {ENGLAND}
        above = {row.gss for code in given if (row := areas.council_of(code))}
        below = {area.gss for code in given for area in areas.districts_of(code)}
        return frozenset(given | above | below)


def _is_national(service: Service) -> bool:
    """A body for all England stands apart: the distance to its office says nothing."""
    return ENGLAND in service.areas


def _place(service: Service, places: Places) -> Point | None:
    if _is_national(service) or service.is_po_box:
        return None
    row = places.find(service.postcode) if service.postcode and service.can_be_visited else None
    if row is not None and row.lat is not None and row.lon is not None:
        return Point(service, row.lat, row.lon, about=False)
    return _place_by_town(service, places) if service.town else None


def _place_by_town(service: Service, places: Places) -> Point | None:
    """The town of that name within the areas served: Stanley in County Durham, not in Perth and Kinross."""
    wanted = key(service.town or "")
    served = {*service.areas, service.authority}
    towns = [
        town
        for town in places.store.towns(wanted)
        if key(town.name) == wanted
        and served & _codes_of(places.areas.council_of(town.district), town.district)
    ]
    if not towns:
        return None
    town = max(towns, key=lambda each: each.population)
    return Point(service, town.lat, town.lon, about=True)


def _codes_of(council: Area | None, district: str) -> set[str]:
    return {district, council.gss} if council else {district}


def _near(point: Point, miles: float) -> Near:
    if point.about:
        return Near(point.service, miles, True, None, None)
    return Near(point.service, miles, False, point.lat, point.lon)


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat / CELL), math.floor(lon / CELL)
