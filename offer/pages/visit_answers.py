"""What one person sends in a visit, laid over what both have said so far. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import FormData

from directory.places import PlaceAnswer
from offer.eligibility.facts import FACTS
from offer.pages.fields import AnyField
from offer.pages.forms import Filled, fill
from offer.pages.typed_form import REFUSED, Typed, boxes_of, typed_of
from offer.published import Published

Sent = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of all that was said. `aside`: the facts whose answers fit no more."""

    filled: Filled
    aside: tuple[str, ...]


def standing(
    typed: Mapping[str, str], published: Published, on: date, asked: PlaceAnswer | None = None
) -> Standing:
    """The answers without those that a new catalogue or a later law no longer takes.

    One at a time: to put one aside may mend another. `asked`: the place as it was read online.
    """
    values, aside = dict(typed), list[str]()
    while (filled := fill(Typed(values), published, on, asked)).faults:
        about = [fact for fault in filled.faults if (fact := _fact_of(fault.field)) not in ("", *aside)]
        if not about:
            break
        aside.append(about[0])
        values = {name: text for name, text in values.items() if _fact_of(name) != about[0]}
    return Standing(filled, tuple(aside))


def merged(before: Mapping[str, str], sent: Sent) -> Mapping[str, str]:
    """All fields as they stand afterwards: those sent in place of those before, the rest kept.

    A field sent empty takes nothing back: a phone that was cut off may send an old form late.
    """
    pairs = [(name, text) for name, text in sent if text.strip()]
    names = {name for name, _ in pairs}
    kept = [(name, text) for name, text in before.items() if name not in names or name == REFUSED]
    return typed_of(FormData([*pairs, *kept])).values


def questions_of(before: Mapping[str, str], after: Mapping[str, str]) -> frozenset[str]:
    """The facts whose answers differ, and those newly put aside."""
    names = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    aside = {*_aside(after)} - {*_aside(before)}
    return frozenset({_fact_of(name) for name in names - {REFUSED}} | aside) - {""}


def without(before: Mapping[str, str], fact: str) -> Mapping[str, str]:
    """All fields once a question is not answered here: it counts as "I would rather not say"."""
    names = {fact, *boxes_of(fact)}
    kept = {name: text for name, text in before.items() if name not in names}
    return {**kept, REFUSED: f"{fact}:unsaid {before.get(REFUSED, '')}".strip()}


def _aside(values: Mapping[str, str]) -> Iterable[str]:
    return Typed(values).unsure.keys()


def fact_of_field(field: AnyField) -> str:
    """The fact that a field on a page asks for."""
    return _fact_of(f"{field.name}-day" if field.kind == "date" else field.name)


def _fact_of(name: str) -> str:
    """The fact that a field is about; "" for one that carries no answer."""
    if name in FACTS:
        return name
    if name.startswith("care-"):
        return "care"
    return next((fact for fact in FACTS if name in boxes_of(fact)), "")
