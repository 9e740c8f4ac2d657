"""National grid references to WGS84 latitude and longitude, all at once (set-up only: needs numpy).

Inverse transverse Mercator (Ordnance Survey, "A guide to coordinate systems in
Great Britain", annex C) then a seven-parameter Helmert shift. Within 5 m of the
OSTN15 grid over Great Britain, far below the extent of a postcode.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]

_ARC_SECOND = np.pi / (180 * 3600)
_WGS84 = (6378137.0, 6356752.314245)


@dataclass(frozen=True, slots=True)
class Grid:
    """One national grid: ellipsoid axes and false origin in metres, angles in degrees."""

    major: float
    minor: float
    scale: float
    latitude: float
    longitude: float
    easting: float
    northing: float
    shift: tuple[float, float, float]  # metres
    turn: tuple[float, float, float]  # arc seconds, position vector
    stretch: float  # parts per million


BRITISH = Grid(
    major=6377563.396, minor=6356256.909, scale=0.9996012717, latitude=49, longitude=-2,
    easting=400_000, northing=-100_000, shift=(446.448, -125.157, 542.060),
    turn=(0.1502, 0.2470, 0.8421), stretch=-20.4894,
)  # fmt: skip

# Northern Ireland's postcodes are on the Irish grid: read as British they land 241 km away.
IRISH = Grid(
    major=6377340.189, minor=6356034.447938534, scale=1.000035, latitude=53.5, longitude=-8,
    easting=200_000, northing=250_000, shift=(482.53, -130.596, 564.557),
    turn=(-1.042, -0.214, -0.631), stretch=8.15,
)  # fmt: skip


def to_wgs84(grid: Grid, easting: Floats, northing: Floats) -> tuple[Floats, Floats]:
    """Latitude and longitude in degrees for grid references in metres; NaN stays NaN."""
    latitude, longitude = _unproject(grid, easting, northing)
    return _helmert(grid, latitude, longitude)


def _arc(grid: Grid, latitude: Floats) -> Floats:
    """Metres along the meridian from the true origin to `latitude` (radians)."""
    n = (grid.major - grid.minor) / (grid.major + grid.minor)
    origin = np.radians(grid.latitude)
    less, more = latitude - origin, latitude + origin
    metres: Floats = (
        grid.minor
        * grid.scale
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(less) * np.cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * less) * np.cos(2 * more)
            - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
        )
    )
    return metres


def _unproject(grid: Grid, easting: Floats, northing: Floats) -> tuple[Floats, Floats]:
    scaled = grid.major * grid.scale
    e2 = 1 - grid.minor**2 / grid.major**2
    north = northing - grid.northing
    latitude = np.radians(grid.latitude) + north / scaled
    for _ in range(6):  # each turn gains about three digits: 0.01 mm needs four
        latitude = latitude + (north - _arc(grid, latitude)) / scaled
    sin2, tan = np.sin(latitude) ** 2, np.tan(latitude)
    nu = scaled / np.sqrt(1 - e2 * sin2)
    rho = scaled * (1 - e2) / (1 - e2 * sin2) ** 1.5
    eta2, tan2, sec = nu / rho - 1, tan**2, 1 / np.cos(latitude)
    east = easting - grid.easting
    drop = tan / (2 * rho * nu) * east**2
    drop -= tan / (24 * rho * nu**3) * (5 + 3 * tan2 + eta2 - 9 * tan2 * eta2) * east**4
    drop += tan / (720 * rho * nu**5) * (61 + 90 * tan2 + 45 * tan2**2) * east**6
    turn = sec / nu * east
    turn -= sec / (6 * nu**3) * (nu / rho + 2 * tan2) * east**3
    turn += sec / (120 * nu**5) * (5 + 28 * tan2 + 24 * tan2**2) * east**5
    turn -= sec / (5040 * nu**7) * (61 + 662 * tan2 + 1320 * tan2**2 + 720 * tan2**3) * east**7
    return latitude - drop, np.radians(grid.longitude) + turn


def _helmert(grid: Grid, latitude: Floats, longitude: Floats) -> tuple[Floats, Floats]:
    e2 = 1 - grid.minor**2 / grid.major**2
    nu = grid.major / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
    x = nu * np.cos(latitude) * np.cos(longitude)
    y = nu * np.cos(latitude) * np.sin(longitude)
    z = nu * (1 - e2) * np.sin(latitude)
    rx, ry, rz = (angle * _ARC_SECOND for angle in grid.turn)
    size = 1 + grid.stretch * 1e-6
    return _to_degrees(
        grid.shift[0] + size * x - rz * y + ry * z,
        grid.shift[1] + rz * x + size * y - rx * z,
        grid.shift[2] - ry * x + rx * y + size * z,
    )


def _to_degrees(x: Floats, y: Floats, z: Floats) -> tuple[Floats, Floats]:
    major, minor = _WGS84
    e2 = 1 - minor**2 / major**2
    flat = np.hypot(x, y)
    latitude = np.arctan2(z, flat * (1 - e2))
    for _ in range(4):
        nu = major / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + e2 * nu * np.sin(latitude), flat)
    return np.degrees(latitude), np.degrees(np.arctan2(y, x))
