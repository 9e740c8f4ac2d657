"""The packed postcode file: one memory-mapped file of about 22 MB, read with the standard library.

Layout: eight magic bytes, the header's length (uint32), the SHA-256 of all that follows, the
header (JSON, padded to eight bytes), four uint16 columns of one row a postcode (incode; district index with
the live bit on top; y; x), four more of England's cells of about one kilometre with homes
in them (district index; y; x; postcodes in use), then the towns (uint32 offsets and UTF-8
lines, in order of their key). Rows stand in order of outcode, then incode.
"""

import hashlib
import json
import mmap
import struct
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAGIC = b"LOPLACE3"
_BEFORE = len(MAGIC) + 4 + 32  # bytes before the header
LIVE = 0x8000
NO_POINT = 0xFFFF
CELL_CORNER, CELL_STEP = (49.0, -9.0), 12 / 0xFFFF  # degrees: all of the United Kingdom in 12 by 12
STEPS = 0xFFFE  # positions along one side of an outcode's box
ROWS_OF_A_DIGIT = 676


class PlacesError(Exception):
    """The postcode file cannot be used or made. `what` is wrong; `cure`: the command that mends it."""

    def __init__(self, what: str, cure: str = "") -> None:
        super().__init__(f"{what} {cure}".strip())
        self.what = what
        self.cure = cure


@dataclass(frozen=True, slots=True)
class Outcode:
    """Where an outcode's rows stand, the corner of its box in degrees and the size of a step."""

    name: str
    start: int
    end: int
    lat: float
    lon: float
    lat_step: float
    lon_step: float
    letters_only: bool  # a sorting office's numbers: nobody lives there, so no distance


@dataclass(frozen=True, slots=True)
class Row:
    """One postcode: its district's GSS code ("" = none known), whether in use, WGS84 degrees."""

    district: str
    live: bool
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """The postcodes in use of one district in about one square kilometre; WGS84 degrees of their middle."""

    district: str
    lat: float
    lon: float
    postcodes: int


@dataclass(frozen=True, slots=True)
class Town:
    """A town or village and the district of the nearest postcode in use."""

    name: str
    district: str
    lat: float
    lon: float
    population: int


def incode_number(incode: str) -> int:
    """An incode as one number in order: "1YL" → digit × 676 + letter × 26 + letter."""
    return (ord(incode[0]) - 48) * ROWS_OF_A_DIGIT + (ord(incode[1]) - 65) * 26 + ord(incode[2]) - 65


