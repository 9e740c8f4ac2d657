"""The next best question: few are needed, gates stand first, sensitive ones late, and it comes to an end."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from offer.answer_parts import Answer, NextQuestion, Outcome
from offer.eligibility.fact import Fact, closed
from offer.eligibility.facts import FACTS
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import derive
from offer.entitlements.schema import ENGLAND
from offer.person import Person, read_person
from offer.published import Published
from offer.questions import next_question, question

ON = date(2026, 11, 22)
DURHAM = "E06000047"
FIRST_PAGE = ("date_of_birth", "care", "status_events", "lives_in", "residence_nation",
              "responsible_authority", "responsible_authority_nation")  # fmt: skip
MOST_OPEN = 20  # national entries, after three more answers, in the median over the people


def cases(shared: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((shared / "cases" / "personas.json").read_text("utf-8"))[
        "personas"
    ]
    return found


def all_facts(case: Mapping[str, Any]) -> dict[str, Any]:
    dates = {"date_of_birth": case["dob"], "care": case["care"], "status_events": case["status_events"]}
    return {"lives_in": DURHAM, **case["facts"], **dates}


def still_open(published: Published, answer: Answer) -> list[Outcome]:
    """National entries that a further answer could still decide."""
    return [
        outcome
        for outcome in answer.outcomes
        if outcome.missing and published.entries[outcome.slug].authority == ENGLAND
    ]


def ask(published: Published, person: Person, refused: set[str]) -> NextQuestion | None:
    known = knowledge(person.situation, person.on)
    return next_question(person.answer(published).outcomes, known, refused)


def interview(published: Published, case: Mapping[str, Any], answers: int) -> list[int]:
    """How many entries are open after the first page and after each answer; "I do not know" is one."""
    on, facts = date.fromisoformat(case["as_of"]), all_facts(case)
    truth = derive(read_person(published, facts, on).situation, on)
    said: dict[str, Any] = {name: facts[name] for name in FIRST_PAGE if name in facts}
    refused: set[str] = set()
    counts = []
    for _ in range(answers + 1):
        person = read_person(published, said, on)
        counts.append(len(still_open(published, person.answer(published))))
        question = ask(published, person, refused)
        if question is None:
            break
        name = question.fact
        assert name not in said
        assert name not in refused
        if name in truth:
            said[name] = facts.get(name, truth[name])
        else:
            refused.add(name)
    return counts


def test_three_more_answers_leave_few_national_entries_open(published: Published, shared: Path) -> None:
    people = cases(shared)
    counts = {case["id"]: interview(published, case, 3) for case in people}
    assert len(people) >= 29
    assert median(found[-1] for found in counts.values()) <= MOST_OPEN, counts
    assert all(found[-1] <= found[0] for found in counts.values()), counts


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"age_years": 17},
        {"age_years": 19, "care_when": "left_at_18", "lives_in": DURHAM, "responsible_authority": DURHAM},
        {"date_of_birth": "2010-03-01", "responsible_authority": "E10000019"},
    ],
)
def test_whoever_answers_nothing_is_asked_each_question_once_and_then_no_more(
    published: Published, facts: dict[str, Any]
) -> None:
    person, refused = read_person(published, facts, ON), set[str]()
    for _ in FACTS:
        question = ask(published, person, refused)
        if question is None:
            break
        assert question.fact not in refused
        assert question.text
        assert question.why
        assert question.settles > 0
        assert [option.value for option in question.options][-2:] == ["unknown", "unsaid"]
        refused.add(question.fact)
    assert ask(published, person, refused) is None


def test_the_same_person_is_asked_the_same_question(published: Published) -> None:
    facts = {"age_years": 19, "responsible_authority": DURHAM}
    first, second = (read_person(published, facts, ON).answer(published).next_question for _ in range(2))
    assert first == second
    assert first is not None


def test_who_somebody_is_comes_before_what_they_do(published: Published) -> None:
    """Birthday or age, place, council and care: by hand, whatever would settle more."""
    said: dict[str, Any] = {}
    asked = []
    answers = {"date_of_birth": "2007-05-01", "lives_in": DURHAM, "responsible_authority": DURHAM,
               "care_when": "left_at_18", "care_13_weeks": True}  # fmt: skip
    for _ in answers:
        question = ask(published, read_person(published, said, ON), set())
        assert question is not None
        asked.append(question.fact)
        said[question.fact] = answers[question.fact]
    assert asked == list(answers)


def test_a_gate_stands_before_its_questions_and_a_shut_one_hides_them(published: Published) -> None:
    said = {"date_of_birth": "2007-05-01", "lives_in": DURHAM, "responsible_authority": DURHAM,
            "care_when": "left_at_18", "care_13_weeks": True, "in_education": "none"}  # fmt: skip
    person, refused = read_person(published, said, ON), set[str]()
    known = knowledge(person.situation, ON)
    while (question := ask(published, person, refused)) is not None:
        fact = FACTS[question.fact]
        assert not closed(fact, known)  # type: ignore[arg-type]
        assert all(gate.fact in known for gate in fact.needs), question.fact
        refused.add(question.fact)


def test_sensitive_questions_come_late(published: Published) -> None:
    """Immigration, custody and health: not among the first three beyond the first page."""
    said = {"age_years": 19, "lives_in": DURHAM, "responsible_authority": DURHAM, "care_when": "left_at_18",
            "care_13_weeks": True}  # fmt: skip
    person, refused = read_person(published, said, ON), set[str]()
    asked: list[Fact] = []
    while (question := ask(published, person, refused)) is not None:
        asked.append(FACTS[question.fact])
        refused.add(question.fact)
    assert len(asked) > 3
    assert all(fact.sensitivity < 3 for fact in asked[:3]), [fact.name for fact in asked[:3]]


def test_settles_counts_the_entries_that_wait_for_the_answer(published: Published) -> None:
    said = {"age_years": 19, "lives_in": DURHAM, "responsible_authority": DURHAM, "care_when": "left_at_18",
            "care_13_weeks": True}  # fmt: skip
    answer = read_person(published, said, ON).answer(published)
    question = answer.next_question
    assert question is not None
    waiting = [outcome for outcome in answer.outcomes if question.fact in outcome.missing]
    assert question.settles > 0
    assert len(waiting) <= question.settles  # those waiting behind this gate count too


@pytest.mark.parametrize("name", sorted(FACTS))
def test_every_question_takes_not_knowing_and_not_saying(name: str) -> None:
    assert [choice.value for choice in question(FACTS[name], 0).options[-2:]] == ["unknown", "unsaid"]


def test_only_what_can_still_change_an_answer_is_asked(published: Published) -> None:
    """A sensitive question above all: asked only while somebody's entry still waits for it."""
    person = read_person(published, {"date_of_birth": "2007-03-10", "care_when": "left_at_18"}, ON)
    answer = person.answer(published)
    unknown = [outcome for outcome in answer.outcomes if outcome.outcome == "unknown"]
    waiting = {name for outcome in unknown for name in outcome.missing}
    known = dict(knowledge(person.situation, ON))
    asked: set[str] = set()
    while (found := next_question(answer.outcomes, known, asked)) is not None:
        assert found.fact in waiting
        asked.add(found.fact)
    assert asked
