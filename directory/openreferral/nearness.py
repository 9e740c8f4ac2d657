"""Which of many places lie within a distance of a point: a band of latitudes, a plane, then a geodesic.

Geopy's geodesic is slow: it is asked only where the plane, wrong by less than a thousandth within
300 km, cannot tell.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from geopy.distance import geodesic

Point = tuple[float, float]  # WGS84 latitude and longitude
LEAST_NORTH = 111_000  # metres in a degree of latitude: nowhere in the country less
SURE = 0.005  # of the distance, and more than plane and geodesic differ by


class PlaceBand:
    """Numbered places, from south to north."""

    def __init__(self, places: Iterable[tuple[int, Point]]) -> None:
        self._places = sorted((point, number) for number, point in places)
        self._latitudes = [point[0] for point, _ in self._places]

    def within(self, here: Point, metres: float) -> Iterator[int]:
        """The numbers of the places at most so many metres away, in a straight line."""
        reach = metres * (1 + SURE) / LEAST_NORTH
        first = bisect_left(self._latitudes, here[0] - reach)
        last = bisect_right(self._latitudes, here[0] + reach)
        for point, number in self._places[first:last]:
            if _is_within(here, point, metres):
                yield number


def _is_within(here: Point, there: Point, metres: float) -> bool:
    about = _on_a_plane(here, there)
    if abs(about - metres) > SURE * metres + 1:
        return about < metres
    return bool(geodesic(here, there).meters <= metres)


def _on_a_plane(here: Point, there: Point) -> float:
    """Metres, by the length of a degree half way between the two (WGS84)."""
    middle = math.radians((here[0] + there[0]) / 2)
    north = 111_132.95 - 559.82 * math.cos(2 * middle)
    east = 111_412.84 * math.cos(middle) - 93.5 * math.cos(3 * middle)
    return math.hypot((there[0] - here[0]) * north, (there[1] - here[1]) * east)
