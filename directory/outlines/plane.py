"""Latitude and longitude to kilometres on a flat map of England, and back.

A spherical transverse Mercator about 2° west, like the national grid's but without its
ellipsoid: within 0.4% of true distance over England, far below what the outlines know.
Kilometres east and north, so that England lies between (80, 0) and (660, 660).
"""

import math
from typing import NamedTuple

_RADIUS = 6371.0  # km, the earth's mean radius
_MIDDLE = math.radians(-2)
_EAST, _NORTH = 400.0, -100.0  # the national grid's false origin, in km
_SOUTH = math.radians(49)


class Spot(NamedTuple):
    """A place on the map, in km."""

    x: float
    y: float


def to_plane(lat: float, lon: float) -> Spot:
    """WGS84 degrees to km on the map."""
    north, off = math.radians(lat), math.radians(lon) - _MIDDLE
    east = math.atanh(math.cos(north) * math.sin(off))
    along = math.atan2(math.tan(north), math.cos(off)) - _SOUTH
    return Spot(_EAST + _RADIUS * east, _NORTH + _RADIUS * along)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Km on the map to latitude and longitude."""
    east, along = (x - _EAST) / _RADIUS, (y - _NORTH) / _RADIUS + _SOUTH
    lat = math.asin(math.sin(along) / math.cosh(east))
    lon = math.atan2(math.sinh(east), math.cos(along)) + _MIDDLE
    return math.degrees(lat), math.degrees(lon)
