"""Days an entry starts or stops, in words: birthdays as what they are."""

from datetime import date

from offer.answer_parts import Outcome
from offer.eligibility.dates import age_in_years, birthday
from offer.language import gettext as _
from offer.languages.dates import said_day

_YEARS = range(16, 28)


def until_words(outcome: Outcome, born: date | None) -> str:
    """When it stops: "Until you turn 25, on 3 May 2032"; "" where time alone does not stop it.

    A yes that becomes a might first: "Yes until you turn 21. After that it depends, until you turn 25".
    """
    stops = _until(outcome.until, outcome.until_age, born)
    sure = _until(outcome.sure_until, outcome.sure_until_age, born)
    if sure and stops:
        return _("Yes until %(sure)s. After that it depends, until %(end)s") % {"sure": sure, "end": stops}
    if sure:
        return _("Yes until %(sure)s. After that it depends") % {"sure": sure}
    return _("Until %(end)s") % {"end": stops} if stops else ""


def _until(day: date | None, years: int | None, born: date | None) -> str:
    """What follows "until": "you turn 25, on 3 May 2032"."""
    if day is not None:
        age = _age_reached(day, born)
        said = said_day(day)
        return _("you turn %(age)s, on %(day)s") % {"age": age, "day": said} if age else said
    return _("you turn %(age)s") % {"age": years} if years else ""


def from_words(start: date | None, born: date | None) -> str:
    """When it starts: "Starts when you turn 21, on 3 May 2028"; "" where time alone does not start it."""
    if start is None:
        return ""
    age = _age_reached(start, born)
    said = said_day(start)
    if age:
        return _("Starts when you turn %(age)s, on %(day)s") % {"age": age, "day": said}
    return _("Starts on %(day)s") % {"day": said}


def _age_reached(day: date, born: date | None) -> int | None:
    """The age whose birthday that day is, if it is one."""
    if born is None:
        return None
    years = age_in_years(born, day)
    return years if years in _YEARS and birthday(born, years) == day else None
