"""Care status on a day: worked out from dates where given, from plain answers where not.

Everything rests on the set of histories that fit what was said: a fact is known when all
of them agree on it, and unknown otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from offer.eligibility.care_dates import histories_from_dates
from offer.eligibility.care_days import CareDays
from offer.eligibility.care_history import BANDS, Band, CareHistory, band_of, status_of, values_of
from offer.eligibility.care_later import advance
from offer.eligibility.care_plain import CARE_FACTS, COUNTED_DAYS, fits, histories_from_answers
from offer.eligibility.care_words import cite_for, reasons_for, unknown_reasons, warnings_for
from offer.eligibility.dates import age_in_years, birthday
from offer.eligibility.fact import Value
from offer.eligibility.situation_parts import Situation, StatusEvents

_EVENT_FACTS = (
    ("lived_6_months_with_parent_or_pr", "home_6_months_after_care"),
    ("that_arrangement_broke_down", "home_after_care_broke_down"),
    ("sgo_immediately_after_care", "special_guardian_after_care"),
)


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
    possible = frozenset(status_of(history) for history in histories)
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


def care_facts(situation: Situation, on: date) -> dict[str, Value]:
    """Every care fact that all possible histories agree on, and the counted days."""
    histories = possible_histories(situation, on)
    if not histories:
        return {}
    known = care_facts_of(histories)
    days = care_days(situation, on)
    if days is not None:
        known[COUNTED_DAYS] = days.counted_days
    elif known.get("ever_looked_after") is False:
        known[COUNTED_DAYS] = 0
    elif isinstance(told := situation.facts.get(COUNTED_DAYS), int):
        known[COUNTED_DAYS] = told
    return known


def care_facts_of(histories: tuple[CareHistory, ...]) -> dict[str, Value]:
    """What all the histories agree on; nothing where there are none."""
    if not histories:
        return {}
    first, *rest = [values_of(history) for history in histories]
    return {name: value for name, value in first.items() if all(o[name] == value for o in rest)}


def care_days(situation: Situation, on: date) -> CareDays | None:
    """The counted days, where both the birth date and the care dates are known."""
    if situation.date_of_birth is None or situation.care is None:
        return None
    return CareDays(situation.date_of_birth, situation.care, on)


def told_about_care(situation: Situation) -> dict[str, Value]:
    """What was said about care in plain answers, ready-made facts or events; not the dates."""
    told = {name: value for name, value in situation.facts.items() if name in CARE_FACTS}
    for event, fact in _EVENT_FACTS:
        value = getattr(situation.events, event)
        if value is not None:
            told.setdefault(fact, value)
    if situation.events.detained_or_hospital_on_16th_birthday is False:
        told.setdefault("hospital_or_detained_at_16_after_13_weeks", False)
    return told


def possible_histories(situation: Situation, on: date) -> tuple[CareHistory, ...]:
    """Every history that fits; empty when the answers contradict each other."""
    if situation.care is None:
        return _from_answers(situation, on)
    told = told_about_care(situation)
    if situation.date_of_birth is not None:
        return _fitting(_from_dates(situation, situation.date_of_birth, on), told)
    if not any(spell.is_council_care for spell in situation.care):
        return histories_from_answers({**told, "care_when": "never"}, bands_on(situation, on))
    births = _births(situation, on)
    if not births:
        return histories_from_answers({**told, "ever_looked_after": True}, BANDS)
    found = {h: None for dob in births for h in _from_dates(situation, dob, on)}
    return _fitting(tuple(found), told)


def _fitting(histories: tuple[CareHistory, ...], told: Mapping[str, Value]) -> tuple[CareHistory, ...]:
    rest = {name: value for name, value in told.items() if name != COUNTED_DAYS}
    return tuple(h for h in histories if fits(h, rest))


def _from_dates(situation: Situation, dob: date, on: date) -> tuple[CareHistory, ...]:
    assert situation.care is not None
    s24 = situation.facts.get("other_s24_accommodation_at_16_or_17")
    return histories_from_dates(
        dob, situation.care, events_beside_dates(situation), s24 if isinstance(s24, bool) else None, on
    )


def events_beside_dates(situation: Situation) -> StatusEvents:
    """The events, with plain answers standing in for those that were not given as events."""
    told = told_about_care(situation)
    events = situation.events
    return StatusEvents(
        lived_6_months_with_parent_or_pr=told.get("home_6_months_after_care") is True,
        that_arrangement_broke_down=told.get("home_after_care_broke_down") is True,
        sgo_immediately_after_care=told.get("special_guardian_after_care") is True,
        detained_or_hospital_on_16th_birthday=events.detained_or_hospital_on_16th_birthday is True
        or told.get("hospital_or_detained_at_16_after_13_weeks") is True,
        privately_fostered_disabled_child=events.privately_fostered_disabled_child,
        adopted_on=events.adopted_on,
    )


def _from_answers(situation: Situation, on: date) -> tuple[CareHistory, ...]:
    told = told_about_care(situation)
    dob = situation.date_of_birth
    if dob is None or on <= situation.told_on:
        return histories_from_answers(told, bands_on(situation, on))
    then = histories_from_answers(told, (band_of(age_in_years(dob, situation.told_on)),))
    more = max((min(on, birthday(dob, 18)) - situation.told_on).days, 0)
    band = band_of(age_in_years(dob, on))
    return tuple({later: None for history in then for later in advance(history, band, more)})


def bands_on(situation: Situation, on: date) -> tuple[Band, ...]:
    """The stretches of ages the person may be in; all of them while no age is known."""
    age = told_age(situation, on)
    if age is not None:
        return (band_of(age),)
    days = situation.facts.get("days_to_18th_birthday")
    if isinstance(days, int):
        return tuple(b for b in BANDS if (b in ("under_16", "16_17")) == (days > 0))
    return BANDS


def told_age(situation: Situation, on: date) -> int | None:
    """Age in years from the birth date, else as told in years or months."""
    if situation.date_of_birth is not None:
        return age_in_years(situation.date_of_birth, on)
    years, months = situation.facts.get("age_years"), situation.facts.get("age_months")
    if isinstance(years, int):
        return years
    return months // 12 if isinstance(months, int) else None


def _births(situation: Situation, on: date) -> tuple[date, ...]:
    """Every birth date that fits the age told, at or before the first day in care."""
    age = told_age(situation, on)
    if age is None or not situation.care:
        return ()
    born = (birthday(on, -age) - timedelta(days=n) for n in range(-1, 368))
    first = min(spell.start for spell in situation.care)
    return tuple(dob for dob in born if dob <= min(first, on) and age_in_years(dob, on) == age)
