"""Every history that plain answers leave possible, for people who do not know their dates.

The list of all histories is short, so it is written out once. What was said strikes out
those that do not fit; what all the rest agree on is known, and nothing else is. So a
skipped answer can never turn into a no.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from offer.eligibility.care_days import THIRTEEN_WEEKS
from offer.eligibility.care_history import Band, CareHistory, CareWhen, values_of
from offer.eligibility.fact import Value

_WHENS: Mapping[str, tuple[CareWhen, ...]] = {
    "under_16": ("still_in_care", "left_before_16", "never"),
    "16_17": ("still_in_care", "left_at_16_or_17", "left_before_16", "never"),
    "adult": ("left_at_18", "left_at_16_or_17", "left_before_16", "never"),
}
_BOTH = (False, True)
_NO = (False,)


def plain_history(
    band: Band,
    when: CareWhen,
    *,
    thirteen_weeks: bool = False,
    in_one_go: bool = False,
    home: bool = False,
    broke_down: bool = False,
    special_guardian: bool = False,
    reg_3_2: bool = False,
    other_s24: bool = False,
) -> CareHistory:
    """The history that a full set of plain answers describes."""
    return CareHistory(
        band=band,
        when=when,
        thirteen_weeks=thirteen_weeks,
        in_one_go=in_one_go,
        eligible_now=thirteen_weeks and when == "still_in_care",
        eligible_at_18=thirteen_weeks and when == "left_at_18",
        was_relevant=thirteen_weeks and when == "left_at_16_or_17",
        at_16_or_17=when in ("left_at_18", "left_at_16_or_17")
        or (when == "still_in_care" and band == "16_17"),
        reg_3_2=reg_3_2,
        home_six_months=home,
        home_broke_down=broke_down,
        home_counts=home and not broke_down,
        special_guardian=special_guardian,
        other_s24=other_s24,
    )


@cache
def all_histories(band: Band) -> tuple[CareHistory, ...]:
    """Every consistent history in one stretch of ages."""
    return tuple(_consistent(band))


def _consistent(band: Band) -> Iterator[CareHistory]:
    whens = _WHENS.get(band, _WHENS["adult"])
    for when in whens:
        at_16 = band != "under_16"
        weeks = _BOTH if at_16 and when not in ("left_before_16", "never") else _NO
        guardian = _BOTH if when != "never" else _NO
        other = _BOTH if at_16 and when in ("left_before_16", "never") else _NO
        homes = ((False, False), (True, False), (True, True)) if when != "never" else ((False, False),)
        for thirteen, (home, broke), sgo, s24 in product(weeks, homes, guardian, other):
            reg_3_2 = _BOTH if at_16 and (thirteen or when == "left_before_16") else _NO
            for one_go, hospital in product(_BOTH if thirteen else _NO, reg_3_2):
                yield plain_history(
                    band,
                    when,
                    thirteen_weeks=thirteen,
                    in_one_go=one_go,
                    home=home,
                    broke_down=broke,
                    special_guardian=sgo,
                    reg_3_2=hospital,
                    other_s24=s24,
                )


def fits(history: CareHistory, known: Mapping[str, Value]) -> bool:
    """Whether a history agrees with every care fact that was given."""
    values = values_of(history)
    for name, value in known.items():
        if name == COUNTED_DAYS:
            if not _fits_days(history, value):
                return False
        elif values.get(name, value) != value:
            return False
    return True


def _fits_days(history: CareHistory, days: Value) -> bool:
    if not isinstance(days, int):
        return True
    if days < THIRTEEN_WEEKS and (history.thirteen_weeks or history.reg_3_2):
        return False
    return days == 0 or history.when != "never"


COUNTED_DAYS = "counted_care_days_since_14"

# Facts that a history settles, and the counted days, which narrow the histories down.
CARE_FACTS = frozenset(values_of(plain_history("under_16", "never"))) | {COUNTED_DAYS}
