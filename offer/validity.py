"""The dates of a law in an answer: the reason they give, and the words for what is still coming."""

from collections.abc import Iterator
from datetime import date

from directory.phrase import phrase, together
from offer.eligibility.dates import ONE_DAY
from offer.eligibility.wording import said_day
from offer.entitlements.in_force import standing
from offer.entitlements.schema import Entitlement
from offer.outcome_parts import Reason

BEGINS, ENDS = "begins", "ends"  # ids of these reasons, beside the ids of a rule's conditions
TOO_LATE = phrase("By then it would not fit you any more.")
THIS_IS_COMING = phrase("This is coming.")
_NO_DATE = phrase("We found no start date.")


def validity_reasons(entry: Entitlement, on: date) -> Iterator[Reason]:
    """What its dates say on a day: one reason for its start, one for its end.

    `holds` is None where no start date is known: nobody can tell when it will be true.
    """
    cite = _cite(entry)
    if entry.begins is not None:
        begun = on >= entry.begins
        day = said_day(entry.begins)
        started = phrase("It started on %(day)s.", day=day) if begun else _starts(day)
        yield Reason(BEGINS, started, begun, cite)
    elif entry.in_force != "yes":
        yield Reason(BEGINS, _NO_DATE, None, cite)
    if entry.ends is not None:
        runs = on < entry.ends
        last = said_day(entry.ends - ONE_DAY)
        text = (
            phrase("It runs until %(day)s.", day=last) if runs else phrase("It ended on %(day)s.", day=last)
        )
        yield Reason(ENDS, text, runs, cite)


def _starts(day: str) -> str:
    return phrase("It starts on %(day)s.", day=day)


def _cite(entry: Entitlement) -> str | None:
    """Where the dates were read: the law itself, or where there is none the first source."""
    laws = [law.cite for law in entry.legal_basis] or [source.name for source in entry.sources]
    return laws[0] if laws else None


def against(entry: Entitlement, on: date) -> tuple[Reason, ...]:
    """Why its dates keep it from being a yes; empty while it is in force. What ended says that alone."""
    stands = standing(entry, on)
    if stands == "in-force":
        return ()
    wanted = BEGINS if stands == "coming" else ENDS
    return tuple(reason for reason in validity_reasons(entry, on) if reason.id == wanted)


def coming_words(entry: Entitlement, on: date) -> str:
    """For an entry still to come: "This is coming. It starts on 1 April 2027." and its own words; else ""."""
    if standing(entry, on) != "coming":
        return ""
    return together(THIS_IS_COMING, coming_when(entry))


def coming_when(entry: Entitlement) -> str:
    """When an entry still to come starts, and its own words on that."""
    when = _starts(said_day(entry.begins)) if entry.begins else _NO_DATE
    return together(when, entry.coming or "")
