"""The form of one term or amount, filled in: from the row it changes, or with what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from offer.eligibility.wording import Names
from offer.pages.staff.term_fields import Typed, amount_boxes, term_boxes
from offer.staff import terms
from offer.staff.rule_form.place_words import PlaceWords

DEEDS = {
    "from": "Change from a date",
    "right": "Put right",
    "add": "Add a place",
    "amount-from": "New amount from a date",
    "amount-right": "Put the amount right",
    "amount-add": "Add an amount",
}


@dataclass(frozen=True, slots=True)
class TermForm:
    """The open form. `deed`: one of DEEDS; `about`: what it changes, in words; `typed`: its boxes."""

    deed: str
    title: str
    row: str
    about: str
    typed: Typed

    @property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """Each fault as the id of its box and its words."""
        return tuple((_box_id(name), words) for name, words in self.typed.faults.items())


def opened_form(
    body: Mapping[str, Any], deed: str, row: str, places: PlaceWords, names: Names, on: date
) -> TermForm | None:
    """The form with the row in it; "from a date" asks anew for what is new. None for no such row."""
    fresh = {} if deed.endswith("right") else {"start": None, "end": None, "since": None}
    if deed.startswith("amount"):
        old = terms.amount_with(terms.amounts_of(body), row) or {}
        return form_of(body, deed, row, amount_boxes({**old, **fresh}), names)
    found = terms.row_with(body.get("terms", []), row)
    if found is None and deed != "add":
        return None
    checked = {} if deed == "right" else {"checked_on": on.isoformat()}
    return form_of(body, deed, row, term_boxes({**(found or {}), **fresh, **checked}, places), names)


def form_of(body: Mapping[str, Any], deed: str, row: str, typed: Typed, names: Names) -> TermForm:
    """The form of a deed with these boxes."""
    held = terms.row_with(body.get("terms", []), row)
    about = names.get(held["area"], held["area"]) if held else ""
    return TermForm(deed, f"{DEEDS[deed]}: {about}" if about else DEEDS[deed], row, about, typed)


def _box_id(name: str) -> str:
    return f"{name}-day" if name in ("start", "end", "checked_on") else name
