"""The Answer as it is written is what the models of the OpenAPI document write, byte for byte."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offer.answer_parts import Answer
from offer.api.answer_json import answer_json
from offer.api.calls import to_json
from offer.api.shapes.answer import AnswerReply, CareStatusShape, NextQuestionShape, OutcomeShape
from offer.eligibility.situation import read_situation
from offer.outcome_parts import Reason
from offer.person import Person, read_person
from offer.published import Published
from tests.bench.edition import EARLY
from tests.offer.people import ON, facts_of, people, personas


def _by_the_models(answer: Answer, *, explain: bool) -> str:
    question = answer.next_question
    asked: dict[str, Any] = {"next_question": question and NextQuestionShape.model_validate(question)}
    reply = AnswerReply(
        catalogue_version=answer.catalogue_version,
        on=answer.on,
        not_included=list(answer.not_included),
        care_status=CareStatusShape.model_validate(answer.care_status),
        notes=list(answer.notes),
        outcomes=[OutcomeShape.of(outcome, explain=explain) for outcome in answer.outcomes],
        **(asked if explain else {}),
    )
    return to_json(reply)


@pytest.mark.parametrize("explain", [True, False])
def test_for_people_who_say_little_and_for_the_shared_ones(published: Published, explain: bool) -> None:
    for facts in (*EARLY, *map(facts_of, personas())):
        answer = read_person(published, facts, ON).answer(published, explain=explain)
        assert answer_json(answer, explain=explain) == _by_the_models(answer, explain=explain)


@settings(max_examples=60, deadline=None)
@given(people(), st.booleans())
def test_for_people_at_random(published: Published, facts: dict[str, Any], explain: bool) -> None:
    answer = Person(read_situation(facts, ON)[0], ON).answer(published, explain=explain)
    assert answer_json(answer, explain=explain) == _by_the_models(answer, explain=explain)


def test_odd_words_are_written_as_json(published: Published) -> None:
    answer = read_person(published, {"age_years": 19}, ON).answer(published)
    odd = Reason("o\\dd", 'She said "outcomes":[]\n\x00\x7f ’ é \u2028', None, None)
    first, *rest = answer.outcomes
    told = replace(answer, outcomes=(first._replace(because=(odd,)), *rest), notes=('{"outcomes":[]}',))
    assert answer_json(told, explain=True) == _by_the_models(told, explain=True)
    assert json.loads(answer_json(told, explain=True))["outcomes"][0]["because"][0]["text"] == odd.text
