"""Help nearby: services by straight-line distance beside those by phone, from memory, without a query.

Nobody can visit a PO box, so it never gets a distance; a place known only by its town is
"about"; a place kept private is shown as an area, without a distance.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from directory.assembled import PlaceView, ServiceView
from directory.phrase import counted, phrase
from directory.places import Area, Places
from directory.places.names import key
from directory.points import FEW, Keep, Measured, Point, PointIndex, everything, nearest_of
from directory.records import ENGLAND
from directory.wanted import has_hours

ByArea: TypeAlias = Mapping[str, tuple[ServiceView, ...]]


@dataclass(frozen=True, slots=True)
class Near:
    """A service at its nearest place and the distance there in miles, in a straight line.

    `lat`, `lon` are for a map link and are those of the place; None when only its town is known.
    """

    service: ServiceView
    place: PlaceView
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
    """Help for a person, each service in one group alone."""

    near: tuple[Near, ...]  # at a place with a distance, the nearest first
    places: tuple[ServiceView, ...]  # at a place one may go to, but no distance can be given
    private: tuple[ServiceView, ...]  # where it is is kept private
    remote: tuple[ServiceView, ...]  # for the area, by phone, letter or online
    national: tuple[ServiceView, ...]  # for all England


def distance_words(miles: float, *, about: bool) -> str:
    """A distance in plain words, never a time: how long it takes depends on roads and buses."""
    if about:
        whole = max(1, round(miles))
        return counted(
            "about %(num)s mile in a straight line", "about %(num)s miles in a straight line", whole
        )
    if miles < 0.1:
        return phrase("less than 0.1 miles in a straight line")
    return phrase("%(miles)s miles in a straight line", miles=f"{miles:.1f}")


class Directory:
    """The services the public may see, placed on the map where that is honest, and listed by area."""

    def __init__(self, services: Iterable[ServiceView], places: Places) -> None:
        self._places = places
        self.services = tuple(service for service in services if service.is_shown)
        self.areas = frozenset(code for service in self.services for code in service.record.areas)
        self._national = tuple(service for service in self.services if service.record.is_national)
        self._points = {service.id: found for service in self.services if (found := _points(service, places))}
        self._local = _by_area(self.services)
        self._pointless = _by_area(each for each in self.services if self._is_pointless(each))
        self._index = PointIndex(point for points in self._points.values() for point in points)

    def _is_pointless(self, service: ServiceView) -> bool:
        """Whether it has no place to measure to, or one beside those."""
        return len(self._points.get(service.id, ())) < max(1, len(service.places))

    def nearby(
        self, lat: float | None, lon: float | None, codes: Iterable[str] = (), k: int = 10,
        keep: Keep = everything, about: bool = False,
    ) -> Nearby:  # fmt: skip
        """Help for a person: `codes` are the areas that matter to them (districts, councils).

        Only services for one of those areas are given; with no codes, all. Without a point
        nothing has a distance. `about`: the person's own point is only roughly known.
        """
        wanted = self.covering(codes)
        near: tuple[Near, ...] = ()
        if lat is None or lon is None:
            rest = [each for each in _held(self._local, wanted) if suits_any(keep, each)]
        else:
            near = tuple(_near(each, about) for each in self._nearest(wanted, lat, lon, k, keep))
            pointless = _held(self._pointless, wanted)
            rest = [each for each in pointless if suits_any(keep, each) and not self._has(each, keep)]
        return Nearby(
            near,
            tuple(each for each in rest if _may_visit(each)),
            tuple(each for each in rest if each.confidential and not _may_visit(each)),
            tuple(each for each in rest if not each.confidential and not _may_visit(each)),
            tuple(each for each in self._national if suits_any(keep, each)),
        )

    def distance(self, service: ServiceView, lat: float, lon: float, *, about: bool = False) -> Near | None:
        """How far the nearest place of one service is; None where none can be measured to."""
        measured = nearest_of(self._points.get(service.id, ()), lat, lon, 1)
        return _near(measured[0], about) if measured else None

    def measurable(self, codes: Iterable[str] = (), keep: Keep = everything) -> int:
        """How many services of those areas have a place to measure to, and suit there."""
        return sum(self._has(each, keep) for each in _held(self._local, self.covering(codes)))

    def without_hours(self, codes: Iterable[str] = (), keep: Keep = everything) -> int:
        """How many services of those areas, and for all England, suit but keep hours not known to us."""
        ours = (*_held(self._local, self.covering(codes)), *self._national)
        return sum(not has_hours(each) and suits_any(keep, each) for each in ours)

    def _has(self, service: ServiceView, keep: Keep) -> bool:
        """Whether it has a place to measure to at which it suits."""
        return any(keep(service, point.place) for point in self._points.get(service.id, ()))

    def _nearest(
        self, wanted: frozenset[str], lat: float, lon: float, k: int, keep: Keep
    ) -> tuple[Measured, ...]:
        """Of few services all are looked at; of many, those around the point."""
        ours = _held(self._local, wanted) if wanted else self.services
        if len(ours) <= FEW:
            points = [point for each in ours for point in self._points.get(each.id, ())]
            return nearest_of(points, lat, lon, k, keep)

        def suits(service: ServiceView, place: PlaceView | None) -> bool:
            return (not wanted or not wanted.isdisjoint(service.record.areas)) and keep(service, place)

        return self._index.nearest(lat, lon, k, suits)

    def points_of(self, service: ServiceView) -> tuple[Point, ...]:
        """Every place of a service that one may go to and that has a point, if only its town's middle."""
        return tuple(_points(service, self._places))

    @property
    def places(self) -> Places:
        """Postcodes, towns and districts."""
        return self._places

    def point_of(self, service: ServiceView, place: PlaceView) -> tuple[float, float] | None:
        """Where a place with a published postcode is, for a map link; None for all others."""
        point = _point(service, place, self._places)
        return (point.lat, point.lon) if point and not point.about else None

    def covering(self, codes: Iterable[str]) -> frozenset[str]:
        """The codes with the councils above and the districts below them, as services may name either."""
        areas = self._places.areas
        given = set(codes) - {ENGLAND}
        above = {row.gss for code in given if (row := areas.council_of(code))}
        below = {area.gss for code in given for area in areas.districts_of(code)}
        former = {
            old for code in given | below for old in areas.former(code)
        }  # a service may name these still
        return frozenset(given | above | below | former)


