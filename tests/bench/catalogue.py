"""The whole starter catalogue: a check, a timeline's worth of birthdays, the next question."""

from collections.abc import Iterator
from statistics import median
from typing import Any

from offer.answer import answer
from offer.eligibility.asking import Asking
from offer.eligibility.dates import birthday
from offer.eligibility.partly_known import knowledge
from offer.person import Person
from offer.published import Published
from offer.questions import next_question
from tests.bench.edition import people, published
from tests.bench.goals import Goal
from tests.bench.timing import each, per_thing

BIRTHDAYS = range(15, 27)
TWELVE = len(BIRTHDAYS)


def goals() -> Iterator[Goal]:
    """Issue 2, "How fast"; issue 3, twelve birthdays and the next question."""
    edition, somebody = published(), people()
    names, persons = list(somebody), list(somebody.values())
    whole = each(lambda person: answer(edition, person.situation, person.on), persons)
    slow = max(range(len(whole)), key=whole.__getitem__)
    note = f"{len(edition.entries)} entries, {len(persons)} people"
    yield Goal(
        "check of the whole catalogue, median person", median(whole) / 1000, "ms", 5, issue=2, note=note
    )
    yield Goal("check of the whole catalogue, slowest person", whole[slow] / 1000, "ms", note=names[slow])
    short = each(lambda person: answer(edition, person.situation, person.on, explain=False), persons)
    yield Goal("check without reasons, median person", median(short) / 1000, "ms")
    yield _birthdays(edition, persons)
    yield _questions(edition, persons)
    yield _index(edition, persons)


def _birthdays(edition: Published, persons: list[Person]) -> Goal:
    """What a timeline asks of the index: the facts that time moves at twelve birthdays, the rest once."""
    dated = [person for person in persons if person.situation.date_of_birth]
    asked = [(edition.index_on(p.on), knowledge(p.situation, p.on), _moves(p)) for p in dated]
    took = per_thing(lambda one: one[0].over(one[1], one[2]), asked)
    note = "ages in years, months, days and on 31 August move"
    return Goal(f"{TWELVE} birthdays of the whole catalogue", took, "µs", 30, issue=3, note=note)


def _moves(person: Person) -> list[dict[str, Any]]:
    born = person.situation.date_of_birth
    assert born is not None
    moving = ("age_years", "age_months", "age_on_31_august", "days_to_18th_birthday")
    days = (birthday(born, age) for age in BIRTHDAYS)
    known = [knowledge(person.situation, day) for day in days]
    return [{name: then[name] for name in moving if name in then} for then in known]


def _questions(edition: Published, persons: list[Person]) -> Goal:
    """Choosing, from outcomes as `answer` has them, with what it has looked up already."""
    asked = []
    for person in persons:
        known = knowledge(person.situation, person.on)
        asked.append((answer(edition, person.situation, person.on).outcomes, known, Asking(known)))
    took = median(each(lambda one: next_question(one[0], one[1], asking=one[2]), asked))
    return Goal("next question, median person", took, "µs", 100, issue=3)


def _index(edition: Published, persons: list[Person]) -> Goal:
    asked = [(edition.index_on(person.on), knowledge(person.situation, person.on)) for person in persons]
    took = per_thing(lambda one: one[0].evaluate(one[1]), asked)
    return Goal("index of the whole catalogue, a person", took, "µs")
