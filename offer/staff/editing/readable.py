"""A document that can be shown although it is not finished: what is missing is stood in for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from offer.catalogue.documents import KINDS
from offer.eligibility.rule import RuleError
from offer.eligibility.terms import Terms
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.rulebook import compile_rule
from offer.staff.editing.read import Place
from offer.staff.editing.spec import Spec, find, specs_of

NOT_YET = "(not written yet)"
_RULE = {"id": "rule", "ask": "Who can get it is not written yet."}
_ROUNDS = 4  # a stand-in may uncover one more fault


@dataclass(frozen=True, slots=True)
class Readable:
    """The document, and whether all of it is as it was typed."""

    document: BaseModel
    whole: bool


def readable(kind: str, body: Mapping[str, Any], on: date) -> Readable | None:
    """The document of a body with faults; None where its parts do not fit together."""
    model, held, whole = KINDS[kind].model, _copied(body), True
    for _ in range(_ROUNDS):
        try:
            document = model.model_validate(held)
        except ValidationError as refused:
            whole = False
            places = sorted((tuple(error["loc"]) for error in refused.errors()), key=str, reverse=True)
            for place in places:
                if not _stand_in(specs_of(model), held, place, on):
                    return None
        else:
            return _with_rule(document, whole=whole)
    return None


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copied(each) for name, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list | tuple) else value


def _with_rule(document: BaseModel, *, whole: bool) -> Readable:
    """An entry whose rule cannot be read gets one that says so."""
    if not isinstance(document, Entitlement):
        return Readable(document, whole)
    try:
        compile_rule(document.rule, Terms(date.min))
    except RuleError:
        return without_rule(document)
    return Readable(document, whole)


def without_rule(entry: Entitlement) -> Readable:
    """An entry with a rule that says that it is not written."""
    return Readable(entry.model_copy(update={"rule": _RULE}), False)


def _stand_in(specs: tuple[Spec, ...], held: Any, place: Place, on: date) -> bool:
    """Puts something in the place of what cannot be read; False where no place is named."""
    if not place:
        return False
    name, rest = place[0], place[1:]
    if isinstance(name, int):
        return _in_list(specs, held, name, rest, on)
    if not isinstance(held, dict):
        return False
    if name == "rule":
        held["rule"] = _RULE
        return True
    spec = find(specs, name)
    if spec is None:  # a language of the table, or what no document has
        if not _stand_in(specs, held.get(name), rest, on):
            held.pop(name, None)
        return True
    value = held.get(name)
    if rest and isinstance(value, dict | list) and _stand_in(spec.parts, value, rest, on):
        return True
    if spec.required:
        held[name] = _value(spec, on)
    else:
        held.pop(name, None)
    return True


def _in_list(specs: tuple[Spec, ...], held: Any, number: int, rest: Place, on: date) -> bool:
    if not isinstance(held, list) or number >= len(held):
        return False
    if rest and specs and _stand_in(specs, held[number], rest, on):
        return True
    del held[number]
    return True


def _value(spec: Spec, on: date) -> Any:
    plain: Mapping[str, Any] = {"yesno": True, "day": on.isoformat(), "boxes": [NOT_YET], "lines": []}
    if spec.widget in plain:
        return plain[spec.widget]
    if spec.widget == "picks":
        return [spec.options[0] if spec.options else ENGLAND]
    if spec.widget == "records":
        return [{part.name: _value(part, on) for part in spec.parts if part.required}]
    if spec.name in ("id", "organisation", "location"):
        return "not-yet"
    if spec.widget == "choice":
        return spec.options[0] if spec.options else ENGLAND
    return NOT_YET
