"""Hours as a record holds them: what is accepted, what is refused and in which words."""

from typing import Any

import pytest
from pydantic import ValidationError

from directory.schedules import Closure, Schedule

WEEKDAY: dict[str, Any] = {"byday": ["MO", "FR"], "opens_at": "09:00", "closes_at": "17:00"}
MONTHLY: dict[str, Any] = {"freq": "MONTHLY", "opens_at": "10:00", "closes_at": "12:00"}
NEW_YEAR: dict[str, Any] = {"start": "2026-12-24", "end": "2027-01-02"}


@pytest.mark.parametrize(
    "hours",
    [
        WEEKDAY,
        WEEKDAY | {"interval": 2, "dtstart": "2026-11-02"},
        WEEKDAY | {"opens_at": "18:00", "closes_at": "02:00", "bank_holidays": "open-all-day"},
        WEEKDAY | {"opens_at": None, "closes_at": None, "note": "Ask for the time"},
        MONTHLY | {"byday": ["1TU", "-1FR"]},
        MONTHLY | {"bymonthday": [1, -1]},
        WEEKDAY | {"valid_from": "2026-11-01", "valid_to": "2026-11-01"},
    ],
)
def test_accepted_and_unchanged_by_a_round_trip(hours: dict[str, Any]) -> None:
    schedule = Schedule.model_validate(hours)
    assert Schedule.model_validate(schedule.model_dump(mode="json")) == schedule


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (WEEKDAY | {"interval": 2}, "an interval needs dtstart"),
        (WEEKDAY | {"interval": 0}, "greater than or equal to 1"),
        (WEEKDAY | {"closes_at": None}, "both opens_at and closes_at"),
        (WEEKDAY | {"closes_at": "24:00"}, "pattern"),
        (WEEKDAY | {"opens_at": "9:00"}, "pattern"),
        (WEEKDAY | {"byday": []}, "needs byday"),
        (WEEKDAY | {"byday": ["1MO"]}, "plain days"),
        (WEEKDAY | {"byday": ["XX"]}, "pattern"),
        (WEEKDAY | {"bymonthday": [1]}, "no bymonthday"),
        (MONTHLY, "either byday or bymonthday"),
        (MONTHLY | {"byday": ["MO"]}, "which one"),
        (MONTHLY | {"byday": ["6MO"]}, "pattern"),
        (MONTHLY | {"byday": ["1MO"], "bymonthday": [1]}, "either byday or bymonthday"),
        (MONTHLY | {"bymonthday": [0]}, "1 to 31"),
        (MONTHLY | {"bymonthday": [32]}, "less than or equal to 31"),
        (WEEKDAY | {"valid_from": "2026-11-02", "valid_to": "2026-11-01"}, "before valid_from"),
        (WEEKDAY | {"freq": "DAILY"}, "WEEKLY"),
        (WEEKDAY | {"colour": "red"}, "Extra inputs"),
    ],
)
def test_refused_in_words(hours: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Schedule.model_validate(hours)


def test_a_closure_is_closed_or_other_hours() -> None:
    assert Closure.model_validate(NEW_YEAR).is_closed
    assert not Closure.model_validate(NEW_YEAR | {"opens_at": "10:00", "closes_at": "12:00"}).is_closed


@pytest.mark.parametrize(
    ("change", "words"),
    [({"end": "2026-12-23"}, "end before it starts"), ({"opens_at": "10:00"}, "both opens_at and closes_at")],
)
def test_a_closure_that_makes_no_sense_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Closure.model_validate(NEW_YEAR | change)
