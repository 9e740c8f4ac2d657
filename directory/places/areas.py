"""English districts, their upper-tier councils and successors by date; other nations by name.

Codes are ONS GSS codes; joins are on codes, never on names. Data: `directory/data/`.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import yaml

from directory.places.changes import Change, read_change, told
from directory.places.names import council_key, key

DATA = Path(__file__).parent.parent / "data"
NATIONS = {"E": "england", "S": "scotland", "W": "wales", "N": "northern_ireland"}
ISLANDS = {"JE": ("jersey", "Jersey"), "GY": ("guernsey", "Guernsey"), "IM": ("isle_of_man", "Isle of Man")}


@dataclass(frozen=True, slots=True)
class Area:
    """A district, county, unitary or nation: its GSS code and its ONS name."""

    gss: str
    name: str


@dataclass(frozen=True, slots=True)
class District:
    """One district in one span of time (`valid_to` exclusive, None open) and its upper-tier council."""

    area: Area
    authority: Area
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Retired:
    """A code that gave way to `new` on `valid_to`."""

    old: Area
    new: str
    valid_to: date


@dataclass(frozen=True, slots=True)
class Named:
    """What a typed name stands for: area codes, and how it was meant.

    `council`: council words were typed, so no town is meant. `wide`: a name over many councils.
    `former`: the name is of a district that has ended.
    """

    codes: tuple[str, ...] = ()
    council: bool = False
    wide: bool = False
    former: bool = False


class Areas:
    """Look-ups over the lists; immutable, a few hundred rows, shared by all."""

    def __init__(
        self,
        districts: Iterable[District],
        retired: Iterable[Retired] = (),
        outside: Mapping[str, Area] | None = None,
        aliases: Iterable[Mapping[str, Any]] = (),
        changes: Iterable[Change] = (),
    ) -> None:
        rows, changes = {row.area.gss: row for row in districts}, tuple(changes)
        new, ended = _settled(rows, changes)
        self._changes = _by_area(rows, changes)
        self._districts = {**rows, **new}
        self._retired = {row.old.gss: row for row in (*retired, *ended)}
        self._outside = dict(outside or {})
        self._aliases = tuple(aliases)

    @classmethod
    def load(cls, folder: Path = DATA) -> Self:
        """The lists that come with the service."""
        outside = {row["gss"]: Area(row["gss"], row["name"]) for row in _rows(folder / "outside_england.csv")}
        return cls(
            map(_district, _rows(folder / "lad_utla_current.csv")),
            map(_retired, _rows(folder / "lad_retired.csv")),
            outside,
            yaml.safe_load((folder / "aliases.yaml").read_text(encoding="utf-8")),
            map(read_change, _rows(folder / "coming_councils.csv")),
        )

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which some district or council begins or ends, in order."""
        spans = ((row.valid_from, row.valid_to) for row in self._districts.values())
        ends = (row.valid_to for row in self._retired.values())
        return tuple(sorted({day for day in (*(day for span in spans for day in span), *ends) if day}))

    def are_others(self, on: date, than: date) -> bool:
        """Whether the districts and councils of one day are others than those of another."""
        first, last = sorted((on, than))
        return any(first < day <= last for day in self.days)

    def current(self, gss: str, on: date) -> str:
        """The code that holds on that day: `gss`, or the district that took its place."""
        seen = {gss}
        while (row := self._retired.get(gss)) and row.valid_to <= on and row.new not in seen:
            gss = row.new
            seen.add(gss)
        return gss

    def former(self, gss: str) -> frozenset[str]:
        """The codes that `gss` has taken or is to take the place of, at any remove."""
        return self._former.get(gss, frozenset())

    @cached_property
    def _former(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for old in self._retired:
            found[self.current(old, date.max)].add(old)
        return {gss: frozenset(codes) for gss, codes in found.items()}

    def change_told(self, gss: str, on: date) -> str | None:
        """In a sentence, that a district's or county's council is being replaced; None when it is not.

        Once the new code is known, the old one is followed from that day and nothing is left to tell.
        """
        changes = self._changes.get(gss)
        if changes is None or self.current(gss, on) != gss:
            return None
        area = self.district(gss) or self.authority(gss)
        return told(changes, area.name, on) if area else None

    def district(self, gss: str) -> Area | None:
        """A district of England (current or former) or a council area elsewhere in the UK."""
        if gss in self._districts:
            return self._districts[gss].area
        if gss in self._retired:
            return self._retired[gss].old
        return self._outside.get(gss)

    def authority_of(self, district: str, on: date) -> Area | None:
        """The upper-tier or unitary council of an English district on a day; None for any other code."""
        row = self._districts.get(self.current(district, on))
        return row.authority if row else None

    def council_of(self, district: str) -> Area | None:
        """The upper-tier council of a code as it stands in the list, whatever the day."""
        row = self._districts.get(district)
        return row.authority if row else None

    def authority(self, gss: str) -> Area | None:
        """An upper-tier or unitary council by its code."""
        return self._authorities.get(gss)

    def districts(self, on: date | None = None) -> tuple[Area, ...]:
        """Every English district, by code; on a day, those that hold then."""
        return tuple(row.area for row in self._in_force(on))

    def authorities(self, on: date | None = None) -> tuple[Area, ...]:
        """Every upper-tier or unitary council of England, by code."""
        return tuple(dict.fromkeys(sorted((row.authority for row in self._in_force(on)), key=_by_code)))

    def districts_of(self, authority: str, on: date | None = None) -> tuple[Area, ...]:
        """The districts of an upper-tier council; a unitary is its own only district."""
        return tuple(row.area for row in self._in_force(on) if row.authority.gss == authority)

    def nation(self, gss: str) -> str | None:
        """england, scotland, wales or northern_ireland, from the code; None for a pseudo-code."""
        return NATIONS.get(gss[:1])

    def named(self, text: str) -> Named:
        """The areas a typed name stands for; an empty `codes` when it is none we know."""
        core, council = council_key(text)
        found = self._names.get(core) or self._names.get(key(text))
        if found is None:
            return Named(council=council)
        return Named(found.codes, council, found.wide, found.former)

    def _in_force(self, on: date | None) -> Iterator[District]:
        for row in sorted(self._districts.values(), key=lambda row: row.area.gss):
            begun = on is None or row.valid_from is None or row.valid_from <= on
            if begun and (on is None or row.valid_to is None or on < row.valid_to):
                yield row

    @cached_property
    def _authorities(self) -> dict[str, Area]:
        return {row.authority.gss: row.authority for row in self._districts.values()}

    @cached_property
    def _names(self) -> dict[str, Named]:
        """Every name we know by its key: former districts first, so that a current one stands over it."""
        former: dict[str, list[str]] = defaultdict(list)
        names: dict[str, Named] = {}
        for gone in self._retired.values():
            former[council_key(gone.old.name)[0]].append(gone.new)
        for name, codes in former.items():
            names[name] = Named(tuple(codes), former=True)
        for area in (*self._outside.values(), *self._authorities.values(), *self.districts()):
            names[council_key(area.name)[0]] = Named((area.gss,))
        for alias in self._aliases:
            for name in alias["names"]:
                names[key(name)] = Named(tuple(alias["means"]), wide=alias.get("wide", False))
        return names


def _settled(
    rows: Mapping[str, District], changes: Iterable[Change]
) -> tuple[dict[str, District], list[Retired]]:
    """The changes whose new code is known: the new districts, the old ones' ends, and who follows whom."""
    districts, retired = dict[str, District](), list[Retired]()
    for change in changes:
        if change.code is None or change.gss not in rows:
            continue
        old, new = rows[change.gss], Area(change.code, change.becomes)
        districts[old.area.gss] = replace(old, valid_to=change.day)
        districts[new.gss] = District(new, new, change.day, None)
        retired.append(Retired(old.area, new.gss, change.day))
    return districts, retired


def _by_area(rows: Mapping[str, District], changes: Iterable[Change]) -> dict[str, list[Change]]:
    """The changes that people of a district, or of a county, are told of."""
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.gss in rows:
            found[change.gss].append(change)
            if (above := rows[change.gss].authority.gss) != change.gss:
                found[above].append(change)
    return dict(found)


def _by_code(area: Area) -> str:
    return area.gss


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        yield from csv.DictReader(line for line in opened if not line.startswith("#"))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _district(row: dict[str, str]) -> District:
    lad, utla = Area(row["lad"], row["lad_name"]), Area(row["utla"], row["utla_name"])
    return District(lad, utla, _day(row["valid_from"]), _day(row["valid_to"]))


def _retired(row: dict[str, str]) -> Retired:
    return Retired(Area(row["old"], row["old_name"]), row["new"], date.fromisoformat(row["valid_to"]))
