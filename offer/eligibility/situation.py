"""The door of this room: read what a person told us, and work out all that follows.

situation, faults = read_situation({"age_years": 19, "care_when": "left_at_18"}, on)
known = derive(situation, on)      # absent = unknown; money in pence
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from offer.eligibility.care import care_facts, possible_histories
from offer.eligibility.care_history import CareHistory
from offer.eligibility.care_plain import CARE_FACTS
from offer.eligibility.contradictions import contradictions
from offer.eligibility.dates import age_in_months, age_in_years, age_on_31_august, birthday
from offer.eligibility.fact import Value
from offer.eligibility.implications import implied
from offer.eligibility.places_told import nations_of
from offer.eligibility.reading import read_facts
from offer.eligibility.situation_parts import CareSpell, Fault, Situation, StatusEvents
from offer.eligibility.stated_dates import still_true

__all__ = ["CareSpell", "Fault", "Situation", "StatusEvents", "derive", "read_situation"]

# The postcode is only for finding the district; care facts come back through `care_facts`.
_NOT_CARRIED = CARE_FACTS | {"postcode"}


def read_situation(raw: Mapping[str, object], on: date) -> tuple[Situation, tuple[Fault, ...]]:
    """What was told, and every fault in it at once.

    `raw` is JSON or strict YAML: facts by name, `care`, `status_events`. With faults, the
    situation holds what could be read; do not answer from it. None and absent = unknown.
    """
    situation, faults = read_facts(raw, on)
    return situation, faults + contradictions(situation, on)


def derive(situation: Situation, on: date) -> Mapping[str, Value]:
    """Every fact known on the day, given or worked out; an absent name is unknown.

    Ages told without a birth date are taken as told, whatever the day. Worked-out values
    win over told ones; `read_situation` refuses those that disagree.
    """
    return derive_with(possible_histories(situation, on), situation, on)


def derive_with(histories: tuple[CareHistory, ...], situation: Situation, on: date) -> Mapping[str, Value]:
    """As `derive`, for a caller that already holds the possible histories of the day."""
    known = {k: v for k, v in still_true(situation.facts, on).items() if k not in _NOT_CARRIED}
    known |= ages_on(situation, on)
    known |= {k: v for k, v in nations_of(known).items() if k not in known}
    known |= care_facts(situation, on, histories)
    return known | implied(known)


def ages_on(situation: Situation, on: date) -> dict[str, Value]:
    """Birth date and ages; from an age in months the years, from years alone nothing else."""
    dob = situation.date_of_birth
    if dob is None:
        months = situation.facts.get("age_months")
        years_told = "age_years" in situation.facts
        return {"age_years": months // 12} if isinstance(months, int) and not years_told else {}
    ages: dict[str, Value] = {
        "date_of_birth": dob,
        "age_years": age_in_years(dob, on),
        "age_months": age_in_months(dob, on),
        "days_to_18th_birthday": (birthday(dob, 18) - on).days,
    }
    in_august = age_on_31_august(dob, on)
    return ages | ({"age_on_31_august": in_august} if in_august >= 0 else {})
