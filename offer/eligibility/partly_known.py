"""Facts that are not settled but can only be some of their values.

"19" says that the age on 31 August is 18 or 19; "left care at 16 or 17 after 13 weeks"
leaves three statuses. A rule that holds for all the values left is settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from offer.eligibility.care import possible_histories
from offer.eligibility.care_days import THIRTEEN_WEEKS
from offer.eligibility.care_history import Band, CareHistory, values_of
from offer.eligibility.care_told import bands_on, told_age
from offer.eligibility.fact import Value
from offer.eligibility.facts import FACTS
from offer.eligibility.situation import derive_with
from offer.eligibility.situation_parts import Situation

_CHOICES = ("care_status", "former_relevant_route", "care_when")
_MOST_COUNTED_DAYS = 1462  # 14 to 18, one 29 February or two among them
_ADULT_BANDS: tuple[Band, ...] = ("18_20", "21_24", "25_plus")
_ADULT_AGES: frozenset[Value] = frozenset(range(18, 121))
_MANY_DAYS: frozenset[Value] = frozenset(range(THIRTEEN_WEEKS, _MOST_COUNTED_DAYS))
_FEW_DAYS: frozenset[Value] = frozenset(range(THIRTEEN_WEEKS))

Sets = dict[str, frozenset[Value]]


def knowledge(situation: Situation, on: date) -> Mapping[str, Value | frozenset[Value]]:
    """All that is known on the day: one value where settled, the set of values left where not."""
    histories = possible_histories(situation, on)
    known = derive_with(histories, situation, on)
    several = {**_ages(situation, on), **_care(histories)}
    unsettled = {name: left for name, left in several.items() if name not in known and len(left) > 1}
    return {**known, **unsettled}


def _ages(situation: Situation, on: date) -> Sets:
    if situation.date_of_birth is not None:
        return {}
    age = told_age(situation, on)
    if age is None:
        adult = set(bands_on(situation, on)) == set(_ADULT_BANDS)
        return {"age_years": _ADULT_AGES} if adult else {}
    months = situation.facts.get("age_months")
    first, last = (months, months) if isinstance(months, int) else (age * 12, age * 12 + 11)
    return {
        "age_months": frozenset(range(first, last + 1)),
        "age_on_31_august": frozenset({max(age - 1, 0), age}),
        "days_to_18th_birthday": _days_to_18(first, last + 1),
    }


@lru_cache(maxsize=256)
def _days_to_18(first_month: int, after_month: int) -> frozenset[Value]:
    """Whole days that fit an age of `first_month` up to, not including, `after_month` months.

    Months have 28 to 31 days and the ends are kept wide; only the sign is exact.
    """
    low, high = 216 - after_month, 216 - first_month  # months still to go
    least = low * 31 - 1 if low < 0 else max(low * 28, int(high > 0))
    most = high * 31 + 1 if high > 0 else high * 28
    return frozenset(range(least, most + 1))


@lru_cache(maxsize=1024)
def _care(histories: tuple[CareHistory, ...]) -> Mapping[str, frozenset[Value]]:
    values = [values_of(history) for history in histories]
    found: Sets = {}
    for name in _CHOICES:
        left = frozenset(each[name] for each in values)
        if left and len(left) < len(FACTS[name].options):
            found[name] = left
    if values and all(each["care_13_weeks"] for each in values):
        found["counted_care_days_since_14"] = _MANY_DAYS
    elif values and all(
        each["ever_looked_after_at_16_or_17"] and not each["care_13_weeks"] for each in values
    ):
        found["counted_care_days_since_14"] = _FEW_DAYS
    return found
