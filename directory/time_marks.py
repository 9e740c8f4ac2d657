"""Opening hours laid out on one line of time: marks, and the states they amount to.

Every day gives marks; where marks overlap, the lowest kind decides. So a closure always wins,
and hours that nobody stated are unknown, never "closed". Moments are compared as instants, so
that the doubled hour in October and the missing one in March come out right.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from directory.bank_holidays import bank_holiday
from directory.recurrence import falls_on, is_valid_on
from directory.schedules import Closure, Schedule

LONDON = ZoneInfo("Europe/London")
State = Literal["open", "closed", "unknown"]
Reason = Literal["bank-holiday", "times-not-found", "no-hours", "hours-ended"]

_MIDNIGHT, _LAST_MINUTE = time(0), time(23, 59)
_A_DAY = timedelta(days=1)


class Kind(IntEnum):
    """What a mark says, the strongest first."""

    SHUT = 0
    OTHER_HOURS = 1
    REPLACED = 2  # the rest of a day that has other hours
    OPEN = 3
    MAYBE = 4
    UNSTATED = 5


_STATE: dict[Kind, State] = {
    Kind.SHUT: "closed", Kind.OTHER_HOURS: "open", Kind.REPLACED: "closed",
    Kind.OPEN: "open", Kind.MAYBE: "unknown", Kind.UNSTATED: "unknown",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing said about a stretch of time; `start` and `end` (exclusive) are instants in UTC."""

    start: datetime
    end: datetime
    kind: Kind
    reason: Reason | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time with one state; `start` and `end` (exclusive) are instants in UTC."""

    start: datetime
    end: datetime
    state: State
    reason: Reason | None = None  # why it is not known
    why: str | None = None  # the exception's own words: "Christmas break"

    @property
    def may_be_open(self) -> bool:
        """Whether it is a session, sure or in doubt; a day without stated hours is none."""
        return self.state == "open" or self.reason in ("bank-holiday", "times-not-found")


def state_at(schedules: Sequence[Schedule], closures: Sequence[Closure], now: datetime) -> State:
    """Open, closed or unknown at an aware `now`: the quick question, for filtering many services."""
    day = now.astimezone(LONDON).date()
    moment = now.astimezone(UTC)
    marks = [m.kind for m in _marks(schedules, closures, day, 1) if m.start <= moment < m.end]
    return _STATE[min(marks)] if marks else "closed"


def stretches(
    schedules: Sequence[Schedule], closures: Sequence[Closure], first: date, days: int
) -> Iterator[Stretch]:
    """The line of time from midnight at the start of `first`, for `days` days, without gaps.

    Neighbours differ in state, reason or the exception's words.
    """
    start, end = instant(first, _MIDNIGHT), instant(first + timedelta(days=days), _MIDNIGHT)
    pieces = _sweep(_marks(schedules, closures, first, days), start, end)
    for (state, reason, why), run in groupby(pieces, lambda p: (p.state, p.reason, p.why)):
        parts = list(run)
        yield Stretch(parts[0].start, parts[-1].end, state, reason, why)


@lru_cache(maxsize=4096)  # every service in a list asks for the same few
def instant(day: date, clock: time) -> datetime:
    """The moment (UTC) a London clock shows `clock`: in the doubled hour the first time.

    A time in the hour that is skipped becomes the moment of the skip.
    """
    wanted = datetime.combine(day, clock)
    moment = wanted.replace(tzinfo=LONDON).astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != wanted:
        return moment.replace(minute=0)  # clocks go forward at 01:00 UTC
    return moment


def session(day: date, opens_at: str, closes_at: str) -> tuple[datetime, datetime]:
    """From opening to closing (UTC) of hours that begin on `day`; 23:59 is midnight, and
    a closing time at or before the opening time is on the next day."""
    opens, closes = time.fromisoformat(opens_at), time.fromisoformat(closes_at)
    if closes == _LAST_MINUTE:
        closes = _MIDNIGHT
    return instant(day, opens), instant(day + _A_DAY if closes <= opens else day, closes)


def _sweep(marks: Iterable[Mark], start: datetime, end: datetime) -> Iterator[Stretch]:
    """Cut the line at every edge; the strongest mark of each piece decides, none means closed."""
    inside = [m for m in marks if m.start < end and start < m.end]
    starting = sorted(inside, key=lambda m: m.start, reverse=True)
    edges = {start, end} | {e for m in inside for e in (m.start, m.end) if start < e < end}
    active: list[Mark] = []
    for left, right in pairwise(sorted(edges)):
        active = [m for m in active if m.end > left]
        while starting and starting[-1].start <= left:
            active.append(starting.pop())
        mark = min(active, key=lambda m: m.kind, default=None)
        if mark:
            yield Stretch(left, right, _STATE[mark.kind], mark.reason, mark.why)
        else:
            yield Stretch(left, right, "closed")


def _marks(
    schedules: Sequence[Schedule], closures: Sequence[Closure], first: date, days: int
) -> Iterator[Mark]:
    """Of each day, and of the day before the first, whose night runs on into it."""
    for number in range(-1, days):
        day = first + timedelta(days=number)
        yield from _hours(schedules, day)
        yield from _exceptions(closures, day)


def _hours(schedules: Sequence[Schedule], day: date) -> Iterator[Mark]:
    stated = [schedule for schedule in schedules if is_valid_on(schedule, day)]
    if not stated:
        ended = schedules and all(s.valid_to and s.valid_to < day for s in schedules)
        yield _all_day(day, Kind.UNSTATED, "hours-ended" if ended else "no-hours")
    for schedule in stated:
        if bank_holiday(day):
            yield from _on_bank_holiday(schedule, day)
        elif falls_on(schedule, day):
            yield _usual(schedule, day)


def _on_bank_holiday(schedule: Schedule, day: date) -> Iterator[Mark]:
    if schedule.bank_holidays == "open-all-day":
        yield _all_day(day, Kind.OPEN)
    if not falls_on(schedule, day) or schedule.bank_holidays == "closed":
        return
    usual = _usual(schedule, day)
    if schedule.bank_holidays == "unknown":
        yield Mark(usual.start, usual.end, Kind.MAYBE, "bank-holiday")
    else:
        yield usual


def _usual(schedule: Schedule, day: date) -> Mark:
    if schedule.opens_at is None or schedule.closes_at is None:
        return _all_day(day, Kind.MAYBE, "times-not-found")
    return Mark(*session(day, schedule.opens_at, schedule.closes_at), Kind.OPEN)


def _exceptions(closures: Sequence[Closure], day: date) -> Iterator[Mark]:
    for closure in closures:
        if not closure.start <= day <= closure.end:
            continue
        if closure.opens_at is None or closure.closes_at is None:
            yield _all_day(day, Kind.SHUT, why=closure.why)
        else:
            yield _all_day(day, Kind.REPLACED, why=closure.why)
            span = session(day, closure.opens_at, closure.closes_at)
            yield Mark(*span, Kind.OTHER_HOURS, why=closure.why)


def _all_day(day: date, kind: Kind, reason: Reason | None = None, why: str | None = None) -> Mark:
    return Mark(instant(day, _MIDNIGHT), instant(day + _A_DAY, _MIDNIGHT), kind, reason, why)
