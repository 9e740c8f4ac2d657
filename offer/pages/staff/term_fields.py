"""The boxes of one term or amount: filled from a row, and read back with every fault at its box."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData

from offer.entitlements.schema import Amount, ParameterRow, Source
from offer.pages.staff.view import said
from offer.pages.typed_values import PARTS, TypingFault, typed_date
from offer.staff.rule_form.numbers import NumberFault
from offer.staff.rule_form.place_words import LIVES_IN, PlaceFault, PlaceWords

WHO = {
    "own": "Its own care leavers only",
    "any": "Any care leaver who lives there",
    "own-and-neighbours": "Its own and those of councils nearby",
    "not-stated": "Not stated",
}
GIVEN_AS = {
    "": "Not said", "exemption": "Exemption", "discount": "Discount", "reduction": "Reduction",
    "refund": "Refund",
}  # fmt: skip
SURE = {
    "found in source": "Read on a public page",
    "council paper": "Known from a council paper",
    "partly": "Only a part could be confirmed",
    "existence only": "We only know that there is something",
}
NOWHERE = "E00000000"  # stands for a district while its name cannot be read
DAYS = ("start", "end", "checked_on")
_LISTS = ("bands", "asks")
_CALLED = {"start": "the first day", "end": "the last day", "checked_on": "the day it was checked"}
_TERM_TEXTS = ("since", "age_before", "percent", "who", "given_as", "confidence", "source", "note")
_WRONG = {
    "age_before": "Write the age in figures, from 16 to 30.",
    "percent": "Write how much comes off in figures, from 0 to 100.",
    "source": "Write where you read it, in 400 letters at most: the address of the page, or a paper.",
    "checked_on": "Write the day on which you read it.",
    "text": "Write the amount as people read it: “£3,000, once”.",
    "url": "Write the whole address, from https:// on.",
}


@dataclass(slots=True)
class Typed:
    """What was typed, by the name of the box; lists one a line. `faults`: by the name of the box."""

    values: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)


def term_boxes(row: Mapping[str, Any], places: PlaceWords) -> Typed:
    """The boxes of a row."""
    values = _texts(row, _TERM_TEXTS) | {name: "\n".join(row.get(name, ())) for name in _LISTS}
    area = places.said([row["area"]], LIVES_IN) if row.get("area") else ""
    values["who"] = values["who"] or "not-stated"
    return Typed({**values, "area": area, **_days(row)})


def amount_boxes(row: Mapping[str, Any]) -> Typed:
    """The boxes of an amount."""
    pence = row.get("pence")
    pounds = "" if pence is None else f"{pence // 100}.{pence % 100:02}" if pence % 100 else str(pence // 100)
    return Typed({**_texts(row, ("text", "per", "applies_to")), "pounds": pounds, **_days(row)})


def _texts(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    return {name: "" if row.get(name) is None else str(row[name]) for name in names}


def _days(row: Mapping[str, Any]) -> dict[str, str]:
    boxes: dict[str, str] = {}
    for name in DAYS:
        parts = str(row.get(name) or "--").split("-")[::-1]
        boxes |= {f"{name}-{part}": text.lstrip("0") for part, text in zip(PARTS, parts, strict=False)}
    return boxes


def read_term(form: FormData, places: PlaceWords, area: str) -> tuple[dict[str, Any], Typed]:
    """A row as it was typed, and the boxes with their faults. `area`: its code, "" to read its box."""
    typed = _typed(form, (*_TERM_TEXTS, *_LISTS, "area"))
    row: dict[str, Any] = {name: typed.values[name] or None for name in _TERM_TEXTS}
    row |= {name: _whole(typed.values[name]) for name in ("age_before", "percent")}
    row |= {name: [line for line in typed.values[name].splitlines() if line] for name in _LISTS}
    row |= _read_days(typed)
    row["area"] = area or _area(typed, places)
    _check(ParameterRow, row, typed)
    return {name: value for name, value in row.items() if value not in (None, [])}, typed


def read_amount(form: FormData) -> tuple[dict[str, Any], Typed]:
    """An amount as it was typed, and the boxes with their faults."""
    typed = _typed(form, ("text", "pounds", "per", "applies_to", "source_name", "source_url"))
    row: dict[str, Any] = {name: typed.values[name] or None for name in ("text", "per", "applies_to")}
    row |= _read_days(typed)
    row.pop("checked_on")
    try:
        row["pence"] = _pence(typed.values["pounds"])
    except NumberFault as fault:
        typed.faults["pounds"] = str(fault)
    _check(Amount, row, typed)
    return {name: value for name, value in row.items() if value is not None}, typed


def read_source(typed: Typed, seen: str) -> dict[str, Any] | None:
    """Where an amount was read, to be added to the entry's sources; None where nothing was typed."""
    row = {"name": typed.values["source_name"], "url": typed.values["source_url"] or None, "seen": seen}
    if not row["name"] and not row["url"]:
        return None
    row["name"] = row["name"] or row["url"]
    try:
        Source.model_validate(row)
    except ValidationError:
        typed.faults["source_url"] = _WRONG["url"]
    return {name: value for name, value in row.items() if value is not None}


def _typed(form: FormData, names: Iterable[str]) -> Typed:
    held = {name: said(form, name, 3000).replace("\r\n", "\n") for name in names}
    held |= {f"{name}-{part}": said(form, f"{name}-{part}", 12) for name in DAYS for part in PARTS}
    return Typed(held)


def _read_days(typed: Typed) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name in DAYS:
        day, month, year = (typed.values[f"{name}-{part}"] for part in PARTS)
        try:
            found[name] = typed_date((day, month, year), _CALLED[name])
        except TypingFault as fault:
            typed.faults[name], found[name] = str(fault), None
    return found


def _whole(text: str) -> int | str | None:
    plain = text.removesuffix("%").strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 5 else plain or None


def _pence(text: str) -> int | None:
    plain = text.replace(",", "").replace("£", "").strip()
    pounds, _, rest = plain.partition(".")
    if not plain:
        return None
    if not (
        plain.isascii()
        and pounds.isdigit()
        and len(pounds) < 9
        and (not rest or (rest.isdigit() and len(rest) == 2))
    ):
        raise NumberFault("Write one figure in pounds, such as 3000 or 8.50; or leave it empty.")
    return int(pounds) * 100 + int(rest or 0)


def _area(typed: Typed, places: PlaceWords) -> str:
    try:
        codes = places.read(typed.values["area"], LIVES_IN)
    except PlaceFault as fault:
        typed.faults["area"] = str(fault)
        return NOWHERE
    if len(codes) != 1:
        typed.faults["area"] = "Write the name of one district."
    return codes[0] if codes else NOWHERE


def _check(model: type[BaseModel], row: Mapping[str, Any], typed: Typed) -> None:
    """Faults of the schema, each at its box; a box with a fault already keeps it."""
    try:
        model.model_validate({name: value for name, value in row.items() if value not in (None, [])})
    except ValidationError as refused:
        for each in refused.errors():
            name = str(each["loc"][0]) if each["loc"] else ""
            typed.faults.setdefault(
                name, _WRONG.get(name, "This cannot stand here. Write it shorter, or choose again.")
            )
    start, end = row.get("start"), row.get("end")
    if start and end and end <= start:
        typed.faults.setdefault("end", "This is not after the first day.")
