"""Care answers that cannot all be true: dates against the birth date, events and plain answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from offer.eligibility.care_days import CareDays
from offer.eligibility.care_history import CareHistory, values_of
from offer.eligibility.care_plain import COUNTED_DAYS, fits
from offer.eligibility.care_told import (
    EVENT_LIKE,
    EVENT_OF,
    answers_to_fit,
    births,
    events_beside_dates,
    has_council_care,
    histories_before_answers,
    told_about_care,
    told_age,
)
from offer.eligibility.dates import birthday, months_after
from offer.eligibility.fact import Value
from offer.eligibility.facts import FACTS
from offer.eligibility.situation_parts import Fault, Situation
from offer.eligibility.wording_of_values import both, fault_at, said, told_as

_HOME, _BROKE_DOWN = "home_6_months_after_care", "home_after_care_broke_down"


def care_contradictions(situation: Situation, on: date) -> Iterator[Fault]:
    """Every clash that has to do with care."""
    yield from _dates(situation)
    yield from _events_told_twice(situation)
    if situation.care is not None:
        yield from _events_beside_dates(situation, on)
        yield from _counted_days(situation, on)
        if _no_birth_fits(situation, on):
            yield both(_age(situation), "care", *_age_and_care(situation))
            return
    yield from _answers(situation, on)


def _dates(situation: Situation) -> Iterator[Fault]:
    dob = situation.date_of_birth
    if dob is None:
        return
    for number, spell in enumerate(situation.care or ()):
        where = "before you were born" if spell.start < dob else ""
        if spell.start >= birthday(dob, 18):
            where = "after you turned 18, when care ends"
        if where:
            yield Fault(
                f"/facts/care/{number}/start",
                f"These two answers do not fit together: time in care {number + 1} starts {where} (care), "
                "by your date of birth (date_of_birth).",
            )
    adopted = situation.events.adopted_on
    if adopted is not None and not dob <= adopted < birthday(dob, 19):
        yield Fault(
            "/facts/status_events/adopted_on",
            "These two answers do not fit together: the day you were adopted (adopted_on) is before you were "
            "born or long after you turned 18, by your date of birth (date_of_birth).",
        )


def _events_told_twice(situation: Situation) -> Iterator[Fault]:
    """The same thing told as an event and as a plain answer, or a breakdown of what never began."""
    for fact, event in EVENT_OF.items():
        value = getattr(situation.events, event)
        if value is not None and situation.facts.get(fact, value) != value:
            yield both(event, fact, said(FACTS[fact], value), told_as(situation, fact))
    told = told_about_care(situation)
    if told.get(_BROKE_DOWN) is True and told.get(_HOME) is False:
        names = [_name_told(situation, name) for name in (_HOME, _BROKE_DOWN)]
        yield both(names[0], names[1], said(FACTS[_HOME], False), said(FACTS[_BROKE_DOWN], True))


def _name_told(situation: Situation, fact: str) -> str:
    """The name under which something was told: the plain fact's, else the event's."""
    return fact if fact in situation.facts else EVENT_OF.get(fact, fact)


def _events_beside_dates(situation: Situation, on: date) -> Iterator[Fault]:
    told = told_about_care(situation)
    if not has_council_care(situation):
        for name in sorted(EVENT_LIKE):
            if told.get(name) is True:
                called = _name_told(situation, name)
                yield both(called, "care", said(FACTS[name], True), "you were never in council care")
    elif events_beside_dates(situation).lived_6_months_with_parent_or_pr and not _room_for_home(
        situation, on
    ):
        called = _name_told(situation, _HOME)
        yield both(called, "care", said(FACTS[_HOME], True), "your dates in care leave no six months for it")


def _room_for_home(situation: Situation, on: date) -> bool:
    """Whether six months out of care, after care and before 18, had passed by the day."""
    if situation.date_of_birth is None:
        return True
    days = CareDays(situation.date_of_birth, situation.care or (), on)
    starts = [*(run[0] for run in days.council[1:]), min(on, days.b18)]
    ends = (run[1] for run in days.council)
    return any(months_after(end, 6) <= start for end, start in zip(ends, starts, strict=False))


def _counted_days(situation: Situation, on: date) -> Iterator[Fault]:
    told = situation.facts.get(COUNTED_DAYS)
    if situation.date_of_birth is None or not isinstance(told, int):
        return
    counted = CareDays(situation.date_of_birth, situation.care or (), on).counted_days
    if counted != told:
        fact = FACTS[COUNTED_DAYS]
        yield both("care", COUNTED_DAYS, f"by your dates in care {said(fact, counted)}", said(fact, told))


def _no_birth_fits(situation: Situation, on: date) -> bool:
    """Whether the dates in care start before anybody of the age told was born."""
    if situation.date_of_birth is not None or not has_council_care(situation):
        return False
    return told_age(situation, on) is not None and not births(situation, on)


def _age(situation: Situation) -> str:
    return next((name for name in ("age_years", "age_months") if name in situation.facts), "date_of_birth")


def _age_and_care(situation: Situation) -> tuple[str, str]:
    return told_as(situation, _age(situation)), "your time in care starts before you were born"


def _answers(situation: Situation, on: date) -> Iterator[Fault]:
    """Plain and ready-made care facts against the dates or the age, and against each other."""
    told = answers_to_fit(situation)
    before = histories_before_answers(situation, on)
    if not before or any(fits(history, told) for history in before):
        return
    found = [*_alone(situation, before, told)] or [*_in_pairs(before, told)]
    yield from found or [
        fault_at(next(iter(told)), "Your answers about your time in care do not fit together.")
    ]


def _alone(situation: Situation, before: tuple[CareHistory, ...], told: dict[str, Value]) -> Iterator[Fault]:
    """Answers that fit no history the dates, or the age, leave."""
    for name, value in told.items():
        if any(fits(history, {name: value}) for history in before):
            continue
        yield both(*_ground(situation, before, name), said(FACTS[name], value))


def _ground(situation: Situation, before: tuple[CareHistory, ...], name: str) -> tuple[str, str, str]:
    """What the answer runs against: the name of the other fact, its own, and the other's words."""
    if situation.care is None:
        age = _age(situation)
        by_birth = "your date of birth gives your age"
        return age, name, told_as(situation, age) if age in situation.facts else by_birth
    left = {values_of(history)[name] for history in before}
    if len(left) == 1:
        return "care", name, f"by your dates in care {said(FACTS[name], left.pop())}"
    return "care", name, "your dates in care say something else"


def _in_pairs(before: tuple[CareHistory, ...], told: dict[str, Value]) -> Iterator[Fault]:
    for (first, one), (second, other) in combinations(told.items(), 2):
        if not any(fits(history, {first: one, second: other}) for history in before):
            yield both(first, second, said(FACTS[first], one), said(FACTS[second], other))
