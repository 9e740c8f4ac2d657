"""Schedules to and from Open Referral's `schedule`, whose own words are RFC 5545's.

HSDS has no exceptions and no bank holidays: an exception ends one schedule and begins another,
what happens on bank holidays is said in `description`. Ids are the caller's.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic import ValidationError

from directory.schedules import WEEKDAYS, BankHolidays, Closure, Schedule

_A_DAY = timedelta(days=1)
_DATES = ("dtstart", "valid_from", "valid_to", "until")
_TIME = re.compile(r"^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$")
_SAID: dict[BankHolidays, str] = {
    "closed": "Closed on bank holidays.",
    "as-usual": "Open as usual on bank holidays.",
    "open-all-day": "Open all day on bank holidays.",
    "unknown": "Ring first on bank holidays.",
}


@dataclass(frozen=True, slots=True)
class ReadSchedule:
    """A schedule read from a feed, with what a person should look at again, in plain words."""

    schedule: Schedule
    doubts: tuple[str, ...] = ()


class NotReadableError(ValueError):
    """The record says no hours we can hold; the words say why."""


def to_hsds(schedules: Sequence[Schedule], closures: Sequence[Closure]) -> Iterator[dict[str, Any]]:
    """HSDS schedules, without ids, empty fields left out; times are London clock times, "10:00"."""
    for schedule in schedules:
        for start, end in _around(schedule, closures):
            yield _record(schedule, start, end)
    closed = [closure for closure in closures if closure.is_closed]
    for closure in closures:
        if not closure.is_closed:
            other = _other_hours(closure)
            for start, end in _around(other, closed):
                yield _record(other, start, end)


def from_hsds(record: Mapping[str, Any]) -> ReadSchedule:
    """The schedule of one HSDS record. Raises NotReadableError, in plain words, where it holds none."""
    given = {key: value for key, value in record.items() if value not in (None, "", [])}
    doubts: list[str] = []
    dates = {
        key: _date(given.get(key), key, doubts) for key in ("dtstart", "valid_from", "valid_to", "until")
    }
    ends = [day for day in (dates["valid_to"], dates["until"]) if day]
    opens, closes = _times(given, doubts)
    if "count" in given:
        doubts.append("it ends after a number of times, which we do not hold")
    fields: dict[str, Any] = {
        **_pattern(given, dates["dtstart"] or dates["valid_from"], doubts),
        "dtstart": dates["dtstart"], "valid_from": dates["valid_from"], "valid_to": min(ends, default=None),
        "opens_at": opens, "closes_at": closes, "bank_holidays": _bank_holidays(given), "note": _note(given),
    }  # fmt: skip
    if fields["interval"] > 1 and fields["dtstart"] is None:
        fields["dtstart"] = dates["valid_from"]
    try:
        return ReadSchedule(Schedule.model_validate(fields), tuple(doubts))
    except ValidationError as fault:
        raise NotReadableError("; ".join(error["msg"] for error in fault.errors())) from fault


def read_time(text: object) -> str | None:
    """ "HH:MM" of `HH:MM[:SS][Z|±HH:MM]`, else None. The zone is dropped: the clock is meant.

    Weekly hours "10:00Z" would move by an hour every summer; publishers add the Z because
    the standard's text asks for one.
    """
    match = _TIME.match(text.strip()) if isinstance(text, str) else None
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2])
    if (hour, minute) == (24, 0):
        return "23:59"
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _record(schedule: Schedule, start: date | None, end: date | None) -> dict[str, Any]:
    fields = {
        "freq": schedule.freq, "interval": schedule.interval if schedule.interval > 1 else None,
        "dtstart": schedule.dtstart, "byday": ",".join(schedule.byday),
        "bymonthday": ",".join(str(day) for day in schedule.bymonthday),
        "valid_from": start, "valid_to": end,
        "opens_at": schedule.opens_at, "closes_at": schedule.closes_at,
        "description": _SAID[schedule.bank_holidays], "notes": schedule.note,
    }  # fmt: skip
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in fields.items() if value
    }


def _around(schedule: Schedule, closures: Sequence[Closure]) -> Iterator[tuple[date | None, date | None]]:
    """The stretches of days on which the usual hours hold, first and last day included."""
    start = schedule.valid_from
    for closure in sorted(closures, key=lambda each: each.start):
        if start and closure.end < start:
            continue
        if schedule.valid_to and schedule.valid_to < closure.start:
            break
        if closure.start > date.min and (start is None or start < closure.start):
            yield start, closure.start - _A_DAY
        if closure.end == date.max:  # until further notice
            return
        start = closure.end + _A_DAY
    if start is None or schedule.valid_to is None or start <= schedule.valid_to:
        yield start, schedule.valid_to


def _other_hours(closure: Closure) -> Schedule:
    return Schedule(
        byday=WEEKDAYS,
        valid_from=closure.start,
        valid_to=closure.end,
        opens_at=closure.opens_at,
        closes_at=closure.closes_at,
        bank_holidays="as-usual",
        note=closure.why,
    )


def _pattern(given: Mapping[str, Any], start: date | None, doubts: list[str]) -> dict[str, Any]:
    """freq, interval, byday and bymonthday in the few forms we hold."""
    freq, interval = str(given.get("freq", "WEEKLY")).upper(), _interval(given)
    days, month_days = _list(given.get("byday")), _list(given.get("bymonthday"))
    if freq == "DAILY" and interval == 1:
        freq, days, month_days = "WEEKLY", list(WEEKDAYS), []
    if freq == "MONTHLY" and interval == 1 and days and set(days) <= set(WEEKDAYS):
        freq, month_days = "WEEKLY", []  # every Monday of every month
    if freq == "WEEKLY":
        if month_days:
            doubts.append("it names days of the month in a weekly pattern: we keep the weekdays")
        days = days or ([WEEKDAYS[start.weekday()]] if start else [])
        return {"freq": freq, "interval": interval, "byday": days}
    if days and month_days:
        doubts.append("it names weekdays and days of the month together: we keep the weekdays")
        month_days = []
    if not days and not month_days and start:
        month_days = [str(start.day)]
    return {"freq": freq, "interval": interval, "byday": days, "bymonthday": month_days}


def _times(given: Mapping[str, Any], doubts: list[str]) -> tuple[str | None, str | None]:
    opens, closes = read_time(given.get("opens_at")), read_time(given.get("closes_at"))
    if opens and closes:
        return opens, closes
    if "opens_at" in given or "closes_at" in given:
        doubts.append("only one of its times can be read, so we hold neither")
    return None, None


def _interval(given: Mapping[str, Any]) -> int:
    try:
        return int(given.get("interval", 1))
    except (TypeError, ValueError, OverflowError):
        raise NotReadableError(f"interval is not a number: {str(given['interval'])[:40]!r}") from None


def _list(value: object) -> list[str]:
    """ "TH, fr" or ["TH", "FR"], each once."""
    parts = value if isinstance(value, list) else str(value or "").split(",")
    return list(dict.fromkeys(text for part in parts if (text := str(part).strip().upper())))


def _date(value: object, key: str, doubts: list[str]) -> date | None:
    """The day of an ISO date or date-time."""
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        doubts.append(f"{key} is not a date: {str(value)[:40]!r}")
        return None


def _bank_holidays(given: Mapping[str, Any]) -> BankHolidays:
    """What our own export says; any other wording is left for a person to read."""
    said = str(given.get("description", ""))
    return next((key for key, words in _SAID.items() if said == words), "unknown")


def _note(given: Mapping[str, Any]) -> str | None:
    """Notes as they are, and a description that is not our own sentence; at most a line."""
    said = [str(given.get(key, "")) for key in ("description", "notes")]
    text = " ".join(part.strip() for part in said if part not in _SAID.values())
    return " ".join(text.split())[:400].strip() or None
