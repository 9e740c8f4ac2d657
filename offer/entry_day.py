"""What the calendar alone makes of an entry on a day: the same for everybody, whoever asks.

Worked out once for each stretch between two days on which its law or figure moves, or its
check becomes overdue; an answer only looks it up.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from offer.entitlements.amounts import Worth, amount_days, worth_on
from offer.entitlements.in_force import Standing, doubt_days, standing, validity_days
from offer.entitlements.schema import Entitlement
from offer.notes import warnings_of
from offer.outcome_parts import OutcomeValue, Reason
from offer.validity import against

_FUTURE = ("future", "future_or_check")


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class EntryDay:
    """One entry on a day. `certain`: whether it can be a yes; `against`: why its dates keep it from one.

    `warnings` stand beside a yes or might. There is one of it for a stretch of days, so what is
    made of it may be kept by it: it is itself and no other, whatever it holds.
    """

    entry: Entitlement
    standing: Standing
    strength: str
    certain: bool
    worth: Worth | None
    against: tuple[Reason, ...]
    warnings: tuple[str, ...]

    def outcome(self, holds: bool | None) -> OutcomeValue:
        """What is not in force on the day, or whose terms nobody confirmed, is never a yes."""
        if holds is False or self.standing == "ended":
            return "no"
        return "yes" if holds and self.certain else "unknown"


def entry_day(entry: Entitlement, on: date) -> EntryDay:
    """One entry on a day."""
    stands = standing(entry, on)
    return EntryDay(
        entry=entry,
        standing=stands,
        strength=strength_on(entry, on),
        certain=stands == "in-force" and entry.strength not in _FUTURE,
        worth=worth_on(entry, on),
        against=against(entry, on),
        warnings=warnings_of(entry, "unknown", on),
    )


def strength_on(entry: Entitlement, on: date) -> str:
    """How strong it is on the day: nobody has to keep a law that is still coming."""
    coming = standing(entry, on) == "coming"
    return "future" if coming and entry.strength not in _FUTURE else entry.strength


class EntryDays:
    """Every entry on any day. Each stretch of an entry is made when a day in it is first asked about.

    Its days are its own: those of every council together would be hundreds, each a copy of the country.
    """

    def __init__(self, entries: Iterable[Entitlement]) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._made = dict[str, _OneEntry]()
        self._last = date.min, dict[str, EntryDay]()

    def on(self, day: date) -> Mapping[str, EntryDay]:
        """Each entry on that day, by slug. The day last asked about is kept: nearly all ask about today."""
        last = self._last
        if last[0] != day:
            self._last = last = day, {}
        return _Days(self, *last)

    def of(self, slug: str, day: date) -> EntryDay:
        """One entry on that day. Raises KeyError."""
        if slug not in self._made:
            self._made[slug] = _OneEntry(self._entries[slug])
        return self._made[slug].on(day)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


class _OneEntry:
    """One entry on any day: the same from one of its own days to the next."""

    __slots__ = ("_entry", "_made", "_starts")

    def __init__(self, entry: Entitlement) -> None:
        self._entry = entry
        days = (validity_days, amount_days, doubt_days)
        self._starts = sorted({day for days_of in days for day in days_of([entry])})
        self._made = dict[int, EntryDay]()

    def on(self, day: date) -> EntryDay:
        stretch = bisect_right(self._starts, day)
        if stretch not in self._made:
            first = self._starts[stretch - 1] if stretch else date.min
            self._made[stretch] = entry_day(self._entry, first)
        return self._made[stretch]


class _Days(Mapping[str, EntryDay]):
    """What `EntryDays` says of one day, each entry looked up once."""

    __slots__ = ("_day", "_entries", "_found")

    def __init__(self, entries: EntryDays, day: date, found: dict[str, EntryDay]) -> None:
        self._entries, self._day, self._found = entries, day, found

    def __getitem__(self, slug: str) -> EntryDay:
        found = self._found.get(slug)
        if found is None:
            found = self._found[slug] = self._entries.of(slug, self._day)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
