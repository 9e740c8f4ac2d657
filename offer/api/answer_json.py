"""The Answer as JSON, written fast: what an entry says to everybody is written once a day, not once a person.

What it looks like is said by `AnswerReply`, and tests hold every field to it. Those models write the frame
and the part of an outcome that is the entry's own; a person's part is put between, piece by piece.
Nothing of a person is kept: `_ENTRIES` holds the catalogue's words, and goes with the edition.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from json import dumps
from json.encoder import encode_basestring as quoted
from typing import Any
from weakref import WeakKeyDictionary

from offer.answer_parts import Answer, Outcome
from offer.api.calls import to_data, to_json
from offer.api.shapes.answer import AnswerReply, CareStatusShape, NextQuestionShape, OutcomeShape, WantedShape
from offer.entry_day import EntryDay
from offer.outcome_parts import Reason

_NO_OUTCOMES = '"outcomes":[]'
_HOLDS = {True: "true", False: "false", None: "null"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry's own part of its outcome as JSON: before the outcome, after it, and after a person's part."""

    head: str
    strength: str
    rest: str


_ENTRIES = WeakKeyDictionary[EntryDay, _Entry]()


def answer_json(answer: Answer, *, explain: bool) -> str:
    """An Answer as the contract has it; without `explain` no because, asks, closest and next question."""
    before, found, after = to_json(_frame(answer, explain=explain)).partition(_NO_OUTCOMES)
    assert found, "only the frame's own list is empty: quotes within a text are written otherwise"
    told = _explained if explain else _short
    return f'{before}"outcomes":[{",".join(map(told, answer.outcomes))}]{after}'


def _frame(answer: Answer, *, explain: bool) -> AnswerReply:
    """The Answer without its outcomes."""
    question = answer.next_question
    asked: dict[str, Any] = {"next_question": question and NextQuestionShape.model_validate(question)}
    return AnswerReply(
        catalogue_version=answer.catalogue_version,
        on=answer.on,
        not_included=list(answer.not_included),
        care_status=CareStatusShape.model_validate(answer.care_status),
        notes=list(answer.notes),
        outcomes=[],
        **(asked if explain else {}),
    )


def _short(outcome: Outcome) -> str:
    entry = _entry(outcome)
    return (
        f'{entry.head}"{outcome.outcome}"{entry.strength},"missing":{_texts(outcome.missing)}'
        f"{_when(outcome)}{entry.rest}}}"
    )


def _explained(outcome: Outcome) -> str:
    entry = _entry(outcome)
    because = ",".join(map(_reason, outcome.because))
    return (
        f'{entry.head}"{outcome.outcome}"{entry.strength},"because":[{because}]'
        f',"missing":{_texts(outcome.missing)},"asks":{_texts(outcome.asks)}{_when(outcome)}{entry.rest}'
        f"{_closest(outcome)}}}"
    )


def _closest(outcome: Outcome) -> str:
    wanted = ",".join(to_json(WantedShape.model_validate(each)) for each in outcome.closest)
    return f',"closest":[{wanted}]' if wanted else ""


def _reason(reason: Reason) -> str:
    cite = "null" if reason.cite is None else quoted(reason.cite)
    told = f'"text":{quoted(reason.text)},"holds":{_HOLDS[reason.holds]},"cite":{cite}'
    return f'{{"id":{quoted(reason.id)},{told}}}'


def _when(outcome: Outcome) -> str:
    if outcome.from_ is outcome.until is outcome.sure_until is None:
        return _by_age(outcome.warnings, outcome.until_age, outcome.sure_until_age)
    return (
        f',"warnings":{_texts(outcome.warnings)},"from":{_day(outcome.from_)},"until":{_day(outcome.until)}'
        f',"until_age":{_number(outcome.until_age)},"sure_until":{_day(outcome.sure_until)}'
        f',"sure_until_age":{_number(outcome.sure_until_age)}'
    )


@lru_cache(maxsize=4096)  # the ages are those of the rules
def _by_age(warnings: tuple[str, ...], until: int | None, sure_until: int | None) -> str:
    return (
        f',"warnings":{_texts(warnings)},"from":null,"until":null'
        f',"until_age":{_number(until)},"sure_until":null,"sure_until_age":{_number(sure_until)}'
    )


@lru_cache(maxsize=4096)  # names of facts, and words of the catalogue: never what somebody said
def _texts(texts: tuple[str, ...]) -> str:
    return _json(texts)


def _day(day: date | None) -> str:
    return "null" if day is None else f'"{day.isoformat()}"'


def _number(number: int | None) -> str:
    return "null" if number is None else str(number)


def _entry(outcome: Outcome) -> _Entry:
    found = _ENTRIES.get(outcome.day)
    if found is None:
        found = _ENTRIES[outcome.day] = _written(outcome)
    return found


def _written(outcome: Outcome) -> _Entry:
    """The entry's own fields, as the model writes them."""
    fields = to_data(OutcomeShape.of(outcome, explain=False))
    named = [f"{quoted(name)}:{_json(value)}" for name, value in fields.items()]
    own, rest = list(fields).index("outcome"), list(fields).index("ask")
    assert list(fields)[own + 1] == "strength"
    return _Entry(
        head=f'{{{",".join(named[:own])},"outcome":',
        strength=f",{named[own + 1]}",
        rest=f",{','.join(named[rest:])}",
    )


def _json(value: object) -> str:
    return dumps(value, ensure_ascii=False, separators=(",", ":"))
