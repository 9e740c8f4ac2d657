"""Figures that end, or may be last year's: most change each April. Pure.

A tax year begins on 6 April and benefit rates change that week; wages and council tax on 1 April.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, TypeVar

from offer.entitlements.schema import Amount, Entitlement, ParameterRow

Dated = TypeVar("Dated", Amount, ParameterRow)
Why = Literal["over", "ends", "earlier"]
# A shape and words for each: nothing is told by colour alone.
WHY: Mapping[Why, tuple[str, str]] = MappingProxyType(
    {
        "over": ("▲", "Its days are over, and nothing follows"),
        "ends": ("◔", "Ends by the end of April, and nothing follows"),
        "earlier": ("↺", "Last checked before this tax year began"),
    }
)
MARCH, APRIL = 3, 4


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount or a term that needs a look. `field`: where it stands; `day`: its last day, or the check."""

    slug: str
    title: str
    authority: str
    field: str
    area: str  # GSS of the district; "" for the whole entry
    words: str
    why: Why
    day: date


def tax_year_began(on: date) -> date:
    """The 6 April that began the tax year of a day."""
    year = on.year if (on.month, on.day) >= (APRIL, 6) else on.year - 1
    return date(year, APRIL, 6)


def april_ends(on: date) -> date:
    """The last day of the next April, or of this one."""
    return date(on.year if on.month <= APRIL else on.year + 1, APRIL, 30)


def is_march(on: date) -> bool:
    """Whether it is time to list what April changes."""
    return on.month == MARCH


def figures_to_look_at(entries: Iterable[Entitlement], on: date) -> tuple[Figure, ...]:
    """Every amount, percentage and dated term that is over, ends by April, or is older than the tax year."""
    order = list(WHY)
    found = [figure for entry in entries for figure in _of(entry, on)]
    return tuple(sorted(found, key=lambda each: (order.index(each.why), each.day, each.title, each.area)))


def _of(entry: Entitlement, on: date) -> Iterator[Figure]:
    amounts = [*([entry.amount] if entry.amount else []), *entry.more_amounts]
    last = _last(amounts)
    if last and (told := _why(last.end, entry.checked_on, on)):
        yield Figure(entry.id, entry.title, entry.authority, "amount", "", last.text, *told)
    for area in dict.fromkeys(row.area for row in entry.terms):
        row = _last([each for each in entry.terms if each.area == area and _says(each)])
        if row and (told := _why(row.end, row.checked_on, on)):
            yield Figure(entry.id, entry.title, entry.authority, "terms", area, _words(row), *told)


def _why(end: date | None, checked: date, on: date) -> tuple[Why, date] | None:
    if end is not None and end <= on:
        return "over", end - timedelta(days=1)
    if end is not None and end <= april_ends(on) + timedelta(days=1):
        return "ends", end - timedelta(days=1)
    if checked < tax_year_began(on):
        return "earlier", checked
    return None


def _last(held: list[Dated]) -> Dated | None:
    """The one that nothing follows: without an end, or else with the latest."""
    return max(
        held, key=lambda each: (each.end is None, each.end or date.max, each.start or date.min), default=None
    )


def _says(row: ParameterRow) -> bool:
    return row.percent is not None or row.age_before is not None or bool(row.bands)


def _words(row: ParameterRow) -> str:
    percent = f"{row.percent}%" if row.percent is not None else "; ".join(row.bands)
    until = f"until {row.age_before}" if row.age_before is not None else ""
    return ", ".join(filter(None, (percent, until)))
