"""On which days a schedule repeats, by arithmetic: RFC 5545's rules for the few words HSDS uses.

Its own few lines, because "open now" is asked of thousands of services at once and building
a rule object for each costs a hundred times as much; the tests hold it to dateutil's `rrule`.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from directory.schedules import WEEKDAYS, Schedule


def falls_on(schedule: Schedule, day: date) -> bool:
    """Whether the pattern has `day` in it. Validity and bank holidays are not looked at here."""
    if schedule.dtstart and day < schedule.dtstart:
        return False
    if schedule.freq == "WEEKLY":
        return WEEKDAYS[day.weekday()] in schedule.byday and _week_counts(schedule, day)
    return _month_counts(schedule, day) and _in_month(schedule, day)


def is_valid_on(schedule: Schedule, day: date) -> bool:
    """Whether these hours are stated for `day` at all, first and last day included."""
    return (schedule.valid_from is None or schedule.valid_from <= day) and (
        schedule.valid_to is None or day <= schedule.valid_to
    )


def is_occasional(schedules: Sequence[Schedule]) -> bool:
    """Whether people need the dates told: it is open by the month or every few weeks, and not otherwise."""
    return bool(schedules) and all(each.freq == "MONTHLY" or each.interval > 1 for each in schedules)


def is_daily(schedules: Sequence[Schedule]) -> bool:
    """Whether it is open on every day of the week: a line, rather than a place to drop in."""
    weekly = [each for each in schedules if each.freq == "WEEKLY" and each.interval == 1]
    return {day for each in weekly for day in each.byday} == set(WEEKDAYS)


def _week_counts(schedule: Schedule, day: date) -> bool:
    """Weeks begin on Monday, as they do in RFC 5545 unless it is told otherwise."""
    if schedule.interval == 1 or schedule.dtstart is None:
        return True
    weeks = (_monday(day) - _monday(schedule.dtstart)).days // 7
    return weeks % schedule.interval == 0


def _month_counts(schedule: Schedule, day: date) -> bool:
    if schedule.interval == 1 or schedule.dtstart is None:
        return True
    start = schedule.dtstart
    return ((day.year - start.year) * 12 + day.month - start.month) % schedule.interval == 0


def _in_month(schedule: Schedule, day: date) -> bool:
    """By its place from either end: the 2nd Tuesday may also be the last but two; the 31st is -1."""
    length = monthrange(day.year, day.month)[1]
    if schedule.bymonthday:
        return day.day in schedule.bymonthday or day.day - length - 1 in schedule.bymonthday
    name, first, last = WEEKDAYS[day.weekday()], (day.day - 1) // 7 + 1, (length - day.day) // 7 + 1
    return f"{first}{name}" in schedule.byday or f"-{last}{name}" in schedule.byday


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
