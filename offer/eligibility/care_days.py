"""Counting days in care: spells as half-open runs of days, clipped at the 18th birthday.

13 weeks are 91 days, counted from the 14th birthday; the first day in counts, the first
day out does not, today counts while the spell is open (assumptions A2, A3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from offer.eligibility.dates import ONE_DAY, birthday
from offer.eligibility.situation_parts import CareSpell

THIRTEEN_WEEKS = 91  # days; CPR 2010 reg 40

Run = tuple[date, date]


def join(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs in order, with those that touch or overlap made one."""
    joined: list[Run] = []
    for start, end in sorted(runs):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def clip(runs: Iterable[Run], start: date, end: date) -> tuple[Run, ...]:
    """The parts of the runs from `start` to the day before `end`."""
    cut = ((max(a, start), min(b, end)) for a, b in runs)
    return tuple((a, b) for a, b in cut if a < b)


def days_in(runs: Iterable[Run]) -> int:
    """How many days the runs hold; they must not overlap."""
    return sum((end - start).days for start, end in runs)


def holds(runs: Iterable[Run], day: date) -> bool:
    """Whether the day lies in one of the runs."""
    return any(start <= day < end for start, end in runs)


@dataclass(frozen=True)
class CareDays:
    """The days in care up to and including `on`, for one birth date."""

    dob: date
    spells: Sequence[CareSpell]
    on: date

    @cached_property
    def b14(self) -> date:
        return birthday(self.dob, 14)

    @cached_property
    def b16(self) -> date:
        return birthday(self.dob, 16)

    @cached_property
    def b18(self) -> date:
        return birthday(self.dob, 18)

    def _runs(self, *, counted: bool) -> tuple[Run, ...]:
        stop = min(self.on + ONE_DAY, self.b18)
        spells = (s for s in self.spells if (s.is_counted if counted else s.is_council_care))
        return clip(join((s.start, s.end or date.max) for s in spells), self.dob, stop)

    @cached_property
    def council(self) -> tuple[Run, ...]:
        """Council care of every kind, short breaks too."""
        return self._runs(counted=False)

    @cached_property
    def stays(self) -> tuple[Run, ...]:
        """Unbroken stays that count: no short breaks; time before 14 included."""
        return self._runs(counted=True)

    @cached_property
    def counted(self) -> tuple[Run, ...]:
        """The stays from the 14th birthday on."""
        return clip(self.stays, self.b14, date.max)

    @cached_property
    def counted_days(self) -> int:
        return days_in(self.counted)

    @cached_property
    def counted_days_before_16(self) -> int:
        return days_in(clip(self.counted, self.b14, self.b16))

    @cached_property
    def first_eligible_day(self) -> date | None:
        """The first day at 16 or 17 in counted care with 91 counted days, that day included."""
        day91 = self.counted_day(THIRTEEN_WEEKS)
        if day91 is None:
            return None
        later = clip(self.counted, max(day91, self.b16), date.max)
        return later[0][0] if later else None

    def counted_day(self, number: int) -> date | None:
        """The date of the n-th counted day, if it has come."""
        before = 0
        for start, end in self.counted:
            if before + (end - start).days >= number:
                return start + timedelta(days=number - before - 1)
            before += (end - start).days
        return None

    @property
    def last_end(self) -> date | None:
        """The first day out after the latest council care; None before any."""
        return self.council[-1][1] if self.council else None
