"""Help nearby: services by straight-line distance beside those by phone, from memory, without a query.

Nobody can visit a PO box, so it never gets a distance; a place known only by its town is
"about"; a place kept private is shown as an area, without a distance.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from directory.assembled import PlaceView, ServiceView
from directory.places import Area, Places
from directory.places.names import key
from directory.points import Keep, Measured, Point, PointIndex, everything
from directory.records import ENGLAND


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
        return f"about {whole} mile{'' if whole == 1 else 's'} in a straight line"
    if miles < 0.1:
        return "less than 0.1 miles in a straight line"
    return f"{miles:.1f} miles in a straight line"


class Directory:
    """The services the public may see, placed on the map where that is honest."""

    def __init__(self, services: Iterable[ServiceView], places: Places) -> None:
        self._places = places
        self.services = tuple(service for service in services if service.is_shown)
        points = [point for service in self.services for point in _points(service, places)]
        self._points = PointIndex(points)
        self._measurable = frozenset(point.service.id for point in points)

    def nearby(
        self, lat: float | None, lon: float | None, codes: Iterable[str] = (), k: int = 10,
        keep: Keep = everything, about: bool = False,
    ) -> Nearby:  # fmt: skip
        """Help for a person: `codes` are the areas that matter to them (districts, councils).

        Only services for one of those areas are given; with no codes, all. Without a point
        nothing has a distance. `about`: the person's own point is only roughly known.
        """
        wanted = self.covering(codes)

        def suits(service: ServiceView, place: PlaceView | None) -> bool:
            return (not wanted or not wanted.isdisjoint(service.record.areas)) and keep(service, place)

        near: tuple[Near, ...] = ()
        if lat is not None and lon is not None:
            near = tuple(_near(each, about) for each in self._points.nearest(lat, lon, k, suits))
        others = [each for each in self.services if not each.record.is_national and suits_any(suits, each)]
        measured = lat is not None
        return Nearby(
            near,
            tuple(s for s in others if _may_visit(s) and not (measured and s.id in self._measurable)),
            tuple(s for s in others if s.confidential and not _may_visit(s)),
            tuple(s for s in others if not s.confidential and not _may_visit(s)),
            tuple(s for s in self.services if s.record.is_national and suits_any(keep, s)),
        )

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
        return frozenset(given | above | below)


def suits_any(keep: Keep, service: ServiceView) -> bool:
    """Whether a service suits at one of its places, or as a service without a place."""
    if not service.places:
        return keep(service, None)
    return any(keep(service, place) for place in service.places)


def _may_visit(service: ServiceView) -> bool:
    return any(place.location.can_be_visited for place in service.places)


def _points(service: ServiceView, places: Places) -> Iterable[Point]:
    """A body for all England stands apart: the distance to its office says nothing."""
    if service.record.is_national:
        return ()
    return [point for place in service.places if (point := _point(service, place, places))]


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
