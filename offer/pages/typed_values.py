"""Dates and numbers as people type them: "3", "March", "07"; "£1,200". Faults in plain words."""

import re
from calendar import monthrange
from datetime import date

from directory.phrase import listed
from offer.eligibility.fact import Fact
from offer.language import gettext as _
from offer.language import later
from offer.languages.phrases import said

PARTS = ("day", "month", "year")
_TOO = {"day": later("the day"), "month": later("the month"), "year": later("the year")}
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_FEWEST_LETTERS = 3
_POUNDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")


class TypingFault(ValueError):  # noqa: N818 - the word used throughout for what a person can put right
    """What was typed cannot be read; the text says what is wrong and what to do."""


def typed_date(parts: tuple[str, str, str], called: str) -> str | None:
    """A date in ISO form from its three boxes; None when all are empty. Raises TypingFault."""
    if not any(parts):
        return None
    missing = [word for word, text in zip(PARTS, parts, strict=True) if not text]
    if missing:
        given = said(listed([_(_TOO[word]) for word in missing], "and"))
        raise TypingFault(_("For %(date)s, give %(parts)s too.") % {"date": called, "parts": given})
    day, month, year = _whole(parts[0]), _month(parts[1]), _whole(parts[2])
    if day is None or month is None or year is None:
        raise TypingFault(_("Write %(date)s in numbers, such as 27 3 2007.") % {"date": called})
    if len(parts[2]) != 4:
        raise TypingFault(
            _("For %(date)s, write the year with four figures, such as 2007.") % {"date": called}
        )
    if not 1 <= month <= 12:
        raise TypingFault(_("Check %(date)s: there is no such month.") % {"date": called})
    if year < 1 or not 1 <= day <= monthrange(year, month)[1]:
        raise TypingFault(_("Check %(date)s: there is no such day.") % {"date": called})
    return date(year, month, day).isoformat()


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _month(text: str) -> int | None:
    """A month by its number or its name: "3", "march", "Mar"."""
    name = text.casefold().rstrip(".")
    if len(name) >= _FEWEST_LETTERS and not name.isdigit():
        return next((n for n, month in enumerate(_MONTHS, 1) if month.startswith(name[:9])), None)
    return _whole(text)


def typed_number(fact: Fact, text: str) -> int | float:
    """A whole number, or pounds for money. Raises TypingFault."""
    plain = text.replace(",", "").replace("£", "").replace(" ", "")
    if fact.unit == "pence":
        if not _POUNDS.fullmatch(plain):
            raise TypingFault(_("Write an amount in pounds, such as 195 or 195.50."))
        return float(plain)
    if not plain.isascii() or not plain.isdigit() or len(plain) > 6:
        example = "19" if fact.unit == "years" else "6"
        raise TypingFault(_("Write this as a whole number, such as %(example)s.") % {"example": example})
    return int(plain)
