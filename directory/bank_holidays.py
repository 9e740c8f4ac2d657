"""Bank holidays of England by rule (Banking and Financial Dealings Act 1971; Easter by Gauss's method).

A one-off holiday, such as a coronation, is proclaimed and not known here.
"""

from datetime import date, timedelta
from functools import lru_cache


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    sunday = moon - (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (sunday + 40) // 44
    return date(year, month, sunday + 28 - 31 * (month // 4))


@lru_cache(maxsize=8)
def bank_holidays(year: int) -> frozenset[date]:
    """The eight days of a usual year; one that falls at a weekend moves to the next working day."""
    days = {
        easter(year) - timedelta(days=2),
        easter(year) + timedelta(days=1),
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
    }
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while fixed.weekday() >= 5 or fixed in days:
            fixed += timedelta(days=1)  # noqa: PLW2901 - the day moves on until it is free
        days.add(fixed)
    return frozenset(days)


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
