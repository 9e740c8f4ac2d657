"""How opening hours are said: open, closed, unknown, and what comes next."""

from collections.abc import Sequence

import pytest

from directory.opening import opening, sessions
from directory.opening_words import clock, session_words, words, words_by_old_hours
from directory.schedules import Closure, Schedule
from tests.directory.opening_cases import ALWAYS, CHRISTMAS, DROP_IN, LATE, OFFICE, WORKING, london

SHORTER = Closure.model_validate(
    {"start": "2026-11-25", "end": "2026-11-25", "opens_at": "10:00", "closes_at": "12:00", "why": "Training"}
)
ON_HOLIDAYS = OFFICE.model_copy(update={"bank_holidays": "closed"})
DUTY_TEAM = Schedule(byday=WORKING, opens_at="17:00", closes_at="08:45", bank_holidays="open-all-day")
TIMES_UNKNOWN = Schedule(byday=("MO",))
ENDING = Schedule.model_validate(OFFICE.model_dump() | {"valid_to": "2026-12-18"})
STARTING = Schedule.model_validate(OFFICE.model_dump() | {"valid_from": "2026-12-01"})


@pytest.mark.parametrize(
    ("schedules", "closures", "now", "said"),
    [
        ([OFFICE], [], "2026-11-23 11:00", "Open now. Closes at 5pm."),
        ([OFFICE], [], "2026-11-23 16:40", "Open now. Closes in 20 minutes, at 5pm."),
        ([OFFICE], [], "2026-11-23 16:59:30", "Open now. Closes in 1 minute, at 5pm."),
        ([OFFICE], [], "2026-11-23 08:55", "Closed now. Opens in 5 minutes, at 9am."),
        ([OFFICE], [], "2026-11-23 08:30", "Closed now. Opens today at 9am."),
        ([OFFICE], [], "2026-11-23 17:00", "Closed now. Opens tomorrow at 9am."),
        ([OFFICE], [], "2026-11-27 17:00", "Closed now. Opens Monday 30 November at 9am."),
        ([DROP_IN], [], "2026-11-23 11:00", "Closed now. Opens Tuesday 1 December at 10am."),
        ([ALWAYS], [], "2026-11-23 11:00", "Open now, day and night."),
        ([LATE], [], "2026-11-27 23:00", "Open now. Closes tomorrow at 2am."),
        ([LATE], [], "2026-11-28 01:00", "Open now. Closes at 2am."),
        ([LATE], [], "2026-11-28 02:00", "Closed now. Opens today at 10pm."),
        (
            [ALWAYS], [CHRISTMAS], "2026-12-22 23:00",
            "Open now. Closes at midnight.",
        ),
        (
            [ALWAYS], [CHRISTMAS], "2027-01-03 12:00",
            "Closed now: Christmas break. Opens tonight at midnight.",
        ),
        (
            [ALWAYS], [CHRISTMAS], "2026-12-20 23:00",
            "Open now. Closes Tuesday 22 December at midnight.",
        ),
        (
            [ALWAYS], [CHRISTMAS], "2026-12-24 10:00",
            "Closed now: Christmas break. Opens Sunday 3 January at midnight.",
        ),
        (
            [OFFICE], [CHRISTMAS], "2026-12-24 10:00",
            "Closed now: Christmas break. Opens Monday 4 January at 9am.",
        ),
        ([OFFICE], [SHORTER], "2026-11-25 10:30", "Open now: Training. Closes at midday."),
        ([OFFICE], [SHORTER], "2026-11-25 14:00", "Closed now: Training. Opens tomorrow at 9am."),
        (
            [OFFICE], [], "2026-12-25 10:00",
            "It is a bank holiday: ring first. Open again Tuesday 29 December at 9am.",
        ),
        (
            [OFFICE], [], "2026-12-24 18:00",
            "Closed now. It may open tomorrow at 9am, but that is a bank holiday: ring first.",
        ),
        ([ON_HOLIDAYS], [], "2026-12-24 18:00", "Closed now. Opens Tuesday 29 December at 9am."),
        ([DUTY_TEAM], [], "2026-12-25 12:00", "Open now. Closes tomorrow at midnight."),
        ([], [], "2026-11-23 11:00", "We do not know the opening hours: ring first."),
        ([TIMES_UNKNOWN], [], "2026-11-23 11:00", "It opens today, but we do not know the time: ring first."),
        (
            [TIMES_UNKNOWN], [], "2026-11-22 11:00",
            "Closed now. Opens tomorrow, but we do not know the time: ring first.",
        ),
        (
            [ENDING], [], "2026-12-16 11:00",
            "Open now. Closes at 5pm. We only know the hours until 18 December 2026: ask for the next ones.",
        ),
        ([ENDING], [], "2026-11-16 11:00", "Open now. Closes at 5pm."),
        (
            [ENDING], [], "2026-12-18 18:00",
            "Closed now. We do not know when it opens next: ring first. "
            "We only know the hours until 18 December 2026: ask for the next ones.",
        ),
        ([ENDING], [], "2027-01-11 11:00", "The hours we hold ended on 18 December 2026: ring first."),
        (
            [STARTING], [], "2026-11-23 11:00",
            "We do not know the opening hours: ring first. Open again Tuesday 1 December at 9am.",
        ),
    ],
)  # fmt: skip
def test_words(schedules: Sequence[Schedule], closures: Sequence[Closure], now: str, said: str) -> None:
    assert words(opening(schedules, closures, london(now))) == said


