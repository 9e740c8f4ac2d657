"""The days on which time alone can change what is known about a person.

Between two of them nothing moves, so an answer worked out at each is as good as one for
every day. A stay in care with no end is taken to run to the 18th birthday.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Protocol

from offer.eligibility.care_days import THIRTEEN_WEEKS, CareDays
from offer.eligibility.dates import ONE_DAY, birthday, month_birthday, months_after
from offer.eligibility.situation_parts import Situation
from offer.eligibility.stated_dates import stated_days

STATUS_AGES = (14, 16, 18, 21, 25)  # the 13-week clock, and the bands of the care statuses
LAST_AGE = 27  # how far ahead to look where no end is given


class Tested(Protocol):
    """What the rules test: thresholds as they stand in a rule's `from` and `before`."""

    @property
    def ages(self) -> tuple[int, ...]:
        """Completed years."""

    @property
    def ages_in_months(self) -> tuple[int, ...]:
        """Completed months."""

    @property
    def days_to_18(self) -> tuple[int, ...]:
        """Days to the 18th birthday."""

    @property
    def ages_on_31_august(self) -> tuple[int, ...]:
        """Completed years on the 31 August before the academic year."""

    @property
    def stretch_starts(self) -> tuple[date, ...]:
        """Days on which the rules themselves or their dated terms change."""


def breakpoints(
    situation: Situation, on: date, tested: Tested, until: date | None = None
) -> tuple[date, ...]:
    """Every day after `on`, up to `until`, on which some fact can change; in order.

    Without `until`: up to the 27th birthday. Empty without a birth date: see `days_for_all`.
    """
    dob = situation.date_of_birth
    if dob is None:
        return ()
    last = birthday(dob, LAST_AGE) if until is None else until
    days = {
        *_age_days(dob, tested),
        *_care_days(situation, dob, last),
        *stated_days(situation),
        *tested.stretch_starts,
    }
    return tuple(sorted(day for day in days if on < day <= last))


def days_for_all(situation: Situation, on: date, tested: Tested, until: date) -> tuple[date, ...]:
    """As `breakpoints`, but those days alone that need no birth date: the law's, and those stated."""
    days = {*stated_days(situation), *tested.stretch_starts}
    return tuple(sorted(day for day in days if on < day <= until))


def _age_days(dob: date, tested: Tested) -> Iterator[date]:
    for age in {*STATUS_AGES, *tested.ages}:
        yield birthday(dob, age)
    for months in tested.ages_in_months:
        yield month_birthday(dob, months)
    for number in tested.days_to_18:
        yield birthday(dob, 18) - timedelta(days=number - 1)  # the first day with fewer than `number` left
    for age in tested.ages_on_31_august:
        yield first_year_aged(dob, age)


def first_year_aged(dob: date, age: int) -> date:
    """The 1 September from which the age on 31 August is `age`."""
    reached = birthday(dob, age)
    return date(reached.year + ((reached.month, reached.day) > (8, 31)), 9, 1)


def _care_days(situation: Situation, dob: date, last: date) -> Iterator[date]:
    if situation.care is None:
        if situation.facts.get("care_when", "still_in_care") == "still_in_care":
            yield situation.told_on + ONE_DAY
            yield situation.told_on + timedelta(days=THIRTEEN_WEEKS)
        return
    days = CareDays(dob, situation.care, last)
    for start, end in (*days.council, *days.stays):
        yield start
        yield end
        yield start + timedelta(days=THIRTEEN_WEEKS - 1)
        yield months_after(end, 6)
    yield months_after(days.b16, 6)  # six months at home after hospital or detention at 16
    for day in (days.counted_day(THIRTEEN_WEEKS), days.first_eligible_day):
        if day is not None:
            yield day
    for spell in situation.care:  # private fostering brings rights of its own at 16
        yield spell.start
