"""A district's rule as answers to the same questions, so that two districts can stand side by side.

What was not found is an answer too: it says so, and that one has to ask.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from offer.council_tax import is_weak
from offer.council_tax_words import ordinal, whose_words
from offer.entitlements.schema import ParameterRow
from offer.language import gettext as _
from offer.language import later
from offer.languages.phrases import said

_SHARED = re.compile(r"shar|other|second adult|partner|two of you|joint", re.IGNORECASE)
_CALLED = {
    "exemption": later("Its source calls it an exemption: you are let off the bill."),
    "discount": later("Its source calls it a discount: it comes off the bill."),
    "reduction": later("Its source calls it a reduction: it comes off the bill."),
    "refund": later("Its source calls it a refund: you pay first and get it back."),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One question about a rule and its answer. `found` is False where we did not find it."""

    question: str
    answer: str
    found: bool = True


def strong(rows: Sequence[ParameterRow]) -> tuple[ParameterRow, ...]:
    """The rows of which more than the existence is known; the one that stops first first."""
    return tuple(row for row in rows if not is_weak(row))


def facts_of_rows(rows: Sequence[ParameterRow], upper: str) -> tuple[Fact, ...]:
    """The answers of the rows in force; () where nothing but existence is known.

    `upper`: the council with the leaving care team, as in "Lincolnshire".
    """
    known = strong(rows)
    if not known:
        return ()
    return (_until(known), _off(known), _whose(known[0], upper), _shared(known), _called(known))


def _until(rows: Sequence[ParameterRow]) -> Fact:
    question = _("Until when")
    first, last = rows[0].age_before, rows[-1].age_before
    if first is None:
        return Fact(question, _("We did not find the age at which it stops. Ask."), found=False)
    if last is not None and last > first:
        words = _("Your %(first)s birthday. Until your %(last)s it may go on: ask.")
        return Fact(question, words % {"first": said(ordinal(first)), "last": said(ordinal(last))})
    return Fact(question, _("Your %(first)s birthday.") % {"first": said(ordinal(first))})


def _off(rows: Sequence[ParameterRow]) -> Fact:
    question = _("How much comes off")
    bands = [band for row in rows for band in row.bands]
    if bands:
        return Fact(question, " ".join(f"{band[:1].upper()}{band[1:]}." for band in bands))
    percent = rows[0].percent
    if percent is None:
        return Fact(question, _("We did not find how much. Ask."), found=False)
    if percent == 100:
        return Fact(question, _("Up to all of the bill (100%)."))
    return Fact(question, _("Up to %(percent)s%% of the bill.") % {"percent": percent})


def _whose(row: ParameterRow, upper: str) -> Fact:
    return Fact(_("Whose care leavers"), whose_words(row.who, upper), found=row.who != "not-stated")


def _shared(rows: Sequence[ParameterRow]) -> Fact:
    """From the bands that tell, else from the sentences of the notes that do."""
    bands = [f"{band[:1].upper()}{band[1:]}." for row in rows for band in row.bands if _SHARED.search(band)]
    notes = [part for row in rows for part in re.split(r"(?<=\.) ", row.note or "") if _SHARED.search(part)]
    told = bands or [note for note in notes if re.search(r"share|partner|adults live", note)]
    question = _("If you share your home")
    if told:
        return Fact(question, " ".join(told))
    return Fact(question, _("We did not find what sharing changes. Ask before you share."), found=False)


def _called(rows: Sequence[ParameterRow]) -> Fact:
    question = _("Off the bill, or paid back")
    called = next((row.given_as for row in rows if row.given_as), None)
    if called:
        return Fact(question, _(_CALLED[called]))
    return Fact(question, _("We did not find if it comes off the bill or is paid back. Ask."), found=False)