def suits_any(keep: Keep, service: ServiceView) -> bool:
    """Whether a service suits at one of its places, or as a service without a place."""
    if not service.places:
        return keep(service, None)
    return any(keep(service, place) for place in service.places)


def _may_visit(service: ServiceView) -> bool:
    return any(place.location.can_be_visited for place in service.places)


def _held(by_area: ByArea, wanted: frozenset[str]) -> Sequence[ServiceView]:
    """The services for those areas, each once; with no codes, all of them."""
    held = [by_area[code] for code in by_area if not wanted or code in wanted]
    if len(held) == 1:
        return held[0]
    return tuple({each.id: each for services in held for each in services}.values())


def _by_area(services: Iterable[ServiceView]) -> ByArea:
    held: dict[str, list[ServiceView]] = defaultdict(list)
    for service in services:
        for code in () if service.record.is_national else dict.fromkeys(service.record.areas):
            held[code].append(service)
    return {code: tuple(found) for code, found in held.items()}


def _points(service: ServiceView, places: Places) -> tuple[Point, ...]:
    """A body for all England stands apart: the distance to its office says nothing."""
    if service.record.is_national:
        return ()
    return tuple(point for place in service.places if (point := _point(service, place, places)))


def _point(service: ServiceView, place: PlaceView, places: Places) -> Point | None:
    location = place.location
    if not location.can_be_visited:
        return None
    row = places.find(location.postcode) if location.postcode else None
    if row is not None and row.lat is not None and row.lon is not None:
        return Point(service, place, row.lat, row.lon, about=False)
    return _by_town(service, place, places) if location.town else None


def _by_town(service: ServiceView, place: PlaceView, places: Places) -> Point | None:
    """The town of that name within the areas served: Stanley in County Durham, not in Perth and Kinross."""
    wanted = key(place.location.town or "")
    within = {*(place.location.areas or service.record.areas), service.record.authority}
    towns = [
        town
        for town in places.store.towns(wanted)
        if key(town.name) == wanted
        and within & _codes_of(places.areas.council_of(town.district), town.district)
    ]
    if not towns:
        return None
    town = max(towns, key=lambda each: each.population)
    return Point(service, place, town.lat, town.lon, about=True)


def _codes_of(council: Area | None, district: str) -> set[str]:
    return {district, council.gss} if council else {district}


def _near(measured: Measured, about: bool) -> Near:
    point = measured.point
    near = Near(point.service, point.place, measured.miles, point.about, point.lat, point.lon)
    if point.about:
        return replace(near, lat=None, lon=None)
    return replace(near, about=True) if about else near
