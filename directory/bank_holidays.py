"""Bank holidays of England, by the kept library `holidays`, which also knows the proclaimed ones.

A holiday that falls at a weekend counts twice, as in the library: the day itself (Christmas Day
on a Saturday) and the weekday given instead. Doors are shut on both.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays


def bank_holiday(day: date) -> str | None:
    """The name of the bank holiday in England on `day`, or None on any other day."""
    return _of_year(day.year).get(day)


@lru_cache(maxsize=16)
def _of_year(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year).items())
