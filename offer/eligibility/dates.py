"""Ages and birthdays in civil dates. No clock: every function is told the day.

An age starts with its birthday (Family Law Reform Act 1969 s9). Someone born on 29
February has the birthday on 1 March in a common year: the Act is silent, GOV.UK's own
code does so (assumption A1). Half-open: "before 25" ends on the 25th birthday.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
_SEPTEMBER = 9


def birthday(dob: date, years: int) -> date:
    """The first day of the age `years`. ValueError after the year 9999."""
    if dob.month == 2 and dob.day == 29 and monthrange(dob.year + years, 2)[1] == 28:
        return date(dob.year + years, 3, 1)
    return dob.replace(year=dob.year + years)


def age_in_years(dob: date, on: date) -> int:
    """Completed years on the day; negative before birth."""
    return on.year - dob.year - ((on.month, on.day) < (dob.month, dob.day))


def age_in_months(dob: date, on: date) -> int:
    """Completed months on the day; negative before birth."""
    return (on.year - dob.year) * 12 + on.month - dob.month - (on.day < dob.day)


def month_birthday(dob: date, months: int) -> date:
    """The first day on which `age_in_months` is `months`.

    Where the month is too short for the day of birth, that is the first of the next
    month, as for 29 February: an age is never reached early.
    """
    year, month = divmod(dob.year * 12 + dob.month - 1 + months, 12)
    if dob.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, dob.day)
    return date(year, month + 1, monthrange(year, month + 1)[1]) + ONE_DAY


def months_after(day: date, months: int) -> date:
    """The day a run of months is complete: 31 August and six months is the end of February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_31_august(on: date) -> date:
    """The 31 August before the academic year that `on` falls in (years start on 1 September)."""
    return date(on.year if on.month >= _SEPTEMBER else on.year - 1, 8, 31)


def age_on_31_august(dob: date, on: date) -> int:
    """Age on the 31 August before the current academic year; negative if born since."""
    return age_in_years(dob, last_31_august(on))