@pytest.mark.parametrize(
    ("schedules", "now", "said"),
    [
        (
            [OFFICE],
            "2026-11-23 11:00",
            "By the hours on an older page it is open now: ring first. It closes at 5pm.",
        ),
        (
            [OFFICE],
            "2026-11-23 17:00",
            "By the hours on an older page it is closed now: ring first. Opens tomorrow at 9am.",
        ),
        ([ALWAYS], "2026-11-23 17:00", "By the hours on an older page it is open now: ring first."),
    ],
)
def test_old_hours_are_never_said_as_sure(schedules: Sequence[Schedule], now: str, said: str) -> None:
    assert words_by_old_hours(opening(schedules, [], london(now))) == said


def test_one_can_ask_where_there_is_no_phone() -> None:
    assert words(opening([], [], london("2026-11-23 11:00")), ask="ask first").endswith("ask first.")


def test_a_far_day_has_its_year() -> None:
    yearly = Schedule.model_validate(
        DROP_IN.model_dump() | {"interval": 12, "dtstart": "2026-11-01", "byday": ["1TU"]}
    )
    said = words(opening([yearly], [], london("2026-11-23 11:00")))
    assert said == "Closed now. Opens Tuesday 2 November 2027 at 10am."


def test_clock() -> None:
    times = ["00:00", "00:30", "09:05", "12:00", "12:30", "23:45"]
    assert [clock(london(f"2026-11-23 {each}")) for each in times] == [
        "midnight", "12:30am", "9:05am", "midday", "12:30pm", "11:45pm",
    ]  # fmt: skip
    assert clock(london("2026-07-01 09:00")) == "9am"


def test_the_next_sessions_of_a_drop_in() -> None:
    now = london("2026-11-30 12:00")
    coming = sessions([DROP_IN, OFFICE.model_copy(update={"byday": ("FR",)})], [], now, 5)
    assert [session_words(each, now) for each in coming] == [
        "Tomorrow, 10am to 12:30pm", "Friday 4 December, 9am to 5pm", "Friday 11 December, 9am to 5pm",
        "Friday 18 December, 9am to 5pm", "Friday 25 December, 9am to 5pm (a bank holiday: ask first)",
    ]  # fmt: skip
    (monday,) = sessions([TIMES_UNKNOWN], [], now, 1)
    assert session_words(monday, now) == "Today, ask for the time"
