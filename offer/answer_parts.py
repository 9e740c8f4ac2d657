"""The shape of an Answer: what every page, reply, print and phone shows.

Field by field as design contract of the JSON API: dates are civil dates in
Europe/London, places ONS GSS codes, facts the names of the registry.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from offer.entry_day import EntryDay
from offer.outcome_parts import OutcomeValue, Reason


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing a person could change: the fact, the values that would fit, and its words."""

    fact: str
    values: tuple[str | bool | int | date, ...]
    text: str


class Outcome(NamedTuple):
    """What one entry means for this person on this day.

    `day` is what the calendar makes of the entry, the same for everybody; the other fields are
    this person's. `until` is the day time alone would stop it (exclusive), `from_` the day it
    would start, `sure_until` the day time alone makes a yes a might (None where it never does);
    without a birth date only the ages of these and the law's own dates are known. What is
    coming is never a yes, what has ended is a no. `missing` names only facts that can still
    change the outcome; `asks` what a person decides. `closest` stands beside a "no": all that
    the person could change to open it again.
    """

    day: EntryDay
    outcome: OutcomeValue
    because: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    from_: date | None = None
    until: date | None = None
    until_age: int | None = None
    sure_until: date | None = None
    sure_until_age: int | None = None
    closest: tuple[Wanted, ...] = ()

    @property
    def slug(self) -> str:
        """The entry's id."""
        return self.day.entry.id

    @property
    def waits(self) -> bool:
        """It is for a day to come, if for any: nothing can be had of it now."""
        return self.outcome == "no" or self.day.standing == "coming"

    @property
    def likely(self) -> bool:
        """Nothing is missing but a person's decision: stands first under "you might"."""
        return self.outcome == "unknown" and not self.missing and bool(self.asks)


def in_order(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """A yes, what waits only for a person's decision, what else is open, a no; else as they stand."""
    return tuple(sorted(outcomes, key=_place))


def _place(outcome: Outcome) -> int:
    if outcome.outcome == "unknown":
        return 1 if outcome.likely else 2
    return 0 if outcome.outcome == "yes" else 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer a question."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The question that settles the most; `settles` counts the entries still open on it."""

    fact: str
    text: str
    why: str
    kind: str
    options: tuple[Choice, ...]
    settles: int


@dataclass(frozen=True, slots=True)
class CareStatus:
    """The legal care status worked out from what was said; null while it is open."""

    value: str | None
    because: tuple[str, ...]
    cite: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything we can say to one person on one day from one edition of the catalogue."""

    on: date
    catalogue_version: int
    not_included: tuple[str, ...]
    care_status: CareStatus
    outcomes: tuple[Outcome, ...]
    next_question: NextQuestion | None
    notes: tuple[str, ...] = ()
