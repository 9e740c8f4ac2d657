"""Council tax by district: which dated rule of a district holds on a day, which ended, which is to come.

The rows stand in one national entry; a local entry that sets the terms reads the same rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directory.places import Area
from offer.entitlements.schema import ParameterRow
from offer.published import COUNCIL_TAX, Published


@dataclass(frozen=True, slots=True)
class DistrictRules:
    """One district. `rules`: in force together, the surest first; empty where we hold none."""

    district: Area
    authority: Area
    rules: tuple[ParameterRow, ...]
    ended: tuple[ParameterRow, ...]  # the latest first
    to_come: tuple[ParameterRow, ...]


def by_district(published: Published, on: date) -> tuple[DistrictRules, ...]:
    """Every English district of that day, by name."""
    entry = published.entries.get(COUNCIL_TAX)
    rows = entry.terms if entry else []
    found = (_rules(published, area, rows, on) for area in published.places.districts(on))
    return tuple(sorted((each for each in found if each), key=lambda each: each.district.name))


def _rules(
    published: Published, district: Area, rows: Iterable[ParameterRow], on: date
) -> DistrictRules | None:
    authority = published.places.authority_of(district.gss, on)
    if authority is None:
        return None
    own = [shown(row) for row in rows if row.area == district.gss]
    begun = [row for row in own if row.start is None or row.start <= on]
    now = [row for row in begun if row.end is None or on < row.end]
    newest = max((_start(row) for row in now), default=date.min)
    current = [row for row in now if _start(row) == newest]
    ended = [row for row in begun if row not in current]
    return DistrictRules(
        district=district,
        authority=authority,
        rules=tuple(sorted(current, key=lambda row: (row.age_before is None, bool(row.asks)))),
        ended=tuple(sorted(ended, key=_start, reverse=True)),
        to_come=tuple(sorted((row for row in own if row not in begun), key=_start)),
    )


def shown(row: ParameterRow) -> ParameterRow:
    """A row of which only the existence is known is shown without figures."""
    if row.confidence != "existence only":
        return row
    return row.model_copy(update={"age_before": None, "percent": None, "bands": []})


def _start(row: ParameterRow) -> date:
    return row.start or date.min
