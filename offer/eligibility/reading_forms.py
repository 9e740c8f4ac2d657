"""From what somebody typed or ticked to the value `read_situation` expects.

What cannot be understood is handed on as it was typed, so that the one place which
refuses values also words the refusal.
"""

from __future__ import annotations

import re
from decimal import Decimal

from offer.eligibility.facts import FACTS

UNSURE = frozenset({"", "unknown", "unsaid"})  # not said, do not know, would rather not say: all unknown
_TICKED = {"true": True, "yes": True, "false": False, "no": False}
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")


def typed(name: str, text: str) -> object:
    """One form answer as a raw fact; None = unknown. An unheard-of name keeps its text."""
    text = text.strip()
    if text.lower() in UNSURE:
        return None
    fact = FACTS.get(name)
    if fact is None:
        return text
    if fact.type == "bool":
        return _TICKED.get(text.lower(), text)
    if fact.type == "date":
        return typed_date(text)
    return _number(text, money=fact.unit == "pence") if fact.type == "int" else text


def typed_date(text: str) -> str:
    """A British date such as 10/3/2007 as 2007-03-10; anything else unchanged."""
    found = _DAY_FIRST.fullmatch(text.strip())
    if found is None:
        return text.strip()
    day, month, year = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}"


def _number(text: str, *, money: bool) -> object:
    plain = text.replace(",", "").removeprefix("£").strip() if money else text
    if re.fullmatch(r"-?[0-9]{1,15}", plain):
        return int(plain)
    return Decimal(plain) if money and re.fullmatch(r"[0-9]{1,15}\.[0-9]+", plain) else text
