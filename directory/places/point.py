"""Which district a point is in: that of the nearest postcodes in use, looked for in the packed file.

An outcode's rows stand together and know the corners of their box, so the boxes are the
buckets: only those nearer than the best found so far are walked, and nothing is kept in
memory. The district of the nearest postcode is right for 997 points of 1,000; where the
nearest three agree, for 999. Where they do not, both districts are offered.
"""

import heapq
import math
from dataclasses import dataclass
from datetime import date

from directory.places import answers
from directory.places.answers import Match, PlaceAnswer
from directory.places.areas import Areas
from directory.places.matching import match_of, nation_of
from directory.places.store import LIVE, NO_POINT, Outcode, PackedStore

KM_NORTH, KM_EAST = 111.2, 111.32  # one degree of latitude, and of longitude at the equator
VOTES = 3  # nearest postcodes that must agree
FARTHEST = 5.0  # km: nobody with an address lives farther from a postcode of this list
DECIMALS = 3  # of a degree, about 100 m: what a phone sends us, and all that is looked up
BITS = 0xFFFF


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A postcode's distance from the point in kilometres, and its district's GSS code."""

    km: float
    district: str


class PointReader:
    """Points of one store, with districts as the lists know them; safe to share between threads."""

    def __init__(self, store: PackedStore, areas: Areas) -> None:
        self._store = store
        self._areas = areas
        self._boxes = [(_Box.of(store, each), each) for each in store.outcodes.values()]

    def read(self, lat: float, lon: float, on: date) -> PlaceAnswer:
        """The district of a point (WGS84 degrees), a choice of two or three, or none with a sentence."""
        lat, lon = round(lat, DECIMALS), round(lon, DECIMALS)
        found = self.nearest(lat, lon)
        if not found:
            return answers.NOWHERE_NEAR
        codes = dict.fromkeys(self._areas.current(each.district, on) for each in found)
        matches = tuple(
            Match(match.district, match.authority, lat, lon)
            for code in codes
            if (match := match_of(self._areas, code, on))
        )
        return _answer(matches, nation_of(self._areas, matches))

    def nearest(self, lat: float, lon: float, wanted: int = VOTES) -> list[Found]:
        """The nearest postcodes in use within five kilometres, nearest first."""
        east = KM_EAST * math.cos(math.radians(lat))
        near = sorted(
            (away, number)
            for number, (box, _) in enumerate(self._boxes)
            if (away := box.km_from(lat, lon, east)) <= FARTHEST
        )
        best: list[Found] = []
        for away, number in near:
            if len(best) == wanted and away >= best[-1].km:
                break
            inside = self._within(self._boxes[number][1], lat, lon, east, wanted)
            best = heapq.nsmallest(wanted, [*best, *inside])
        return best

    def _within(self, box: Outcode, lat: float, lon: float, east: float, wanted: int) -> list[Found]:
        """The nearest rows of one outcode, measured in the file's own steps."""
        store, rows = self._store, slice(box.start, box.end)
        north_step, east_step = box.lat_step * KM_NORTH, box.lon_step * east
        y0, x0 = (lat - box.lat) * KM_NORTH, (lon - box.lon) * east
        squares = (
            ((y * north_step - y0) ** 2 + (x * east_step - x0) ** 2, code & ~LIVE)
            for y, x, code in zip(store.y[rows], store.x[rows], store.district[rows], strict=True)
            if code & LIVE and y != NO_POINT
        )
        found = heapq.nsmallest(wanted, squares)
        return [
            Found(math.sqrt(square), store.districts[code])
            for square, code in found
            if square <= FARTHEST**2 and store.districts[code]
        ]


@dataclass(frozen=True, slots=True)
class _Box:
    """The corners of an outcode's rows, in degrees; nothing is near a sorting office's."""

    south: float
    north: float
    west: float
    east: float

    @classmethod
    def of(cls, store: PackedStore, outcode: Outcode) -> "_Box":
        if outcode.letters_only or not outcode.lat:
            return cls(math.inf, math.inf, math.inf, math.inf)
        return cls(
            outcode.lat,
            outcode.lat + outcode.lat_step * (BITS - 1),
            outcode.lon,
            outcode.lon + outcode.lon_step * (BITS - 1),
        )

    def km_from(self, lat: float, lon: float, east: float) -> float:
        """How far the point is from the box at least; 0 inside it."""
        up = max(self.south - lat, lat - self.north, 0.0) * KM_NORTH
        across = max(self.west - lon, lon - self.east, 0.0) * east
        return math.hypot(up, across)


def _answer(matches: tuple[Match, ...], nation: str | None) -> PlaceAnswer:
    names = [match.district.name for match in matches]
    if len(matches) > 1:
        return PlaceAnswer("point", "several", matches, None, answers.near_a_border(names), nation)
    if nation not in ("england", None):
        return PlaceAnswer("point", "exact", matches, None, answers.abroad(nation), nation)
    return PlaceAnswer("point", "exact", matches, None, answers.phone_says(names[0]), nation)