class PackedStore:
    """Read-only and shared by every thread; the file's pages belong to the operating system."""

    def __init__(self, path: Path) -> None:
        """Open and verify. Raises PlacesError when the file is missing, short or damaged."""
        with _opened(path) as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            self.header, body = _checked(self._map)
        except (ValueError, KeyError, TypeError, struct.error) as fault:
            raise _broken("is damaged or from another version") from fault
        self.districts: tuple[str, ...] = tuple(self.header["districts"])
        self.outcodes = {row[0]: Outcode(*row) for row in self.header.pop("outcodes")}
        self._cut(memoryview(self._map), body)

    def _cut(self, whole: memoryview, body: int) -> None:
        rows, cells, towns = (self.header[name] for name in ("rows", "cells", "towns"))
        self.incode, self.district, self.y, self.x = _columns(whole, body, rows)
        self._cells = _columns(whole, body + 8 * rows, cells)
        at = body + 8 * (rows + cells)
        self._town_starts = whole[at : at + 4 * (towns + 1)].cast("I")
        self._town_text = whole[at + 4 * (towns + 1) :]

    def __len__(self) -> int:
        return len(self.incode)

    def find(self, outcode: str, incode: str) -> Row | None:
        """The row of one postcode, or None. `incode` must be digit, letter, letter."""
        box = self.outcodes.get(outcode)
        if box is None:
            return None
        number = incode_number(incode)
        at = bisect_left(self.incode, number, box.start, box.end)
        if at == box.end or self.incode[at] != number:
            return None
        return self._row(box, at)

    def rows(self, outcode: str, sector: str = "") -> Iterator[Row]:
        """Every row of an outcode, or of one of its sectors ("1" for LN1 1)."""
        box = self.outcodes[outcode]
        start, end = box.start, box.end
        if sector:
            first = int(sector) * ROWS_OF_A_DIGIT
            start = bisect_left(self.incode, first, start, end)
            end = bisect_left(self.incode, first + ROWS_OF_A_DIGIT, start, end)
        return (self._row(box, at) for at in range(start, end))

    def _row(self, box: Outcode, at: int) -> Row:
        district = self.district[at]
        y = self.y[at]
        live, code = district & LIVE != 0, self.districts[district & ~LIVE]
        if y == NO_POINT or box.letters_only:
            return Row(code, live, None, None)
        return Row(code, live, box.lat + y * box.lat_step, box.lon + self.x[at] * box.lon_step)

    def cells(self) -> Iterator[Cell]:
        """Every square kilometre or so of England with postcodes in use, each district's apart."""
        south, west = CELL_CORNER
        for code, y, x, postcodes in zip(*self._cells, strict=True):
            yield Cell(self.districts[code], south + y * CELL_STEP, west + x * CELL_STEP, postcodes)

    def all_towns(self) -> Iterator[Town]:
        """Every town and village, in order of its key."""
        return (_town(self._town_line(at).split("\t")) for at in range(len(self._town_starts) - 1))

    def towns(self, key: str) -> Iterator[Town]:
        """Every town whose key (see names.key) is `key`, or `key` and more words."""
        count = len(self._town_starts) - 1
        at = bisect_left(range(count), key, key=self._town_key)
        while at < count:
            parts = self._town_line(at).split("\t")
            if parts[0] != key and not parts[0].startswith(f"{key} "):
                return
            yield _town(parts)
            at += 1

    def _town_line(self, at: int) -> str:
        return str(self._town_text[self._town_starts[at] : self._town_starts[at + 1]], "utf-8")

    def _town_key(self, at: int) -> str:
        return self._town_line(at).split("\t", 1)[0]


def _columns(whole: memoryview, start: int, rows: int) -> list[memoryview]:
    """Four columns of uint16, one after the other."""
    return [whole[start + 2 * rows * at : start + 2 * rows * (at + 1)].cast("H") for at in range(4)]


def _town(parts: list[str]) -> Town:
    return Town(parts[1], parts[2], float(parts[3]), float(parts[4]), int(parts[5]))


def pack(header: dict[str, Any], body: bytes) -> bytes:
    """The start of the file: magic, length, sum and header. `body` is what comes after it."""
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(_BEFORE + len(text)) % 8)
    summed = hashlib.sha256(text)
    summed.update(body)
    return MAGIC + struct.pack("<I", len(text)) + summed.digest() + text


def _opened(path: Path) -> Any:
    try:
        if path.stat().st_size < _BEFORE:
            raise _broken("is too short")
        return path.open("rb")
    except FileNotFoundError as fault:
        raise _broken("is missing") from fault
    except OSError as fault:
        raise _broken("cannot be read") from fault


def _checked(data: mmap.mmap) -> tuple[dict[str, Any], int]:
    """The header, and where the body begins. Nothing in the file is believed before its sum is right."""
    if data[: len(MAGIC)] != MAGIC:
        raise ValueError("magic")
    length, wanted = struct.unpack_from("<I32s", data, len(MAGIC))
    with memoryview(data) as whole, whole[_BEFORE:] as rest:
        if hashlib.sha256(rest).digest() != wanted:
            raise ValueError("sum")
    body = _BEFORE + length
    header: dict[str, Any] = json.loads(data[_BEFORE:body])
    return header, body


def _broken(what: str) -> PlacesError:
    return PlacesError(f"The postcode file {what}.", "Run: local-offer build-places")
