"""GET /facts: the registry of facts, and the JSON schema of a person's facts made from it."""

from typing import Any

from starlette.responses import Response

from offer.api.calls import Call, written
from offer.api.given import PLACE_CODE, NothingGiven
from offer.api.shapes.registry import FactShape, FactsReply, OptionShape
from offer.eligibility.fact import Fact
from offer.eligibility.facts import FACTS
from offer.eligibility.reading_care import MOST_SPELLS
from offer.eligibility.situation_parts import SPELL_KINDS, StatusEvents

_DAY = {"type": "string", "format": "date"}
_YES_OR_NO = {"type": "boolean"}


async def facts(call: Call, given: NothingGiven) -> Response:
    """Every fact with its question, its values and why it is asked."""
    return written(call, FactsReply(facts=[_shape(fact) for fact in FACTS.values()]))


def _shape(fact: Fact) -> FactShape:
    return FactShape(
        name=fact.name,
        type=fact.type,
        unit="pounds" if fact.unit == "pence" else fact.unit,
        question=fact.question,
        why=fact.why,
        values=[OptionShape(value=option.value, label=option.label) for option in fact.options],
        sensitivity=fact.sensitivity,
        derived=fact.derived,
        inputs=list(fact.inputs),
        asked_if={gate.fact: list(gate.allowed) for gate in fact.needs},
    )


def facts_schema() -> dict[str, Any]:
    """A person's facts as JSON schema: every fact of the registry, nothing else, null for unknown."""
    return {
        "title": "Facts",
        "description": "What is known of one person. Null and absent both mean unknown.",
        "type": "object",
        "properties": {name: _schema(fact) for name, fact in FACTS.items()},
        "additionalProperties": False,
    }


def _schema(fact: Fact) -> dict[str, Any]:
    return {"anyOf": [_value_schema(fact), {"type": "null"}], "description": fact.question}


def _value_schema(fact: Fact) -> dict[str, Any]:
    match fact.type:
        case "bool":
            return _YES_OR_NO
        case "choice":
            return {"type": "string", "enum": [option.value for option in fact.options]}
        case "date":
            return _DAY
        case "area":
            return {"type": "string", "pattern": PLACE_CODE}
        case "postcode":
            return {"type": "string", "minLength": 1, "maxLength": 60}
        case "care":
            return {"type": "array", "items": _SPELL, "maxItems": MOST_SPELLS}
        case "events":
            return _EVENTS
        case _:
            return _number(fact)


def _number(fact: Fact) -> dict[str, Any]:
    money = fact.unit == "pence"
    schema: dict[str, Any] = {"type": "number", "multipleOf": 0.01} if money else {"type": "integer"}
    if fact.name != "days_to_18th_birthday":
        schema["minimum"] = 0
    if fact.most is not None:
        schema["maximum"] = fact.most / 100 if money else fact.most
    return schema


_SPELL: dict[str, Any] = {
    "type": "object",
    "description": "One stay: `start` is the first day in, `end` the first day out; null while it lasts.",
    "properties": {
        "start": _DAY,
        "end": {"anyOf": [_DAY, {"type": "null"}]},
        "kind": {"type": "string", "enum": list(SPELL_KINDS)},
    },
    "required": ["start", "kind"],
    "additionalProperties": False,
}
_EVENTS: dict[str, Any] = {
    "type": "object",
    "properties": {
        name: {"anyOf": [_DAY if name == "adopted_on" else _YES_OR_NO, {"type": "null"}]}
        for name in StatusEvents.__dataclass_fields__
    },
    "additionalProperties": False,
}
