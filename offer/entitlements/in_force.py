"""Coming, in force or ended: where a law or scheme stands on a day. Civil dates, no clock.

An entry with a start date becomes ordinary on that day by itself; one that is "not-yet"
without a date stays coming on every day, whatever the calendar says.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from offer.eligibility.dates import ONE_DAY
from offer.entitlements.schema import Entitlement

Standing = Literal["coming", "in-force", "ended"]


def standing(entry: Entitlement, on: date) -> Standing:
    """Where the entry stands; `begins` is its first day, `ends` the first day after it."""
    if entry.ends is not None and on >= entry.ends:
        return "ended"
    if entry.begins is not None:
        return "in-force" if on >= entry.begins else "coming"
    return "in-force" if entry.in_force == "yes" else "coming"


def is_in_force(entry: Entitlement, on: date) -> bool:
    """Whether somebody can have it on that day at all."""
    return standing(entry, on) == "in-force"


def moves(entry: Entitlement) -> bool:
    """Whether there are days on which it is not in force."""
    return entry.begins is not None or entry.ends is not None or entry.in_force != "yes"


def doubt_days(entries: Iterable[Entitlement]) -> tuple[date, ...]:
    """Every first day on which the check of some entry is overdue, in order."""
    return tuple(sorted({entry.review_by + ONE_DAY for entry in entries}))


def validity_days(entries: Iterable[Entitlement]) -> tuple[date, ...]:
    """Every day on which some entry begins, or is over, in order."""
    return tuple(sorted({day for entry in entries for day in (entry.begins, entry.ends) if day is not None}))
