"""Council tax by district: which dated rule of a district holds on a day, which ended, which is to come.

The rows stand in one national entry; a local entry that sets the terms reads the same rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from directory.places import Area
from offer.entitlements.schema import ParameterRow
from offer.published import COUNCIL_TAX, Published

_NO_AGE = 999  # stands after every age


@dataclass(frozen=True, slots=True)
class DistrictRules:
    """One district. `rules`: in force together, the one that stops first first; empty where we hold none."""

    district: Area
    authority: Area
    rules: tuple[ParameterRow, ...]
    ended: tuple[ParameterRow, ...]  # the latest first
    to_come: tuple[ParameterRow, ...]


def rows_held(published: Published) -> Mapping[str, Sequence[ParameterRow]]:
    """All rows of each district that has any, by its code."""
    held = defaultdict[str, list[ParameterRow]](list)
    entry = published.entries.get(COUNCIL_TAX)
    for row in entry.terms if entry else ():
        held[row.area].append(row)
    return held


def current(rows: Iterable[ParameterRow], on: date) -> tuple[ParameterRow, ...]:
    """The rows in force on that day, the one that stops first first, those without a known age last."""
    held = (row for row in rows if _start(row) <= on and (row.end is None or on < row.end))
    return tuple(sorted(held, key=lambda row: (row.age_before or _NO_AGE, bool(row.asks))))


def past(rows: Iterable[ParameterRow], on: date) -> tuple[ParameterRow, ...]:
    """The rows that have ended, the latest first."""
    ended = (row for row in rows if row.end is not None and row.end <= on)
    return tuple(sorted(ended, key=lambda row: row.end or date.min, reverse=True))


def to_come(rows: Iterable[ParameterRow], on: date) -> tuple[ParameterRow, ...]:
    """The rows that begin after that day, the next first."""
    return tuple(sorted((row for row in rows if on < _start(row)), key=_start))


def is_weak(row: ParameterRow) -> bool:
    """Whether the row is too weak for figures: only its existence is known."""
    return row.confidence == "existence only"


def by_district(published: Published, on: date) -> tuple[DistrictRules, ...]:
    """Every English district of that day, by name."""
    held = rows_held(published)
    found = (_rules(published, area, held.get(area.gss, ()), on) for area in published.places.districts(on))
    return tuple(sorted((each for each in found if each), key=lambda each: each.district.name))


def _rules(
    published: Published, district: Area, rows: Iterable[ParameterRow], on: date
) -> DistrictRules | None:
    authority = published.places.authority_of(district.gss, on)
    if authority is None:
        return None
    own = [shown(row) for row in rows]
    return DistrictRules(
        district=district,
        authority=authority,
        rules=current(own, on),
        ended=past(own, on),
        to_come=to_come(own, on),
    )


def shown(row: ParameterRow) -> ParameterRow:
    """A row of which only the existence is known is shown without figures."""
    if not is_weak(row):
        return row
    return row.model_copy(update={"age_before": None, "percent": None, "bands": []})


def _start(row: ParameterRow) -> date:
    return row.start or date.min
