"""Open now and what comes next: outside cases, changes of the clocks, closures, and every minute."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from directory.opening import Opening, opening, sessions
from directory.opening_words import soon_minutes
from directory.schedules import WEEKDAYS, Closure, Schedule
from directory.time_marks import LONDON, state_at, stretches
from tests.directory.opening_cases import ALWAYS, CHRISTMAS, DROP_IN, LATE, OFFICE, london

A_MINUTE = timedelta(minutes=1)
GROUP = "open now and what comes next, AskDarcel"
SUNDAY_NIGHT = Schedule(byday=("SU",), opens_at="00:30", closes_at="04:00")
BY_DAY_OF_GAP = Schedule(byday=("SU",), opens_at="01:30", closes_at="02:15")


def outside_cases() -> list[Any]:
    """The cases of AskDarcel (ShelterTechSF/askdarcel-web, GPL-3.0), restated as facts."""
    file = Path(__file__).parents[2] / ".." / "shared" / "cases" / "outside_vectors.json"
    if not file.exists():
        return [pytest.param(None, 0, marks=pytest.mark.skip("../shared is not here"))]
    groups = json.loads(file.read_text(encoding="utf-8"))["groups"]
    cases = next(group["cases"] for group in groups if group["name"] == GROUP)
    return [pytest.param(case, shift, id=f"{case['id']}-{shift}") for case in cases for shift in range(7)]


@pytest.mark.parametrize(("case", "shift"), outside_cases())
def test_outside_cases(case: dict[str, Any], shift: int) -> None:
    today = date(2026, 11, 9) + timedelta(days=shift)  # no bank holiday and no change of the clocks near
    schedules = [_weekly(hours, today) for hours in case["schedule"]]
    times = ["00:00", "06:15", "12:00", "23:15"] if case.get("any_time_of_day") else [case["now"]["time"]]
    for clock in times:
        expected = case["expected"]
        answer = opening(schedules, [], london(f"{today} {clock}"))
        assert answer.state == expected["state"]
        assert soon_minutes(answer) == expected["soon_minutes"]
        assert _change(answer, today) == expected["next_change"]


def _weekly(hours: dict[str, Any], today: date) -> Schedule:
    day = WEEKDAYS[(today + timedelta(days=hours["day"])).weekday()]
    return Schedule(byday=(day,), opens_at=hours["opens"], closes_at=hours["closes"])


def _change(answer: Opening, today: date) -> dict[str, Any] | None:
    if answer.until is None or answer.then is None:
        return None
    until, then = answer.until.astimezone(LONDON), answer.then.state
    if until.strftime("%H:%M") == "00:00":  # their 23:59 stands for midnight
        until -= A_MINUTE
    return {"to": then, "day": (until.date() - today).days, "time": until.strftime("%H:%M")}


times = st.integers(0, 24 * 12 - 1).map(lambda five: f"{five // 12:02}:{five % 12 * 5:02}")
days = st.dates(date(2026, 10, 20), date(2027, 4, 5))  # both changes of the clocks, Christmas, Easter
weekdays = st.sets(st.sampled_from(WEEKDAYS), min_size=1, max_size=4).map(tuple)
bank_holidays = st.sampled_from(["closed", "as-usual", "open-all-day", "unknown"])
validity = st.one_of(st.none(), days)
schedules = st.builds(
    lambda day, weeks, opens, closes, bank, to: Schedule(
        byday=day, interval=weeks, dtstart=date(2026, 10, 5), opens_at=opens, closes_at=closes,
        bank_holidays=bank, valid_to=to,
    ),
    weekdays, st.integers(1, 2), times, times, bank_holidays, validity,
)  # fmt: skip
closures = st.builds(
    lambda start, more, hours: Closure(
        start=start, end=start + timedelta(days=more), opens_at=hours[0], closes_at=hours[1]
    ),
    days, st.integers(0, 5), st.one_of(st.just((None, None)), st.tuples(times, times)),
)  # fmt: skip
hours = st.tuples(st.lists(schedules, max_size=3), st.lists(closures, max_size=2))
moments = st.integers(0, 167 * 24 * 60).map(
    lambda minute: datetime(2026, 10, 20, tzinfo=UTC) + A_MINUTE * minute
)


@settings(max_examples=60)
@given(hours, moments)
@example(([SUNDAY_NIGHT], []), datetime(2026, 10, 24, 22, tzinfo=UTC))
@example(([SUNDAY_NIGHT, BY_DAY_OF_GAP], []), datetime(2027, 3, 27, 22, tzinfo=UTC))
def test_the_next_change_is_the_one_a_minute_by_minute_look_finds(
    when: tuple[list[Schedule], list[Closure]], now: datetime
) -> None:
    answer = opening(*when, now)
    looks = (now + A_MINUTE * number for number in range(1, 26 * 60))
    changed = next((look for look in looks if state_at(*when, look) != answer.state), None)
    assert state_at(*when, now) == answer.state
    if changed:
        assert answer.until == changed
    else:
        assert answer.until is None or answer.until >= now + A_MINUTE * 26 * 60


@given(hours, closures, st.integers(0, 7 * 24 * 60))
def test_never_open_during_a_closure(
    when: tuple[list[Schedule], list[Closure]], closure: Closure, minute: int
) -> None:
    shut = Closure(start=closure.start, end=closure.end)
    now = london(f"{shut.start} 00:00").astimezone(UTC) + A_MINUTE * minute
    if now.astimezone(LONDON).date() <= shut.end:
        assert state_at(when[0], [*when[1], shut], now) == "closed"


@given(hours, days, st.integers(1, 40))
def test_the_line_of_time_has_no_gap_and_no_overlap(
    when: tuple[list[Schedule], list[Closure]], first: date, count: int
) -> None:
    line = list(stretches(*when, first, count))
    assert line[0].start == london(f"{first} 00:00")
    assert line[-1].end == london(f"{first + timedelta(days=count)} 00:00")
    assert all(a.end == b.start for a, b in pairwise(line))
    assert all(s.start < s.end for s in line)


def test_the_doubled_hour_is_open_twice() -> None:
    """25 October 2026: 1am to 2am comes twice, so 12:30am to 4am lasts four and a half hours."""
    (night,) = sessions([SUNDAY_NIGHT], [], london("2026-10-24 12:00"), 1)
    assert night.end - night.start == timedelta(hours=4, minutes=30)
    assert state_at([SUNDAY_NIGHT], [], london("2026-10-25 01:30", fold=1)) == "open"
    answer = opening([SUNDAY_NIGHT], [], london("2026-10-25 01:30", fold=1))
    assert answer.minutes == 150


def test_the_missing_hour_is_not_waited_for() -> None:
    """28 March 2027: 1am is followed by 2am; what opens at 1:30am opens at the change, 2am."""
    answer = opening([BY_DAY_OF_GAP], [], london("2027-03-28 00:50"))
    assert answer.until == london("2027-03-28 02:00")
    assert answer.minutes == 10
    assert opening([BY_DAY_OF_GAP], [], london("2027-03-28 02:05")).minutes == 10


def test_past_midnight_into_a_closed_day_stops_at_midnight() -> None:
    friday = Closure(start=date(2026, 11, 28), end=date(2026, 11, 28))
    answer = opening([LATE], [friday], london("2026-11-27 23:00"))
    assert answer.until == london("2026-11-28 00:00")


def test_a_bank_holiday_nobody_answered_for_is_unknown_in_its_hours_only() -> None:
    assert state_at([OFFICE], [], london("2026-12-25 10:00")) == "unknown"
    assert state_at([OFFICE], [], london("2026-12-25 20:00")) == "closed"


def test_no_hours_are_unknown_and_never_closed() -> None:
    answer = opening([], [], london("2026-11-23 11:00"))
    assert (answer.state, answer.reason, answer.until) == ("unknown", "no-hours", None)


def test_a_closure_is_known_even_where_the_hours_are_not() -> None:
    answer = opening([], [CHRISTMAS], london("2026-12-24 10:00"))
    assert (answer.state, answer.until) == ("closed", london("2027-01-04 00:00"))


def test_sessions_of_a_drop_in() -> None:
    coming = sessions([DROP_IN], [CHRISTMAS], london("2026-12-01 11:00"), 3)
    assert [f"{s.start:%Y-%m-%d %H:%M} {s.end:%H:%M}" for s in coming] == [
        "2026-12-01 10:00 12:30", "2027-01-05 10:00 12:30", "2027-02-02 10:00 12:30",
    ]  # fmt: skip


def test_a_session_under_way_has_its_true_start() -> None:
    (night,) = sessions([LATE], [], london("2026-11-28 01:00"), 1)
    assert night.start == london("2026-11-27 22:00")


def test_day_and_night_has_no_sessions() -> None:
    assert sessions([ALWAYS], [], london("2026-11-23 11:00"), 3) == ()


@pytest.mark.parametrize("year", [1, 9990])
def test_far_dates_do_no_harm(year: int) -> None:
    assert opening([OFFICE], [], datetime(year, 6, 6, 12, tzinfo=UTC)).state in ("open", "closed", "unknown")
