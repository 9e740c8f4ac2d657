"""What keeps a document from being published, in plain words, each at the field it was typed into."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError

from offer.catalogue.documents import KINDS, record_of
from offer.staff.editing.read import Place, Read
from offer.staff.editing.spec import Spec, specs_of
from offer.staff.editing.typed import Typed

_SAID = "Value error, "
_FIELD = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
_QUOTED = re.compile(r"names '([^']*)' twice")


@dataclass(frozen=True, slots=True)
class FieldFault:
    """The name of the field, "" for the whole form, and what to do about it."""

    field: str
    words: str


# What the schema says of fields that do not fit together: the field to look at, and plain words.
_TOGETHER: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "review_by must not be before": ("review_by", "This is before the day it was last checked."),
        "a PO box only takes letters": (
            "address", "A PO box only takes letters: choose that as the kind of place.",
        ),
        "a virtual location is nowhere": (
            "location_type", "A place that is nowhere has no street and no postcode: take them out.",
        ),
        "a confidential location must not hold": (
            "confidential", "Take out the street, the postcode and how to find it: it stays private.",
        ),
        "a confidential location is shown as an area": (
            "areas", "Choose the districts it is shown as, since where it is stays private.",
        ),
        "age_before must be greater": ("age_before", "This must be above the first age."),
        "redirect_to must name another": ("redirect_to", "Choose another service than this one."),
        "an interval needs dtstart": (
            "dtstart", "Give a day in the first of those weeks or months, so that we can count from it.",
        ),
        "give both opens_at and closes_at": ("opens_at", "Give both times, or neither."),
        "valid_to must not be before": ("valid_to", "This is before the first day."),
        "a weekly schedule needs byday": (
            "byday", "Tick the days of the week, and leave the days of the month empty.",
        ),
        "a weekly schedule has plain days": (
            "byday", "“First Monday” and the like are for hours by the month: choose that under “How often”.",
        ),
        "a monthly schedule needs either": (
            "byday", "Give either days such as “First Monday”, or days of the month by number.",
        ),
        "a monthly schedule says which one": (
            "byday", "By the month, say which one: “First Monday”, “Last Friday”.",
        ),
        "a closure must not end before": ("end", "This is before the first day."),
        "write easy_read in English first": ("easy_read", "Write the English easy read first."),
        "a day of the month is 1 to 31": (
            "bymonthday", "A day of the month is 1 to 31, or -1 for the last.",
        ),
        "nobody could confirm must stay a draft": (
            "stage", "What nobody could confirm must stay a draft: choose “Draft”.",
        ),
        "an entry cannot be part of itself": ("part_of", "Choose another entry than this one."),
        "ends before it starts": ("end", "This is before the first day."),
        "it ends before it begins": ("ends", "This is before the first day."),
        "with a day on which it begins, say": (
            "strength", "With a first day, choose how strong it is from that day on.",
        ),
        "it begins after it was checked": (
            "in_force", "It begins after it was last checked: choose “Not yet” until its day has come.",
        ),
        "write the first amount as 'amount'": ("amount", "Write the amount that counts now first."),
        "count on the same days": ("more_amounts", "Two amounts count on the same days."),
    }
)  # fmt: skip
# What a text of the schema's pattern looks like, by the name of its field.
_LIKE = MappingProxyType(
    {
        "url": "A web address begins with https:// and has no blanks in it.",
        "website": "A web address begins with https:// and has no blanks in it.",
        "email": "Write an email address, such as team@council.example.",
        "postcode": "Write it in full, in capitals: LN1 1DD.",
        "number": "Write numbers and blanks only, such as 01522 555222.",
        "opens_at": "Write the time with four numbers: 09:00, 17:30.",
        "closes_at": "Write the time with four numbers: 09:00, 17:30.",
        "id": "Only small letters, numbers and single hyphens: council-tax-lincoln.",
        "areas": "We do not know one of these places. Type its name as the council writes it.",
        "byday": "We do not know one of these days. Write “First Monday” or “Last Friday”.",
        "authority": "Choose whose it is.",
        "part_of": "Choose from the list.",
    }
)


def faults_of(kind: str, done: Read, carried: Mapping[str, Any]) -> list[FieldFault]:
    """Everything that keeps the document from being published by itself, in the order of the schema."""
    model = KINDS[kind].model
    body = {name: value for name in model.model_fields for name, value in _held(name, done.body, carried)}
    try:
        document = record_of(kind, body).document
    except ValidationError as refused:
        found = [_schema_fault(model, done, dict(error)) for error in refused.errors()]
    else:
        found = [_said(done, fault.place, fault.reason) for fault in KINDS[kind].check(document)]
    return list(dict.fromkeys(found))


def _held(name: str, body: Mapping[str, Any], carried: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if name in body:
        yield name, body[name]
    elif name in carried:
        yield name, carried[name]


def _schema_fault(model: type[BaseModel], done: Read, error: Mapping[str, Any]) -> FieldFault:
    place, message = tuple(error["loc"]), str(error["msg"])
    if message.startswith(_SAID):
        return _said(done, place, message.removeprefix(_SAID))
    spec = _spec_at(specs_of(model), place)
    return FieldFault(_field_at(done, place), _words(spec, error))


def _said(done: Read, place: Place, reason: str) -> FieldFault:
    """A sentence of the schema's own: at the field it is about."""
    for part, (name, words) in _TOGETHER.items():
        if part in reason:
            at = place if place and place[-1] == name else (*place, name)
            return FieldFault(_field_at(done, at), words)
    if found := _QUOTED.search(reason):
        name = reason.split(" ", maxsplit=1)[0]
        return FieldFault(_field_at(done, (*place, name)), f"“{found[1]}” stands there twice.")
    return FieldFault(_field_at(done, place), _FIELD.sub(_spaced, reason[:1].upper() + reason[1:] + "."))


