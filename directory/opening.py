"""Whether something is open at a moment, and what comes next. Pure: the moment is passed in.

Moments are UTC throughout: Python compares two times of the same zone by their clock faces,
which goes wrong on the two nights when the clocks change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from directory.schedules import Closure, Schedule
from directory.time_marks import LONDON, Reason, State, Stretch, stretches

_WINDOWS = (8, 40, 200, 800)  # days looked ahead: the next only if the answer was not in sight
_AS_GOOD_AS_ALWAYS = 40  # days without closing: said as "day and night"


@dataclass(frozen=True, slots=True)
class Opening:
    """How it stands at `at`; all moments are instants in UTC.

    `until` is when this state ends and `then` begins; None = no change in sight (open day and
    night, or never known to open). `opens` is the next session where it is not open now; its
    state "unknown" means those hours are in doubt. `known_until` is the last day that any hours
    are stated for, where such a day is given.
    """

    state: State
    at: datetime
    until: datetime | None = None
    then: Stretch | None = None
    opens: Stretch | None = None
    reason: Reason | None = None  # why it is unknown
    why: str | None = None  # the exception's own words: "Christmas break"
    known_until: date | None = None

    @property
    def minutes(self) -> int | None:
        """Whole minutes until this state ends, rounded up, so that 0 never stands for "still open"."""
        return -((self.at - self.until) // timedelta(minutes=1)) if self.until else None


def opening(schedules: Sequence[Schedule], closures: Sequence[Closure], now: datetime) -> Opening:
    """How it stands at an aware `now` and what comes next."""
    at, today = now.astimezone(UTC), now.astimezone(LONDON).date()
    known_until = _known_until(schedules)
    answer = Opening("unknown", at, reason="no-hours")
    for days in _windows(schedules, closures, today):
        answer = _read(list(stretches(schedules, closures, today, days)), at, known_until)
        settled = answer.until and (answer.state == "open" or answer.opens)
        if settled or (answer.state == "open" and days >= _AS_GOOD_AS_ALWAYS):
            break
    return answer


def sessions(
    schedules: Sequence[Schedule], closures: Sequence[Closure], now: datetime, count: int
) -> tuple[Stretch, ...]:
    """The next `count` sessions that have not ended at `now`, those in doubt too (state "unknown").

    Fewer if no more are known; none for hours without an end, day and night.
    """
    today, found = now.astimezone(LONDON).date(), list[Stretch]()
    yesterday = today - timedelta(days=1)  # a session may have begun before midnight
    for days in _windows(schedules, closures, today):
        line = list(stretches(schedules, closures, yesterday, days + 1))
        found = [s for s in line[:-1] if s.may_be_open and s.end > now]  # the last is cut off by the window
        if len(found) >= count:
            break
    return tuple(found[:count])


def _read(line: list[Stretch], at: datetime, known_until: date | None) -> Opening:
    """The answer as far as this line of time shows it."""
    here, *ahead = [stretch for stretch in line if stretch.end > at]
    change = next((s for s in ahead if s.state != here.state), None)
    return Opening(
        here.state,
        at,
        until=change.start if change else None,
        then=change,
        opens=_next_session(here, ahead),
        reason=here.reason,
        why=here.why,
        known_until=known_until,
    )


def _next_session(here: Stretch, ahead: list[Stretch]) -> Stretch | None:
    """While this session is itself in doubt, only a sure one helps; otherwise one in doubt is named too."""
    if here.state == "open":
        return None
    return next((s for s in ahead if s.state == "open" or (s.may_be_open and not here.may_be_open)), None)


def _windows(schedules: Sequence[Schedule], closures: Sequence[Closure], today: date) -> Sequence[int]:
    """Days to look ahead, step by step, and not beyond the last day anything is stated for."""
    last = _known_until(schedules) if schedules else date.min
    if last is None:
        return _WINDOWS
    stated = max([last, *(closure.end for closure in closures)])
    reach = max((stated - today).days, 0) + 2  # two more: the night of the last day, and a day to see the end
    return [days for days in _WINDOWS if days < reach] + [min(reach, _WINDOWS[-1])]


def _known_until(schedules: Sequence[Schedule]) -> date | None:
    """The last day of the last hours; None when some go on without an end."""
    ends = [schedule.valid_to for schedule in schedules if schedule.valid_to]
    return max(ends) if ends and len(ends) == len(schedules) else None
