"""Set-up: England's postcodes in use, counted by district and square kilometre (needs numpy).

Distances from every home in a district take a minute over 1.5 million postcodes and a blink
over 96,000 cells, each standing at the middle of its own postcodes.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from directory.places.store import CELL_CORNER, CELL_STEP
from directory.places.town_list import Points

_HIGH, _WIDE = 0.009, 0.015  # degrees: about one kilometre each way in the middle of England
_MOST = 0xFFFF


def cell_block(points: Points, homes: npt.NDArray[Any]) -> tuple[bytes, int]:
    """Four uint16 columns (district index, y, x, postcodes in use), and the number of cells.

    `homes` is false for the postcodes of a sorting office, where nobody lives.
    """
    english = np.char.startswith(np.array(points.districts), "E")
    kept = homes & points.live & ~np.isnan(points.lat) & english[points.district]
    lat, lon, district = points.lat[kept], points.lon[kept], points.district[kept]
    row, column = np.floor(lat / _HIGH).astype(np.int64), np.floor((lon + 180) / _WIDE).astype(np.int64)
    keys = (district.astype(np.int64) * 100_000 + row) * 100_000 + column
    cells, at, count = np.unique(keys, return_inverse=True, return_counts=True)
    columns = (
        cells // 10_000_000_000,
        _steps(np.bincount(at, lat) / count, CELL_CORNER[0]),
        _steps(np.bincount(at, lon) / count, CELL_CORNER[1]),
        np.minimum(count, _MOST),
    )
    return b"".join(column.astype("<u2").tobytes() for column in columns), len(cells)


def _steps(degrees: Any, corner: float) -> Any:
    return np.rint((degrees - corner) / CELL_STEP)
