"""Which of many places lie within a distance of a point: a band of latitudes, a plane, then a geodesic.

Geopy's geodesic is slow; it is asked only where the plane, wrong by less than 1%, cannot tell.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from geopy.distance import geodesic

Point = tuple[float, float]  # WGS84 latitude and longitude
METRES_NORTH, METRES_EAST = 111_200, 111_320  # one degree of latitude, and of longitude at the equator
SURE = 0.02  # of the distance: more than plane and geodesic differ by, north to south, within a country


class PlaceBand:
    """Numbered places, from south to north."""

    def __init__(self, places: Iterable[tuple[int, Point]]) -> None:
        self._places = sorted((point, number) for number, point in places)
        self._latitudes = [point[0] for point, _ in self._places]

    def within(self, here: Point, metres: float) -> Iterator[int]:
        """The numbers of the places at most so many metres away, in a straight line."""
        reach = metres * (1 + SURE) / METRES_NORTH
        first = bisect_left(self._latitudes, here[0] - reach)
        last = bisect_right(self._latitudes, here[0] + reach)
        for point, number in self._places[first:last]:
            if _is_within(here, point, metres):
                yield number


def _is_within(here: Point, there: Point, metres: float) -> bool:
    east = METRES_EAST * math.cos(math.radians((here[0] + there[0]) / 2))
    about = math.hypot((there[0] - here[0]) * METRES_NORTH, (there[1] - here[1]) * east)
    if abs(about - metres) > SURE * metres + 1:
        return about < metres
    return bool(geodesic(here, there).meters <= metres)
