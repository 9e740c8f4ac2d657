"""Set-up: the towns and villages of GeoNames, each with the district of its nearest live postcode."""

import json
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from directory.places.names import key

_CELL = 0.05  # degrees: 5.6 km north, about 3.3 km east
_NATIONS = {"ENG": "E", "SCT": "S", "WLS": "W", "NIR": "N"}


@dataclass(frozen=True, slots=True)
class Points:
    """The postcodes' columns as `build` holds them."""

    lat: npt.NDArray[Any]
    lon: npt.NDArray[Any]
    district: npt.NDArray[Any]
    live: npt.NDArray[Any]
    districts: list[str]


def town_block(file: Path, points: Points) -> tuple[bytes, int]:
    """Offsets (uint32) and lines "key, name, district, lat, lon, population" by key; their number."""
    nearest = _Nearest(points)
    lines = []
    for town in _british(file):
        lat, lon = town["latitude"], town["longitude"]
        district = nearest.district(lat, lon, _NATIONS.get(town["admin1code"], ""))
        if district:
            name = town["name"].replace("\t", " ").strip()
            lines.append((key(name), name, district, f"{lat:.5f}", f"{lon:.5f}", str(town["population"])))
    text = [("\t".join(line)).encode() for line in sorted(set(lines))]
    starts = np.cumsum([0, *map(len, text)]).astype("<u4")
    return starts.tobytes() + b"".join(text), len(text)


def _british(file: Path) -> Iterator[dict[str, Any]]:
    """The United Kingdom's entries, picked out of an 80 MB file without parsing the rest of it."""
    mark = b'"countrycode": "GB"'
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.find(mark)
        while at >= 0:
            start, end = data.rfind(b"{", 0, at), data.find(b"}", at)
            yield json.loads(data[start : end + 1])
            at = data.find(mark, end)


class _Nearest:
    """Live postcodes in cells, so that a town looks only at its own and the eight around."""

    def __init__(self, points: Points) -> None:
        kept = points.live & ~np.isnan(points.lat)
        self._lat, self._lon = points.lat[kept], points.lon[kept]
        self._codes = np.array(points.districts)[points.district[kept]]
        cells = self._cell(self._lat, self._lon)
        order = np.argsort(cells, kind="stable")
        self._order, self._cells = order, cells[order]

    @staticmethod
    def _cell(lat: Any, lon: Any) -> Any:
        return np.floor(lat / _CELL).astype(np.int64) * 10_000 + np.floor(lon / _CELL).astype(np.int64)

    def district(self, lat: float, lon: float, nation: str) -> str:
        """The district code of the nearest live postcode of that nation, or "" when none is near."""
        around = [
            self._cell(np.float64(lat + up * _CELL), np.float64(lon + across * _CELL))
            for up in (-1, 0, 1)
            for across in (-1, 0, 1)
        ]
        ends = np.searchsorted(self._cells, [[cell, cell + 1] for cell in around])
        near = np.concatenate([self._order[start:end] for start, end in ends])
        near = near[np.char.startswith(self._codes[near], nation)] if nation else near[:0]
        if not len(near):
            return ""
        east = (self._lon[near] - lon) * np.cos(np.radians(lat))
        return str(self._codes[near[np.argmin((self._lat[near] - lat) ** 2 + east**2)]])