def _spaced(found: re.Match[str]) -> str:
    return f"“{found[0].replace('_', ' ')}”"


def _field_at(done: Read, place: Place) -> str:
    """The field a place was typed into, or the nearest around it."""
    for length in range(len(place), 0, -1):
        if place[:length] in done.fields:
            return done.fields[place[:length]]
    return str(place[0]) if place else ""


def _spec_at(specs: Sequence[Spec], place: Place) -> Spec | None:
    """The field of a place; numbers and languages lead into its parts."""
    found: Spec | None = None
    for step in place:
        named = next((each for each in specs if each.name == step), None)
        if named is not None:
            found, specs = named, named.parts
    return found


def _words(spec: Spec | None, error: Mapping[str, Any]) -> str:
    kind, limits = str(error["type"]), error.get("ctx", {})
    if kind == "missing":
        return _missing(spec)
    if kind == "string_too_long":
        return f"Keep it to {limits['max_length']} letters: it has {len(str(error['input']))}."
    if kind == "too_long":
        return f"That is too many: {limits['max_length']} at most."
    if kind == "too_short":
        return "Give at least one."
    if kind.startswith("date"):
        return "That is no day. Write it in numbers: 27 3 2027."
    if kind in ("int_parsing", "int_type", "int_from_float"):
        return "Write a number only."
    if "ge" in limits or "le" in limits:
        return _range(limits)
    name = spec.name if spec else ""
    return _LIKE.get(name, "Choose one." if kind == "literal_error" else "This cannot stand here.")


def _missing(spec: Spec | None) -> str:
    if spec is None:
        return "This is still missing."
    if spec.widget in ("choice", "yesno", "picks"):
        return "Choose one."
    return "Give the day." if spec.widget == "day" else "This is still empty."


def _range(limits: Mapping[str, Any]) -> str:
    if "ge" in limits:
        return f"This must be {limits['ge']} or more."
    return f"This must be {limits['le']} or less."


def unknown_fields(specs: Sequence[Spec], typed: Typed) -> list[str]:
    """Names that no field of the form has."""
    return [name for name in typed if not _known(specs, name.split("."))]


def _known(specs: Sequence[Spec], steps: Sequence[str]) -> bool:
    spec = next((each for each in specs if each.name == steps[0]), None)
    rest = steps[1:]
    if spec is None:
        return False
    if spec.widget == "group":
        return bool(rest) and _known(spec.parts, rest)
    if spec.widget in ("records", "languages"):
        return len(rest) > 1 and _numbered(spec, rest[0]) and _known(spec.parts, rest[1:])
    if spec.widget == "boxes":
        return len(rest) == 1 and _numbered(spec, rest[0])
    if spec.widget == "day":
        return len(rest) == 1 and rest[0] in ("day", "month", "year")
    return not rest or (spec.widget == "picks" and list(rest) == ["more"])


def _numbered(spec: Spec, step: str) -> bool:
    if spec.widget == "languages":
        return step in spec.words.choices
    return step.isascii() and step.isdigit() and len(step) < 6
