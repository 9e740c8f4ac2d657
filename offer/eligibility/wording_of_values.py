"""One known fact said to the person, and two that do not fit together: the words of a fault."""

from __future__ import annotations

from datetime import date

from offer.eligibility.fact import Fact, Value
from offer.eligibility.facts import FACTS
from offer.eligibility.situation_parts import Fault, Situation

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def said(fact: Fact, value: Value) -> str:
    """The clause, without capital or full stop."""
    if isinstance(value, bool):
        return fact.yes if value else fact.no
    if fact.type == "choice":
        option = fact.option(str(value))
        return option.you if option is not None else str(value)
    return fact.yes.replace("{value}", amount(fact, value))


def amount(fact: Fact, value: Value) -> str:
    """A number with its unit, a date in words, or a code as it is."""
    if isinstance(value, date):
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    if not isinstance(value, int):
        return str(value)
    if fact.unit == "pence":
        pounds, pence = divmod(value, 100)
        return f"£{pounds:,}.{pence:02d}" if pence else f"£{pounds:,}"
    if fact.unit == "years":
        return _counted(value, "year") if fact.name == "he_course_academic_years" else str(value)
    return _counted(value, {"months": "month", "days": "day"}.get(fact.unit or "", ""))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if abs(number) == 1 else f"{number:,} {noun}s" if noun else f"{number:,}"


def told_as(situation: Situation, name: str) -> str:
    """A plain fact that was told, as a clause."""
    return said(FACTS[name], situation.facts[name])


def fault_at(name: str, detail: str) -> Fault:
    """A fault of one fact."""
    return Fault(f"/facts/{name}", detail)


def both(first: str, second: str, one: str, other: str) -> Fault:
    """A fault at the second fact that names both, in words and by name."""
    return fault_at(
        second, f"These two answers do not fit together: {one} ({first}), but {other} ({second})."
    )
