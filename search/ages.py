"""An age said in a search: "council tax 22", "im 17", "turning 21", "before my 25th birthday" (no age).

One whole number from 14 to 30 is an age unless the words beside it say otherwise: a sum, a range, a limit
("under 25", "after 18"), a length of time, a section of an Act, the number of a bus.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

YOUNGEST_SAID, OLDEST_SAID = 14, 30

_NUMBER = re.compile(
    r"(?<![\w£$€.,:/+–-])"
    r"(?P<age>1[4-9]|2\d|30)"
    r"(?P<tail>(?:th|st|nd|rd)?\s*(?:birthday|bday)|\s*(?:yo|y/o|yrs?\s+old|years?\s+old|year\s+olds?)\b)?"
    r"(?![\w%£+–/-])(?![.,:]\d)",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:under|over|before|after|to|from|until|till|til|below|above|past|than|since|by|between|and|or|section|sec|s"
    r"|level|band|grade|year|week|day|room|flat|number|no|bus|route|form|page|step|unit)(?:\s+my)?\s*$",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"^\s*(?:to|pounds?|quid|gbp|pence|hours?|hrs?|days?|weeks?|wks?|months?|mins?|minutes?|miles?|years?|yrs?"
    r"|percent|per\s+cent|plus|pm|am\s*\b(?!i))\b",
    re.IGNORECASE,
)
_ONE_OF_TWO = re.compile(r"^\s*(?:and|or)\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:i\s+am|im|i'm|i’m|aged?|turning|turn|turned|turns|nearly|almost|about\s+to\s+be|just)\s*$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\b(?:i\s+am|im|i'm|i’m|aged?|turning|turn|turned|turns)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SaidAge:
    """An age in completed years and where in the text it was said."""

    age: int
    start: int
    end: int


def said_age(text: str) -> SaidAge | None:
    """The age said in `text`; None where there is none, or more than one that it could be."""
    found = [match for match in _NUMBER.finditer(text) if _is_age(text, match)]
    certain = [match for match in found if match["tail"] or _SAID.search(text[: match.start()])]
    chosen = certain or found
    if len(chosen) != 1:
        return None
    match = chosen[0]
    lead = _LEAD.search(text[: match.start()])
    return SaidAge(int(match["age"]), lead.start() if lead else match.start(), match.end())


def _is_age(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if _LIMIT.search(before):
        return False
    if match["tail"]:
        return True
    return not _MEASURE.search(after) and bool(_SAID.search(before) or not _ONE_OF_TWO.search(after))
