"""Opening hours as a list to read."""

from datetime import date

import pytest

from directory.hours_list import hours_list, hours_text
from directory.schedules import WEEKDAYS, Closure, Schedule
from tests.directory.opening_cases import ALWAYS, CHRISTMAS, DROP_IN, LATE, OFFICE, WORKING

TODAY = date(2026, 11, 22)


def lines(*schedules: Schedule, closures: tuple[Closure, ...] = (), on: date = TODAY) -> list[str]:
    return [f"{line.days}: {line.times}" for line in hours_list(schedules, closures, on)]


def hours(**given: object) -> Schedule:
    return Schedule.model_validate(
        {"opens_at": "10:00", "closes_at": "12:30", "bank_holidays": "closed"} | given
    )


CLOSED = "Bank holidays: closed"
RING = "Bank holidays: not known: ring first"


@pytest.mark.parametrize(
    ("schedules", "said"),
    [
        ([OFFICE], ["Monday to Friday: 9am to 5pm", RING]),
        ([ALWAYS], ["Every day: all day", "Bank holidays: open as usual"]),
        ([LATE], ["Friday and Saturday: 10pm to 2am the next day", RING]),
        ([DROP_IN], ["First Tuesday of each month: 10am to 12:30pm", RING]),
        (
            [hours(byday=["MO", "TU", "WE", "FR"]), hours(byday=["MO"], opens_at="13:30", closes_at="23:59")],
            [
                "Monday: 10am to 12:30pm and 1:30pm to midnight",
                "Tuesday, Wednesday and Friday: 10am to 12:30pm", CLOSED,
            ],
        ),
        ([hours(byday=["MO", "WE", "TH", "FR", "SU"])],
         ["Monday, Wednesday to Friday and Sunday: 10am to 12:30pm", CLOSED]),
        ([hours(byday=["TU"], interval=2, dtstart="2026-11-03")],
         ["Tuesday, every 2 weeks: 10am to 12:30pm", CLOSED]),
        ([hours(freq="MONTHLY", byday=["-1FR", "2TU"])],
         ["Last Friday and second Tuesday of each month: 10am to 12:30pm", CLOSED]),
        ([hours(freq="MONTHLY", byday=["-2WE"], interval=3, dtstart="2026-01-01")],
         ["Second Wednesday from the end of the month, every 3 months: 10am to 12:30pm", CLOSED]),
        ([hours(freq="MONTHLY", bymonthday=[1, 12, 23, -1])],
         ["1st day, 12th day, 23rd day and last day of each month: 10am to 12:30pm", CLOSED]),
        ([hours(byday=["MO"], opens_at=None, closes_at=None)],
         ["Monday: times not found: ring first", CLOSED]),
        ([hours(byday=["MO"], note="last people in at midday")],
         ["Monday: 10am to 12:30pm (last people in at midday)", CLOSED]),
        ([hours(byday=["SA"], valid_from="2026-12-01", valid_to="2026-12-19")],
         ["Saturday, from 1 December 2026 until 19 December 2026: 10am to 12:30pm", CLOSED]),
        ([hours(byday=["SA"], dtstart="2026-12-01")],
         ["Saturday, from 1 December 2026: 10am to 12:30pm", CLOSED]),
        ([hours(byday=["SA"], valid_to="2026-03-01"), OFFICE], ["Monday to Friday: 9am to 5pm", RING]),
        ([hours(byday=["SA"], valid_to="2026-03-01")],
         ["Saturday, until 1 March 2026: 10am to 12:30pm", CLOSED]),
        ([hours(byday=WORKING, bank_holidays="open-all-day"), hours(byday=["SA"])],
         ["Monday to Saturday: 10am to 12:30pm", "Bank holidays: open all day"]),
        ([], []),
    ],
)  # fmt: skip
def test_lines(schedules: list[Schedule], said: list[str]) -> None:
    assert lines(*schedules) == said


def test_exceptions_to_come_stand_last_in_their_order() -> None:
    training = Closure.model_validate(
        {"start": "2026-12-01", "end": "2026-12-01", "opens_at": "14:00", "closes_at": "17:00"}
    )
    over = Closure.model_validate({"start": "2026-11-01", "end": "2026-11-21"})
    assert lines(OFFICE, closures=(CHRISTMAS, training, over))[2:] == [
        "1 December 2026: 2pm to 5pm only",
        "23 December 2026 to 3 January 2027: closed (Christmas break)",
    ]


def test_in_one_paragraph() -> None:
    assert hours_text(hours_list([OFFICE], [], TODAY, ask="ask first")) == (
        "Monday to Friday 9am to 5pm. Bank holidays not known: ask first."
    )


def test_every_day_of_the_week_is_said_once() -> None:
    for day in WEEKDAYS:
        (first, *_) = lines(hours(byday=[day]))
        assert first.endswith("day: 10am to 12:30pm")
