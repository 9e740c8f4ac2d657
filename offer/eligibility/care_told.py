"""What was said about care, and the histories it is measured against.

Dates stand above plain answers. Beside dates an event that was not mentioned did not
happen; without dates it is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from offer.eligibility.care_dates import histories_from_dates
from offer.eligibility.care_history import BANDS, Band, CareHistory, band_of
from offer.eligibility.care_plain import CARE_FACTS, COUNTED_DAYS, all_histories
from offer.eligibility.dates import age_in_years, birthday
from offer.eligibility.fact import Value
from offer.eligibility.situation_parts import Situation, StatusEvents

EVENT_OF: Mapping[str, str] = {
    "home_6_months_after_care": "lived_6_months_with_parent_or_pr",
    "home_after_care_broke_down": "that_arrangement_broke_down",
    "special_guardian_after_care": "sgo_immediately_after_care",
}
HOSPITAL = "hospital_or_detained_at_16_after_13_weeks"
# Told beside dates, these add to them instead of being worked out from them.
EVENT_LIKE = frozenset(EVENT_OF) | {HOSPITAL}


def told_about_care(situation: Situation) -> dict[str, Value]:
    """What was said in plain answers, ready-made facts or events; not the dates."""
    told = {name: value for name, value in situation.facts.items() if name in CARE_FACTS}
    for fact, event in EVENT_OF.items():
        value = getattr(situation.events, event)
        if value is not None:
            told.setdefault(fact, value)
    if situation.events.detained_or_hospital_on_16th_birthday is False:
        told.setdefault(HOSPITAL, False)
    return told


def has_council_care(situation: Situation) -> bool:
    """Whether the dates given hold any council care."""
    return any(spell.is_council_care for spell in situation.care or ())


def histories_before_answers(situation: Situation, on: date) -> tuple[CareHistory, ...]:
    """Every history that fits the dates and ages, before plain answers narrow them down."""
    bands = bands_on(situation, on)
    if situation.care is None:
        return tuple(h for band in bands for h in all_histories(band))
    if situation.date_of_birth is not None:
        return _from_dates(situation, situation.date_of_birth, on)
    if not has_council_care(situation):
        return tuple(h for band in bands for h in all_histories(band) if h.when == "never")
    if told_age(situation, on) is None:
        return tuple(h for band in bands for h in all_histories(band) if h.when != "never")
    found = {h: None for dob in births(situation, on) for h in _from_dates(situation, dob, on)}
    return tuple(found)


def answers_to_fit(situation: Situation) -> dict[str, Value]:
    """The answers that a history must agree with; those already built into dated ones are left out."""
    told = told_about_care(situation)
    if situation.care is None:
        return told
    return {name: value for name, value in told.items() if name not in EVENT_LIKE | {COUNTED_DAYS}}


def _from_dates(situation: Situation, dob: date, on: date) -> tuple[CareHistory, ...]:
    s24 = situation.facts.get("other_s24_accommodation_at_16_or_17")
    told = s24 if isinstance(s24, bool) else None
    return histories_from_dates(dob, situation.care or (), events_beside_dates(situation), told, on)


def events_beside_dates(situation: Situation) -> StatusEvents:
    """The events, plain answers standing in for those not given; what broke down had begun."""
    told, events = told_about_care(situation), situation.events
    broke_down = told.get("home_after_care_broke_down") is True
    return StatusEvents(
        lived_6_months_with_parent_or_pr=told.get("home_6_months_after_care", broke_down) is True,
        that_arrangement_broke_down=broke_down,
        sgo_immediately_after_care=told.get("special_guardian_after_care") is True,
        detained_or_hospital_on_16th_birthday=events.detained_or_hospital_on_16th_birthday is True
        or told.get(HOSPITAL) is True,
        privately_fostered_disabled_child=events.privately_fostered_disabled_child,
        adopted_on=events.adopted_on,
    )


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


def births(situation: Situation, on: date) -> tuple[date, ...]:
    """Every birth date that fits the age told, at or before the first day in care."""
    age = told_age(situation, on)
    if age is None or not situation.care:
        return ()
    born = (birthday(on, -age) - timedelta(days=n) for n in range(-1, 368))
    first = min(spell.start for spell in situation.care)
    return tuple(dob for dob in born if dob <= min(first, on) and age_in_years(dob, on) == age)
