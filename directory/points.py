"""The nearest of many points, from memory: a plane chooses a few candidates, a geodesic measures those.

Points stand in buckets of 0.1 degree or less. A plane is good enough to choose (planar error
under 1%); the distance shown is geopy's geodesic. Filters apply before counting, so
that "ten nearest" means ten that suit, and a service at several places counts once.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from geopy.distance import geodesic

from directory.assembled import PlaceView, ServiceView

CELL = 0.1  # degrees, of up to MANY points; finer with more, so that a city stays as quick
MANY = 10_000
KM_NORTH, KM_EAST = 111.2, 111.32  # one degree of latitude, and of longitude at the equator
SPARE = 6  # services measured beyond those shown: the plane may have swapped neighbours
SAFE = 0.98  # planar and true distance differ by less than this leaves
FEW = 500  # up to so many points a plain list is faster than buckets

Keep: TypeAlias = Callable[[ServiceView, PlaceView | None], bool]
"""Whether a service suits, at that place; None where it is not at a place people may go to."""


@dataclass(frozen=True, slots=True)
class Point:
    """A service at a place on the map, WGS84 degrees; `about` when only its town is known."""

    service: ServiceView
    place: PlaceView
    lat: float
    lon: float
    about: bool


Planar: TypeAlias = tuple[float, int, Point]  # km² on a plane, number, point


@dataclass(frozen=True, slots=True)
class Measured:
    """A point and its true distance in miles."""

    point: Point
    miles: float


def everything(_: ServiceView, __: PlaceView | None) -> bool:
    """The filter that keeps all."""
    return True


def nearest_of(
    points: Sequence[Point], lat: float, lon: float, k: int, keep: Keep = everything
) -> tuple[Measured, ...]:
    """The `k` nearest services of a few points that `keep` accepts, each at its nearest place."""
    return _measured(_of_the_first(sorted(_planar(points, lat, lon, keep)), k + SPARE), lat, lon, k)


class PointIndex:
    """Many points in buckets; immutable once made, shared by all requests of a catalogue version."""

    def __init__(self, points: Iterable[Point]) -> None:
        self._points = tuple(points)
        self._size = CELL * min(1.0, math.sqrt(MANY / max(1, len(self._points))))
        self._cells: dict[tuple[int, int], list[Point]] = defaultdict(list)
        for point in self._points:
            self._cells[self._cell(point.lat, point.lon)].append(point)
        self._cells.default_factory = None

    def __len__(self) -> int:
        return len(self._points)

    def nearest(self, lat: float, lon: float, k: int, keep: Keep = everything) -> tuple[Measured, ...]:
        """The `k` nearest services that `keep` accepts, nearest first, each at its nearest place."""
        if len(self._points) <= FEW:
            return nearest_of(self._points, lat, lon, k, keep)
        return _measured(self._few(lat, lon, k, keep), lat, lon, k)

    def _few(self, lat: float, lon: float, k: int, keep: Keep) -> list[Point]:
        """The places of the nearest services on a plane, a few more services than wanted."""
        east = KM_EAST * math.cos(math.radians(lat))
        found: list[Planar] = []
        seen = ring = 0
        while seen < len(self._points):
            fresh = tuple(self._ring(lat, lon, ring))
            seen += len(fresh)
            found += _planar(fresh, lat, lon, keep, len(found))
            reach = SAFE * ring * self._size * min(KM_NORTH, east)  # nothing outside the rings is nearer
            if len({p.service.id for square, _, p in found if square <= reach**2}) >= k + SPARE:
                break
            ring += 1
        return _of_the_first(sorted(found), k + SPARE)

    def _cell(self, lat: float, lon: float) -> tuple[int, int]:
        return math.floor(lat / self._size), math.floor(lon / self._size)

    def _ring(self, lat: float, lon: float, ring: int) -> Iterator[Point]:
        """The points of the cells `ring` steps away; far out, of every cell not yet walked."""
        row, column = self._cell(lat, lon)
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


def _planar(points: Sequence[Point], lat: float, lon: float, keep: Keep, first: int = 0) -> list[Planar]:
    """Each point that suits with its distance on a plane; its number breaks ties."""
    east = KM_EAST * math.cos(math.radians(lat))
    return [
        (((p.lat - lat) * KM_NORTH) ** 2 + ((p.lon - lon) * east) ** 2, first + at, p)
        for at, p in enumerate(points)
        if keep(p.service, p.place)
    ]


def _measured(points: Iterable[Point], lat: float, lon: float, k: int) -> tuple[Measured, ...]:
    """The `k` nearest services with their true distances, each at its nearest place."""
    measured = sorted(
        (Measured(p, geodesic((lat, lon), (p.lat, p.lon)).miles) for p in points),
        key=lambda each: (each.miles, each.point.service.id),
    )
    nearest: dict[str, Measured] = {}
    for each in measured:
        nearest.setdefault(each.point.service.id, each)
    return tuple(nearest.values())[:k]


def _of_the_first(ordered: Iterable[Planar], services: int) -> list[Point]:
    """The points up to that many different services."""
    ids: set[str] = set()
    few: list[Point] = []
    for _, _, point in ordered:
        ids.add(point.service.id)
        if len(ids) > services:
            break
        few.append(point)
    return few
