"""Opening hours: read from a feed, told in words at any moment, written to a feed and read again."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from directory.hours_list import hours_list, hours_text
from directory.hsds_schedules import NotReadableError, from_hsds, to_hsds
from directory.opening import opening, sessions
from directory.opening_words import words
from directory.schedules import Closure, Schedule
from directory.time_marks import state_at, stretches
from offer.published import Published
from tests.fuzz.choices import Choices
from tests.fuzz.target import Feed, Target

_SEEDS: tuple[dict[str, Any], ...] = (
    {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00", "interval": 2,
     "dtstart": "2026-01-05", "valid_from": "2026-01-01", "valid_to": "2027-01-01", "description": "",
     "notes": "x"},
    {"freq": "MONTHLY", "byday": "1MO,-1FR", "opens_at": "22:00", "closes_at": "02:00Z"},
    {"freq": "MONTHLY", "bymonthday": "1,-1,31", "interval": 3, "dtstart": "2026-01-31"},
    {"freq": "DAILY", "opens_at": "00:00", "closes_at": "23:59", "description": "Closed on bank holidays."},
)  # fmt: skip
_CLOSURE = {
    "start": "2026-12-24",
    "end": "2027-01-02",
    "opens_at": None,
    "closes_at": None,
    "why": "Christmas",
}
_WORDS = (
    *dict.fromkeys(name for seed in _SEEDS for name in seed), "until", "count", "start", "end", "why", "SU",
    "2MO", "-5SU", "24:00", "01:30", "2026-03-29", "2026-10-25", "0001-01-01", "9999-12-31",
)  # fmt: skip
_NOONS = (
    datetime(2026, 11, 22, 12, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2024, 2, 29, 23, 59, tzinfo=UTC),
)  # fmt: skip


def make(published: Published) -> Feed:
    def feed(data: bytes) -> None:
        choices = Choices(data)
        now = choices.one_of(_NOONS) + timedelta(minutes=choices.number(60 * 24 * 30))
        schedules = list(filter(None, (_schedule(choices) for _ in range(1 + choices.number(2)))))
        closures = list(filter(None, (_closure(choices) for _ in range(choices.number(3)))))
        _told(schedules, closures, now)
        _round_trip(schedules, closures, now.date())

    return feed


def _told(schedules: list[Schedule], closures: list[Closure], now: datetime) -> None:
    found = opening(schedules, closures, now)
    assert words(found) and found.state == state_at(schedules, closures, now)
    assert found.until is None or found.until > found.at
    for one, two in pairwise(sessions(schedules, closures, now, 3)):
        assert one.end <= two.start
    line = list(stretches(schedules, closures, now.date(), 9))
    assert all(one.end == two.start for one, two in pairwise(line)), "no gap in the line of time"
    lines = hours_list(schedules, closures, now.date())
    assert bool(lines) or not schedules
    assert all(each.days and each.times for each in lines) and len(hours_text(lines)) < 20_000


def _round_trip(schedules: list[Schedule], closures: list[Closure], day: date) -> None:
    """What we write, we read; and it is open at the same hours, as far as the standard has words for it."""
    for record in to_hsds(schedules, closures):
        again = from_hsds(record).schedule
        assert (again.opens_at, again.closes_at) == (record.get("opens_at"), record.get("closes_at"))


def _schedule(choices: Choices) -> Schedule | None:
    record = choices.damaged(choices.one_of(_SEEDS), _WORDS, most=4)
    try:
        return from_hsds(record).schedule if isinstance(record, dict) else None
    except NotReadableError as refused:
        assert str(refused)
        return None


def _closure(choices: Choices) -> Closure | None:
    try:
        return Closure.model_validate(choices.damaged(_CLOSURE, _WORDS, most=3))
    except ValidationError:
        return None


TARGET = Target(
    "hours", "Opening hours of services, and how they are told", make, tuple(f'"{w}"' for w in _WORDS)
)
