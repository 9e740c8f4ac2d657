"""Days, months and times as a language says them (Unicode CLDR, by Babel). English stays the house's own."""

from collections.abc import Mapping
from datetime import date, time

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time

from directory.phrase import DayForm, clock_phrase, day_phrase
from offer.language import as_spoken, spoken
from offer.languages.known import ENGLISH

_SKELETONS: Mapping[DayForm, str] = {"weekday": "MMMMEEEEd", "weekday and year": "yMMMMEEEEd"}
_PATTERNS: Mapping[DayForm, str] = {"day": "long", "month": "MMMM y", "name": "EEEE"}


def said_day(day: date) -> str:
    """ "3 May 2032"; in Arabic "3 مايو 2032"."""
    return said_date(day, "day")


def said_month(day: date) -> str:
    """ "November 2026"."""
    return said_date(day, "month")


def said_date(day: date, form: DayForm) -> str:
    """A day in one of the forms of `day_phrase`."""
    if spoken() is ENGLISH:
        return day_phrase(day, form)
    locale = Locale.parse(spoken().code)
    if form in _SKELETONS:
        return as_spoken(format_skeleton(_SKELETONS[form], day, locale=locale))
    return as_spoken(format_date(day, _PATTERNS[form], locale=locale))


def said_time(moment: time) -> str:
    """ "9am"; in Arabic "9:00 ص"."""
    if spoken() is ENGLISH:
        return clock_phrase(moment)
    return as_spoken(format_time(moment, "short", locale=Locale.parse(spoken().code)))
