"""A moment in words: what day it is in somebody's life, and how far off."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from directory.phrase import Phrase, sentence
from offer.addresses import entry_href
from offer.eligibility.age_told import ages_by
from offer.eligibility.care import care_days
from offer.eligibility.care_days import THIRTEEN_WEEKS
from offer.eligibility.dates import birthday, month_birthday, months_after
from offer.eligibility.facts import FACTS
from offer.eligibility.situation import Situation
from offer.eligibility.stated_dates import COURSE_END, RELEASE
from offer.eligibility.timeline_dates import LAST_AGE, first_year_aged
from offer.language import gettext as _
from offer.language import ngettext
from offer.pages.timeline_parts import Status
from offer.published import Published
from offer.timeline import StatusChange

_STATUS_ENTRIES: Mapping[str, str] = MappingProxyType(
    {
        "eligible": "status-eligible-child",
        "relevant": "status-relevant-child",
        "former_relevant": "status-former-relevant-child",
        "qualifying_sgo": "status-qualifying-care-leaver",
        "qualifying_other": "status-qualifying-care-leaver",
    }
)
_WEEK, _MONTH, _YEAR = 7, 30.44, 365.25  # days, for saying roughly how far off a day is


def moment_title(published: Published, person: Situation, day: date) -> str:
    """What makes the day special; for a day we have no words for, the day a rule's count is reached."""
    return next(_titles(published, person, day), _("One of your dates"))


def _titles(published: Published, person: Situation, day: date) -> Iterator[str]:
    born = person.date_of_birth
    if person.facts.get(COURSE_END) == day:
        yield _("Your course ends")
    if person.facts.get(RELEASE) == day:
        yield _("You are due to be released")
    if born is not None:
        yield from _of_ages(published, born, day)
    yield from _of_care(person, day)
    if day in published.stretch_starts:
        yield _("A rule changes")
    if day in published.amount_days:
        yield _("An amount changes")


def _of_ages(published: Published, born: date, day: date) -> Iterator[str]:
    yield from (turning(age) for age in range(1, LAST_AGE + 1) if birthday(born, age) == day)
    for months in published.ages_in_months:
        if month_birthday(born, months) == day:
            yield _years_and_months(months)
    for number in published.days_to_18:
        if birthday(born, 18) - timedelta(days=number - 1) == day:
            yield _days_or_weeks(number - 1)
    for age in published.ages_on_31_august:
        if first_year_aged(born, age) == day:
            yield _("The September after you turn %(age)d") % {"age": age}


def _of_care(person: Situation, day: date) -> Iterator[str]:
    if person.care is None:
        if person.date_of_birth and (day - person.told_on).days == THIRTEEN_WEEKS:
            yield _("You may reach 13 weeks in care")
        return
    days = care_days(person, day)
    if days is not None and days.counted_day(THIRTEEN_WEEKS) == day:
        yield _("You reach 13 weeks in care")
    ends = [spell.end for spell in person.care if spell.end]
    if day in ends:
        yield _("You leave care")
    if day in [months_after(end, 6) for end in ends]:
        yield _("Six months after you left care")


def turning(age: int) -> str:
    """A birthday as a heading."""
    return _("You turn %(age)d") % {"age": age}


def _years_and_months(months: int) -> str:
    years, rest = divmod(months, 12)
    if not rest:
        return _("You are %(years)d old") % {"years": years}
    return _("You are %(years)d years and %(months)d months old") % {"years": years, "months": rest}


def _days_or_weeks(days: int) -> str:
    if days % _WEEK == 0:
        weeks = days // _WEEK
        words = ngettext("%(num)d week before you turn 18", "%(num)d weeks before you turn 18", weeks)
        return words % {"num": weeks}
    return ngettext("%(num)d day before you turn 18", "%(num)d days before you turn 18", days) % {"num": days}


def ages_said(person: Situation, day: date) -> str:
    """ "You will be 17 or 18.": how old they are on a later day, where an age is all we know; else ""."""
    ages = ages_by(person, day) if person.date_of_birth is None else ()
    if len(ages) > 1:
        return _("You will be %(one)d or %(other)d.") % {"one": ages[0], "other": ages[-1]}
    return _("You will be %(age)d.") % {"age": ages[0]} if ages else ""


def ahead(day: date, on: date) -> str:
    """Roughly how far off a later day is: "tomorrow", "in 12 days", "in 5 months", "in 3 years"."""
    days = (day - on).days
    if days <= 1:
        return _("tomorrow") if days == 1 else _("today")
    if days < 60:
        return _in(ngettext("in %(num)d day", "in %(num)d days", days), days)
    if days < 2 * _YEAR:
        months = round(days / _MONTH)
        return _in(ngettext("in %(num)d month", "in %(num)d months", months), months)
    years = int(days / _YEAR)
    return _in(ngettext("in %(num)d year", "in %(num)d years", years), years)


def _in(words: str, count: int) -> str:
    return words % {"num": count}


def status_said(change: StatusChange) -> Status:
    """In plain words; an open status says so."""
    option = FACTS["care_status"].option(change.after) if change.after else None
    if option is None:
        return Status(_("What you count as in law depends on things we do not know yet."), "")
    entry = _STATUS_ENTRIES.get(option.value)
    return Status(sentence(Phrase(option.you, {})), entry_href(entry) if entry else "")
