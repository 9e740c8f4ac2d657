"""When something is open: repeating hours and the exceptions to them, as a record holds them.

The words are HSDS's `schedule`, which are those of RFC 5545: `freq`, `interval`, `byday`,
`bymonthday`. Times are London clock times. What HSDS has no word for is ours: `bank_holidays`,
and exceptions (`Closure`).
"""

from datetime import date
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from directory.document import Document, Line

Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
WEEKDAYS: tuple[str, ...] = get_args(Weekday)

ClockTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A London clock time, "09:00"; 23:59 as a closing time stands for midnight."""

Day = Annotated[str, StringConstraints(pattern=r"^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$")]
"""A weekday; in a month with its place: `1MO` the first Monday, `-1FR` the last Friday."""


def _not_zero(day: int) -> int:
    if day == 0:
        raise ValueError("a day of the month is 1 to 31, or -1 to -31 counted from the end")
    return day


MonthDay = Annotated[int, Field(ge=-31, le=31), AfterValidator(_not_zero)]

BankHolidays = Literal["closed", "as-usual", "open-all-day", "unknown"]
"""What these hours do on a bank holiday; `open-all-day` is a duty team that covers the holiday."""


class Schedule(Document):
    """Hours that repeat every week or month, from `opens_at` until `closes_at`.

    `closes_at` at or before `opens_at` is a time on the next day. Both times null: it is open
    on those days, but the hours were not found. `dtstart` is a day in the first week or month,
    from which `interval` counts. `valid_to` is the last day known, not the end of the service.
    """

    freq: Literal["WEEKLY", "MONTHLY"] = "WEEKLY"
    interval: int = Field(default=1, ge=1, le=52)
    dtstart: date | None = None
    byday: tuple[Day, ...] = ()
    bymonthday: tuple[MonthDay, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None  # inclusive
    opens_at: ClockTime | None = None
    closes_at: ClockTime | None = None
    bank_holidays: BankHolidays = "unknown"
    note: Line | None = None  # plain words, shown beside: "last people in at 4pm"

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.interval > 1 and self.dtstart is None:
            raise ValueError("an interval needs dtstart: a day in the first week or month")
        if (self.opens_at is None) != (self.closes_at is None):
            raise ValueError("give both opens_at and closes_at, or neither when they were not found")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to must not be before valid_from")
        if self.freq == "WEEKLY":
            self._weekly()
        else:
            self._monthly()
        return self

    def _weekly(self) -> None:
        if not self.byday or self.bymonthday:
            raise ValueError("a weekly schedule needs byday, and no bymonthday")
        if not set(self.byday) <= set(WEEKDAYS):
            raise ValueError('a weekly schedule has plain days ("MO"); "1MO" is for monthly ones')

    def _monthly(self) -> None:
        if bool(self.byday) == bool(self.bymonthday):
            raise ValueError("a monthly schedule needs either byday or bymonthday")
        if set(self.byday) & set(WEEKDAYS):
            raise ValueError('a monthly schedule says which one: "1MO" the first Monday, "-1MO" the last')


class Closure(Document):
    """An exception, first to last day: closed, or with both times given open at those hours only."""

    start: date
    end: date  # inclusive
    opens_at: ClockTime | None = None
    closes_at: ClockTime | None = None
    why: Line | None = None  # plain words, shown: "Christmas break"

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.end < self.start:
            raise ValueError("a closure must not end before it starts")
        if (self.opens_at is None) != (self.closes_at is None):
            raise ValueError("give both opens_at and closes_at for other hours, or neither for closed")
        return self

    @property
    def is_closed(self) -> bool:
        """Whether it is shut all day; otherwise it is open at other hours."""
        return self.opens_at is None
