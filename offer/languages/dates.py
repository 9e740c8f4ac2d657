"""Days and months as a language says them (Unicode CLDR, by Babel). English stays the house's own."""

from datetime import date

from babel import Locale
from babel.dates import format_date

from offer.eligibility import wording
from offer.language import as_spoken, spoken
from offer.languages.known import ENGLISH


def said_day(day: date) -> str:
    """ "3 May 2032"; in Arabic "3 مايو 2032"."""
    if spoken() is ENGLISH:
        return wording.said_day(day)
    return as_spoken(format_date(day, "long", locale=Locale.parse(spoken().code)))


def said_month(day: date) -> str:
    """ "November 2026"."""
    if spoken() is ENGLISH:
        return wording.said_month(day)
    return as_spoken(format_date(day, "MMMM y", locale=Locale.parse(spoken().code)))
