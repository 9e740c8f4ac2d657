"""The body of what was typed. What no field can mean is kept as it was typed, so that it is never lost.

Blank boxes and blank records are left out, and so is what stands at its default, as in every kept body.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from offer.staff.editing.spec import Spec
from offer.staff.editing.typed import DAY_PARTS, Typed, numbers_of, one

Place = tuple[str | int, ...]  # where in the body: ("sources", 0, "url")
MORE = "more"  # the box beside ticks into which others are typed by name
_BLANKS = re.compile(r"\s+")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_POUNDS = re.compile(r"£?\s*([0-9][0-9,]{0,12})(?:\.([0-9]{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Read:
    """The body, and the name of the field that each place of it was typed into."""

    body: dict[str, Any]
    fields: Mapping[Place, str]


@dataclass(frozen=True, slots=True)
class Names:
    """Words for values that people type by name, such as a district's: by what is asked ("areas")."""

    values: Mapping[str, Mapping[str, str]]  # ("areas" → ("north kesteven" → "E07000139"))

    def value(self, options: str, typed: str) -> str:
        """The value of a name; what was typed where we know none."""
        return self.values.get(options, {}).get(typed.casefold(), typed)


NO_NAMES = Names({})


def read(specs: Sequence[Spec], typed: Typed, names: Names = NO_NAMES) -> Read:
    """Whatever the form holds, as a body in the schema's order. It may have faults."""
    fields: dict[Place, str] = {}
    return Read(_Reader(typed, names, fields).record(specs, "", ()), fields)


@dataclass(frozen=True, slots=True)
class _Reader:
    typed: Typed
    names: Names
    fields: dict[Place, str]

    def record(self, specs: Sequence[Spec], before: str, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for spec in specs:
            value = self.value(spec, before + spec.name, (*place, spec.name))
            self.fields[(*place, spec.name)] = before + spec.name
            if value is None and spec.required and spec.widget in ("records", "boxes", "lines", "picks"):
                value = []
            if value is not None and (spec.required or value != spec.default):
                found[spec.name] = value
        return found

    def value(self, spec: Spec, name: str, place: Place) -> Any:
        """None for a blank."""
        if spec.widget == "group":
            return _unless_blank(self.record(spec.parts, f"{name}.", place))
        if spec.widget in ("records", "boxes"):
            return self.items(spec, name, place) or None
        if spec.widget == "languages":
            codes = numbers_of(self.typed, name)
            return {
                each: self.record(spec.parts, f"{name}.{each}.", (*place, each)) for each in codes
            } or None
        if spec.widget == "picks":
            return self.picks(spec, name) or None
        if spec.widget == "day":
            return _day([one(self.typed, f"{name}.{part}").strip() for part in DAY_PARTS])
        return _leaf(spec, one(self.typed, name))

    def items(self, spec: Spec, name: str, place: Place) -> list[Any]:
        found: list[Any] = []
        for number in numbers_of(self.typed, name):
            at, here = f"{name}.{number}", (*place, len(found))
            value = (
                _text(one(self.typed, at))
                if spec.widget == "boxes"
                else _unless_blank(self.record(spec.parts, f"{at}.", here))
            )
            if value is not None:
                self.fields[here] = at
                found.append(value)
        return found

    def picks(self, spec: Spec, name: str) -> list[str]:
        more = one(self.typed, f"{name}.{MORE}")
        by_name = (self.names.value(spec.words.options, each) for each in _lines(more))
        return list(dict.fromkeys([*filter(None, self.typed.get(name, ())), *by_name]))


def _unless_blank(found: dict[str, Any]) -> dict[str, Any] | None:
    """None for a group in which nothing was typed: a list that must be there is no answer."""
    return found if any(value != [] for value in found.values()) else None


def _leaf(spec: Spec, typed: str) -> Any:
    text = typed.strip()
    if spec.widget == "lines":
        return list(_lines(typed)) or None
    if not text:
        return None
    if spec.widget in ("yesno", "tick"):
        return {"yes": True, "no": False}.get(text, text)
    if spec.widget == "numbers":
        return [_number(each.strip()) for each in text.split(",") if each.strip()]
    if spec.widget == "number":
        return _number(text)
    if spec.widget == "money":
        return _pence(text)
    return text if spec.widget == "text" else _BLANKS.sub(" ", text)


def _text(typed: str) -> str | None:
    return typed.strip() or None


def _lines(typed: str) -> Iterator[str]:
    return (_BLANKS.sub(" ", line.strip()) for line in typed.split("\n") if line.strip())


def _number(text: str) -> int | str:
    return int(text) if _WHOLE.fullmatch(text) else text


def _pence(text: str) -> int | str:
    found = _POUNDS.fullmatch(text)
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0) if found else text


def _day(parts: Sequence[str]) -> str | None:
    """An ISO day; what is none as it was typed: "31/2/2026"."""
    if not any(parts):
        return None
    try:
        day, month, year = (int(part) if re.fullmatch("[0-9]{1,4}", part) else 0 for part in parts)
        return date(year, month, day).isoformat()
    except ValueError:
        return "/".join(part.replace("/", " ") for part in parts)
