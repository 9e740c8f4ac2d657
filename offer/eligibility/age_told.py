"""What an age told on one day says of later days, where nobody gave a birth date.

The birthday may be any day of the year: a year on, somebody told to be 17 is 18, and on
most days before that 17 or 18. What differs between the ages that fit is not settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from offer.eligibility.care import agreed, possible_histories
from offer.eligibility.care_days import THIRTEEN_WEEKS
from offer.eligibility.care_history import BANDS, Band, CareHistory, band_of
from offer.eligibility.care_later import advance
from offer.eligibility.care_plain import CARE_FACTS
from offer.eligibility.care_told import told_age
from offer.eligibility.dates import ONE_DAY, age_in_years, birthday
from offer.eligibility.evaluate import Known
from offer.eligibility.fact import Value
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation_parts import Situation, StatusEvents
from offer.eligibility.stated_dates import still_true

_AGES_TOLD = frozenset({"age_years", "age_months", "days_to_18th_birthday", "age_on_31_august"})
_ADULT = 18


def ages_by(situation: Situation, day: date) -> tuple[int, ...]:
    """The ages that fit on a later day: one or two, none where no age was told."""
    told = told_age(situation, day)
    if told is None or situation.date_of_birth is not None or day <= situation.told_on:
        return () if told is None else (told,)
    least = told + age_in_years(situation.told_on, day)  # the birthday was on the day of telling
    most = told + 1 + age_in_years(situation.told_on + ONE_DAY, day)  # it was on the day after
    return tuple(range(least, most + 1))


def birthday_between(situation: Situation, age: int) -> tuple[date, date]:
    """The first and the last day that can be the birthday of `age`. ValueError where no age was told."""
    told = told_age(situation, situation.told_on)
    if told is None:
        raise ValueError("no age was told")
    years = age - told
    return birthday(situation.told_on + ONE_DAY, years - 1), birthday(situation.told_on, years)


def knowledge_by(situation: Situation, day: date, *, facts_on: date | None = None) -> Known:
    """All that is known on a later day, as `knowledge`, but that an age told grows older.

    `facts_on`: take the stated ends of other facts as they stand on that day instead.
    """
    if situation.date_of_birth is not None or day <= situation.told_on:
        return knowledge(situation, day)
    then = facts_on or day
    return _in_common([knowledge(each, then) for each in _grown_by(situation, day, then)])


def older(situation: Situation, age: int) -> Situation:
    """The same person imagined at a later age, where only the age in years was told.

    A stay in care is taken to run to 18. What may have changed by then is unknown.
    """
    told = situation.facts.get("age_years")
    days = 365 * (age - told - 1) + 1 if isinstance(told, int) and age > told else 0
    now = possible_histories(situation, situation.told_on)
    return _grown(situation, now, [band_of(age)], age, days, date.max)


def _grown_by(situation: Situation, day: date, then: date) -> Iterator[Situation]:
    """The person at each age that fits on the day; without an age, at any."""
    now = possible_histories(situation, situation.told_on)
    told, days = told_age(situation, day), (day - situation.told_on).days
    if told is None:
        yield _grown(situation, now, BANDS, None, days, then)
    for age in ages_by(situation, day):
        most = 365 * (_ADULT - told - 1) + 1 if told is not None and told < _ADULT <= age else days
        yield _grown(situation, now, [band_of(age)], age, min(days, most), then)


def _grown(
    situation: Situation,
    now: tuple[CareHistory, ...],
    bands: Iterable[Band],
    age: int | None,
    days: int,
    then: date,
) -> Situation:
    """`days`: surely spent since, in care where the stay goes on."""
    care = _care_become(now, tuple(bands), min(1 if age is None else days, THIRTEEN_WEEKS))
    kept: dict[str, Value] = {
        name: value
        for name, value in still_true(situation.facts, then).items()
        if name not in CARE_FACTS and name not in _AGES_TOLD
    }
    facts = {**kept, **care, **({} if age is None else {"age_years": age})}
    return replace(situation, facts=MappingProxyType(facts), care=None, events=StatusEvents())


@lru_cache(maxsize=1024)  # plain answers leave few different sets, and every later age asks again
def _care_become(now: tuple[CareHistory, ...], bands: tuple[Band, ...], days: int) -> Mapping[str, Value]:
    """What is known of care by then. Past thirteen weeks it no longer matters how many days went by."""
    become: dict[CareHistory, None] = {
        later: None
        for band in bands
        for was in now
        if BANDS.index(was.band) <= BANDS.index(band)
        for later in advance(was, band, days)
    }
    return MappingProxyType(agreed(tuple(become)))


def _in_common(all_known: list[Known]) -> Known:
    """What is known whichever of these is so: one value where they agree, else the values left."""
    first, *rest = all_known
    names = set(first).intersection(*rest)
    left = {name: frozenset[Value]().union(*(_held(known[name]) for known in all_known)) for name in names}
    return {name: first[name] if len(all_known) == 1 else _settled(left[name]) for name in names}


def _held(value: Value | frozenset[Value]) -> frozenset[Value]:
    return value if isinstance(value, frozenset) else frozenset({value})


def _settled(values: frozenset[Value]) -> Value | frozenset[Value]:
    return next(iter(values)) if len(values) == 1 else values
