"""Faults of the core put beside the field of a form, in words that name no fact of the registry."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from offer.eligibility.facts import FACTS
from offer.eligibility.situation import Fault
from offer.language import gettext as _
from offer.language import later

_FIELD_OF = {
    "date_of_birth": "dob-day",
    "course_ends_on": "course_ends_on-day",
    "release_date": "release_date-day",
    "lives_in": "place",
    "residence_nation": "place",
    "postcode": "place",
    "responsible_authority_nation": "responsible_authority",
    "care": "care-1-start-day",
}
_CALLED = {
    "age_years": later("Your age"),
    "date_of_birth": later("Your date of birth"),
    "lives_in": later("Where you live"),
    "responsible_authority": later("The council that looked after you"),
}
_IN_BRACKETS = re.compile(rf" \((?:{'|'.join(FACTS)}|{'|'.join(('adopted_on',))})\)")
_QUOTED = re.compile("“([a-z0-9_]+)”")


@dataclass(frozen=True, slots=True)
class FormFault:
    """One thing to put right: the id of the field, and what to do."""

    field: str
    text: str


def form_faults(faults: Sequence[Fault], spells: Sequence[int] = ()) -> list[FormFault]:
    """The faults of the core beside their fields. `spells`: which boxes the times in care came from."""
    return [FormFault(_field(fault.pointer, spells), plain_words(fault.detail)) for fault in faults]


def plain_words(detail: str) -> str:
    """The sentence without the names that only machines use."""
    text = _IN_BRACKETS.sub("", detail)
    return _QUOTED.sub(lambda found: _(_CALLED.get(found[1], later("This answer"))), text)


def _field(pointer: str, spells: Sequence[int]) -> str:
    fact, *rest = pointer.removeprefix("/facts/").split("/")
    if fact == "care" and rest and rest[0].isdigit() and int(rest[0]) < len(spells):
        end = "end" if rest[1:] == ["end"] else "start"
        return f"care-{spells[int(rest[0])]}-{end}-day"
    return _FIELD_OF.get(fact, fact)
