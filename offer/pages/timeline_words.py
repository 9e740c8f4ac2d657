"""A moment in words: what day it is in somebody's life, and how far off."""

from collections.abc import Iterator
from datetime import date, timedelta

from offer.eligibility.age_told import ages_by
from offer.eligibility.care import care_days
from offer.eligibility.care_days import THIRTEEN_WEEKS
from offer.eligibility.dates import birthday, month_birthday, months_after
from offer.eligibility.situation import Situation
from offer.eligibility.stated_dates import COURSE_END, RELEASE
from offer.eligibility.timeline_dates import LAST_AGE, first_year_aged
from offer.published import Published

_WEEK, _MONTH, _YEAR = 7, 30.44, 365.25  # days, for saying roughly how far off a day is


def moment_title(published: Published, person: Situation, day: date) -> str:
    """What makes the day special; for a day we have no words for, the day a rule's count is reached."""
    return next(_titles(published, person, day), "One of your dates")


def _titles(published: Published, person: Situation, day: date) -> Iterator[str]:
    born = person.date_of_birth
    if person.facts.get(COURSE_END) == day:
        yield "Your course ends"
    if person.facts.get(RELEASE) == day:
        yield "You are due to be released"
    if born is not None:
        yield from _of_ages(published, born, day)
    yield from _of_care(person, day)
    if day in published.stretch_starts:
        yield "A rule changes"
    if day in published.amount_days:
        yield "An amount changes"


def _of_ages(published: Published, born: date, day: date) -> Iterator[str]:
    yield from (f"You turn {age}" for age in range(1, LAST_AGE + 1) if birthday(born, age) == day)
    for months in published.ages_in_months:
        if month_birthday(born, months) == day:
            yield f"You are {_years_and_months(months)} old"
    for number in published.days_to_18:
        if birthday(born, 18) - timedelta(days=number - 1) == day:
            yield f"{_days_or_weeks(number - 1)} before you turn 18"
    for age in published.ages_on_31_august:
        if first_year_aged(born, age) == day:
            yield f"The September after you turn {age}"


def _of_care(person: Situation, day: date) -> Iterator[str]:
    if person.care is None:
        if person.date_of_birth and (day - person.told_on).days == THIRTEEN_WEEKS:
            yield "You may reach 13 weeks in care"
        return
    days = care_days(person, day)
    if days is not None and days.counted_day(THIRTEEN_WEEKS) == day:
        yield "You reach 13 weeks in care"
    ends = [spell.end for spell in person.care if spell.end]
    if day in ends:
        yield "You leave care"
    if day in [months_after(end, 6) for end in ends]:
        yield "Six months after you left care"


def _years_and_months(months: int) -> str:
    years, rest = divmod(months, 12)
    return f"{years} years and {rest} months" if rest else f"{years}"


def _days_or_weeks(days: int) -> str:
    return f"{days // _WEEK} weeks" if days % _WEEK == 0 else f"{days} days"


def ages_said(person: Situation, day: date) -> str:
    """ "You will be 17 or 18.": how old they are on a later day, where an age is all we know; else ""."""
    ages = ages_by(person, day) if person.date_of_birth is None else ()
    return f"You will be {' or '.join(map(str, ages))}." if ages else ""


def ahead(day: date, on: date) -> str:
    """Roughly how far off a later day is: "tomorrow", "in 12 days", "in 5 months", "in 3 years"."""
    days = (day - on).days
    if days <= 1:
        return "tomorrow" if days == 1 else "today"
    if days < 60:
        return f"in {days} days"
    if days < 2 * _YEAR:
        return f"in {round(days / _MONTH)} months"
    return f"in {int(days / _YEAR)} years"
