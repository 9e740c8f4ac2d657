"""Dates people state about what is to come: the end of a course, the day of release.

From such a day on, what stood before is no longer known. What comes after is asked about,
never guessed: nobody is "not on a course" because one course has ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from offer.eligibility.fact import Value
from offer.eligibility.facts import FACTS
from offer.eligibility.facts_learning import LEARNING
from offer.eligibility.situation_parts import Fault, Situation
from offer.eligibility.wording_of_values import both, told_as

COURSE_END, RELEASE = "course_ends_on", "release_date"
ON_COURSE = tuple(kind for kind in LEARNING if kind != "he_applicant")


class Ending(NamedTuple):
    """From the day stated as `date_fact` the facts `over` are unknown.

    It speaks of somebody whose `state` is one of `during`, and not of one of `outside`.
    `along`: what ends with it where a fact has a value, as (fact, value, facts that end).
    """

    date_fact: str
    state: str
    during: tuple[Value, ...]
    outside: tuple[Value, ...]
    over: frozenset[str]
    along: tuple[tuple[str, Value, frozenset[str]], ...] = ()


# Asked of learners only, but as true after the course as before.
_LASTING = frozenset({COURSE_END, "had_apprenticeship_bursary_before", "student_finance_residence_met"})


def _of_a_course() -> frozenset[str]:
    """What is asked only of people who are learning, and what may be so because of a course."""
    gated = frozenset(
        fact.name for fact in FACTS.values() if any(gate.fact == "in_education" for gate in fact.needs)
    )
    return (gated - _LASTING) | {
        "in_education",
        "wants_or_in_education_or_training",
        "on_agreed_education_programme",
    }


ENDINGS = (
    Ending(
        COURSE_END,
        "in_education",
        ON_COURSE,
        ("none",),
        _of_a_course(),
        (
            ("in_education", "apprenticeship", frozenset({"employed", "gross_weekly_pay_gbp"})),
            ("tenure", "halls", frozenset({"tenure"})),
        ),
    ),
    Ending(RELEASE, "in_custody", (True,), (False,), frozenset({"in_custody"})),
)


def still_true(facts: Mapping[str, Value], on: date) -> Mapping[str, Value]:
    """The facts told, without those that a stated date has put an end to by `on`."""
    if COURSE_END not in facts and RELEASE not in facts:
        return facts
    over = {name for ending in ENDINGS if _is_over(ending, facts, on) for name in _ended(ending, facts)}
    return {name: value for name, value in facts.items() if name not in over}


def stated_days(situation: Situation) -> Iterator[date]:
    """The days on which something told stops being known."""
    for ending in ENDINGS:
        day = situation.facts.get(ending.date_fact)
        if isinstance(day, date):
            yield day


def stated_dates_clash(situation: Situation, on: date) -> Iterator[Fault]:
    """A day that has come while the state goes on, or is to come for somebody it does not concern."""
    for ending in ENDINGS:
        day, state = situation.facts.get(ending.date_fact), situation.facts.get(ending.state)
        if not isinstance(day, date) or state is None:
            continue
        if (day < on and state in ending.during) or (day > on and state in ending.outside):
            names = (ending.state, ending.date_fact)
            yield both(*names, *(told_as(situation, name) for name in names))


def _is_over(ending: Ending, facts: Mapping[str, Value], on: date) -> bool:
    day = facts.get(ending.date_fact)
    return isinstance(day, date) and day <= on and facts.get(ending.state) not in ending.outside


def _ended(ending: Ending, facts: Mapping[str, Value]) -> frozenset[str]:
    return ending.over.union(*(over for fact, value, over in ending.along if facts.get(fact) == value))
