"""Care status on a day: worked out from dates where given, from plain answers where not.

Everything rests on the set of histories that fit what was said: a fact is known when all
of them agree on it, and unknown otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from offer.eligibility.care_days import THIRTEEN_WEEKS, CareDays
from offer.eligibility.care_history import (
    Band,
    CareHistory,
    Histories,
    band_of,
    status_of,
    the_same,
    values_of,
)
from offer.eligibility.care_later import advance
from offer.eligibility.care_plain import COUNTED_DAYS, fits
from offer.eligibility.care_table import histories_of, left
from offer.eligibility.care_told import answers_to_fit, bands_on, histories_before_answers, told_age
from offer.eligibility.care_words import cite_for, reasons_for, unknown_reasons, warnings_for
from offer.eligibility.dates import age_in_years, birthday
from offer.eligibility.fact import Value
from offer.eligibility.situation_parts import Situation


@dataclass(frozen=True, slots=True)
class CareFinding:
    """The care status on a day. `value` is None while more than one of `possible` fits.

    `because` and `warnings` are plain sentences to the person; `cite` the Act and section.
    """

    value: str | None
    because: tuple[str, ...]
    cite: str | None
    warnings: tuple[str, ...]
    possible: frozenset[str]


def care_status(situation: Situation, on: date) -> CareFinding:
    """The status of CA 1989 Part 3 and CLR 2010 on the day, with reasons in plain words."""
    histories = possible_histories(situation, on)
    possible = _statuses(histories)
    days = care_days(situation, on)
    if len(possible) != 1:
        because = unknown_reasons(possible)
        return CareFinding(None, because, None, warnings_for(situation, histories, days), possible)
    history = next(h for h in histories)
    return CareFinding(
        value=status_of(history),
        because=reasons_for(history, days, told_age(situation, on)),
        cite=cite_for(history),
        warnings=warnings_for(situation, histories, days),
        possible=possible,
    )


@lru_cache(maxsize=1024)
def _statuses(histories: tuple[CareHistory, ...]) -> frozenset[str]:
    return frozenset(status_of(history) for history in histories)


def care_facts(situation: Situation, on: date, histories: tuple[CareHistory, ...]) -> dict[str, Value]:
    """Every care fact that all the possible histories agree on, and the counted days."""
    if not histories:
        return {}
    known = dict(_agreed(histories))
    days = care_days(situation, on)
    if days is not None:
        known[COUNTED_DAYS] = days.counted_days
    elif known.get("ever_looked_after") is False:
        known[COUNTED_DAYS] = 0
    elif isinstance(told := situation.facts.get(COUNTED_DAYS), int):
        known[COUNTED_DAYS] = told
    return known


def agreed(histories: tuple[CareHistory, ...]) -> Mapping[str, Value]:
    """What all the histories agree on; nothing where there are none."""
    if not histories:
        return {}
    first, *rest = [values_of(history) for history in histories]
    return {name: value for name, value in first.items() if all(other[name] == value for other in rest)}


_agreed = lru_cache(maxsize=1024)(agreed)


def care_days(situation: Situation, on: date) -> CareDays | None:
    """The counted days, where both the birth date and the care dates are known."""
    if situation.date_of_birth is None or situation.care is None:
        return None
    return CareDays(situation.date_of_birth, situation.care, on)


def possible_histories(situation: Situation, on: date) -> tuple[CareHistory, ...]:
    """Every history that fits; empty when the answers contradict each other."""
    dob = situation.date_of_birth
    if situation.care is not None or dob is None or on <= situation.told_on:
        return _fitting(situation, on)
    more = max((min(on, birthday(dob, 18)) - situation.told_on).days, 0)
    then = left(answers_to_fit(situation), bands_on(situation, situation.told_on))
    return _advanced(then, band_of(age_in_years(dob, on)), min(more, THIRTEEN_WEEKS))


@lru_cache(maxsize=1024)  # plain answers leave few different sets, and a timeline asks on many days
def _advanced(then: int, band: Band, days: int) -> Histories:
    became = {later: None for history in histories_of(then) for later in advance(history, band, days)}
    return the_same(Histories(became))


def _fitting(situation: Situation, on: date) -> tuple[CareHistory, ...]:
    told = answers_to_fit(situation)
    if situation.care is None:
        return histories_of(left(told, bands_on(situation, on)))
    return tuple(h for h in histories_before_answers(situation, on) if fits(h, told))
