"""What saving the one form of the terms page makes of the entry: pure, from what was typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData

from offer.clock import today
from offer.eligibility.wording import Names
from offer.pages.staff.term_fields import Typed, read_amount, read_source, read_term
from offer.staff import terms
from offer.staff.rule_form.place_words import PlaceWords
from offer.staff.terms import Row, TermFault

GONE = "Somebody changed or took out this row meanwhile. Begin again from the table."


def changed_terms(
    body: Mapping[str, Any], form: FormData, deed: str, row: str, places: PlaceWords, names: Names
) -> tuple[dict[str, Any], Typed]:
    """The terms after the form, and its boxes with their faults. Raises TermFault."""
    rows = body.get("terms", [])
    old = terms.row_with(rows, row)
    if old is None and deed != "add":
        raise TermFault(GONE)
    if deed == "out":
        return {"terms": terms.without(rows, old or {}) or None}, Typed({})
    new, typed = read_term(form, places, old["area"] if old else "")
    if typed.faults:
        return {}, typed
    found = _with_term(rows, old, new, deed, typed)
    own = [each for each in found if each["area"] == new["area"]]
    for words in terms.told_overlaps(own, names):
        typed.faults.setdefault("start", words)
    return {"terms": found}, typed


def _with_term(rows: Sequence[Row], old: Row | None, new: Row, deed: str, typed: Typed) -> list[Row]:
    if old is None:
        return terms.added(rows, new)
    if deed == "right":
        return terms.put_right(rows, old, new)
    if not new.get("start"):
        typed.faults["start"] = "Write the day from which the new row counts."
        return list(rows)
    return terms.from_day(rows, old, new, new["start"])


def changed_amounts(
    body: Mapping[str, Any], form: FormData, deed: str, row: str
) -> tuple[dict[str, Any], Typed]:
    """The amounts, and the sources where one was given, after the form, and its boxes with their faults.

    Raises TermFault.
    """
    held = terms.amounts_of(body)
    old = terms.amount_with(held, row)
    if old is None and deed != "add":
        raise TermFault(GONE)
    if deed == "out":
        return terms.with_amounts([each for each in held if each is not old]), Typed({})
    new, typed = read_amount(form)
    source = read_source(typed, today().isoformat())
    if typed.faults:
        return {}, typed
    if deed == "from" and not new.get("start"):
        typed.faults["start"] = "Write the day from which the new amount counts."
        return {}, typed
    if old is None:
        found = [*held, new]
    elif deed == "right":
        found = [new if each is old else each for each in held]
    else:
        found = terms.amount_from_day(held, old, new, new["start"])
    _check_amounts(found, typed)
    sources = {"sources": [*body.get("sources", ()), source]} if source else {}
    return {**terms.with_amounts(found), **sources}, typed


def _check_amounts(found: Sequence[Row], typed: Typed) -> None:
    spans = [{**each, "area": "Amounts"} for each in found]
    for words in terms.told_overlaps(spans, {}):
        typed.faults.setdefault("start", words.replace("row", "amount"))
