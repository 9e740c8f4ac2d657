"""Places: what a typed postcode, town or council comes to, from one packed file and a few lists.

`Places.open(path)` reads the file that `directory.places.build.build_places` writes; that
module needs numpy and is imported only at set-up.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Self

from directory.places.answers import Match, PlaceAnswer
from directory.places.areas import Area, Areas
from directory.places.edition import moved_on
from directory.places.point import PointReader
from directory.places.reading import Reader
from directory.places.store import PackedStore, PlacesError, Row
from directory.places.typed import compact, split, tidy

__all__ = ["FILE_NAME", "Area", "Areas", "Match", "PlaceAnswer", "Places", "PlacesError", "Row"]

FILE_NAME = "places.bin"  # in DATA_DIR


class Places:
    """The postcode file and the lists of areas; immutable, one for each process."""

    def __init__(self, store: PackedStore, areas: Areas) -> None:
        self.store = store
        self.areas = areas
        self._reader = Reader(store, areas)

    @classmethod
    def open(cls, path: Path, areas: Areas | None = None) -> Self:
        """Open and verify the packed file. Raises PlacesError: one plain line naming the cure."""
        return cls(PackedStore(path), areas or Areas.load())

    @classmethod
    def open_or_build(
        cls,
        path: Path,
        progress: Callable[[int, int, str], None] | None = None,
        say: Callable[[str], object] | None = None,
    ) -> Self:
        """The same, building the file anew when it is missing, short, damaged or of another edition.

        `say` is told why in one sentence. Raises PlacesError where it cannot be built.
        """
        try:
            found = cls.open(path)
            why = moved_on(found.store.header)
        except PlacesError as fault:
            found, why = None, fault.what
        if found and why is None:
            return found
        if say:
            say(f"{why} Building it anew: about half a minute.")
        from directory.places.build import build_places

        return cls.open(build_places(path, progress))

    def read(self, text: str, on: date) -> PlaceAnswer:
        """What a typed place is on the day `on`. Never raises, never logs what was typed."""
        return self._with_change(self._reader.read(text, on), on)

    def at(self, lat: float, lon: float, on: date) -> PlaceAnswer:
        """Which district a point in WGS84 degrees is in on the day `on`: about 3 ms. Never raises."""
        return self._with_change(self._points.read(lat, lon, on), on)

    def _with_change(self, answer: PlaceAnswer, on: date) -> PlaceAnswer:
        """A settled district whose council is being replaced is told so."""
        settled = answer.district or (answer.authority if answer.query_kind == "authority" else None)
        change = self.areas.change_told(settled.gss, on) if settled else None
        return replace(answer, note=f"{answer.note or ''} {change}".strip()) if change else answer

    @cached_property
    def _points(self) -> PointReader:
        return PointReader(self.store, self.areas)

    def find(self, postcode: str) -> Row | None:
        """One full postcode's row (any case and spacing, no guessing), or None: about 10 µs."""
        parts = split(compact(tidy(postcode)))
        return self.store.find(*parts) if parts else None

    def district(self, gss: str) -> Area | None:
        """A district by its code, current or former; also council areas of the other nations."""
        return self.areas.district(gss)

    def authority(self, gss: str) -> Area | None:
        """An upper-tier or unitary council by its code."""
        return self.areas.authority(gss)

    def authority_of(self, district: str, on: date) -> Area | None:
        """The council with the leaving care duties for a district on a day; None outside England."""
        return self.areas.authority_of(district, on)

    def districts(self, on: date | None = None) -> tuple[Area, ...]:
        """Every English district (296 in November 2026), by code."""
        return self.areas.districts(on)

    def districts_of(self, authority: str, on: date | None = None) -> tuple[Area, ...]:
        """The districts of an upper-tier council; a unitary is its own only district."""
        return self.areas.districts_of(authority, on)

    def authorities(self, on: date | None = None) -> tuple[Area, ...]:
        """Every upper-tier or unitary council of England (153 in November 2026), by code."""
        return self.areas.authorities(on)

    @property
    def edition(self) -> str:
        """The edition of the postcode list, to show: "November 2025"."""
        return str(self.store.header["edition"])

    @property
    def attribution(self) -> str:
        """The licence line to show where places are used."""
        return str(self.store.header["licence"])
