"""What a person's time in care comes to on one day, and the status the law gives it (England).

Acts and regulations: Children Act 1989 (CA), Care Planning Regulations 2010 (CPR), Care
Leavers (England) Regulations 2010 (CLR). Care by any UK council gives a status; rules test
the nation of the council themselves (assumption A4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from offer.eligibility.fact import Value

Band = Literal["under_16", "16_17", "18_20", "21_24", "25_plus"]
BANDS: tuple[Band, ...] = ("under_16", "16_17", "18_20", "21_24", "25_plus")
CareWhen = Literal["still_in_care", "left_at_18", "left_at_16_or_17", "left_before_16", "never"]


def band_of(age: int) -> Band:
    """The stretch of ages within which no status test changes."""
    for limit, band in ((16, BANDS[0]), (18, BANDS[1]), (21, BANDS[2]), (25, BANDS[3])):
        if age < limit:
            return band
    return BANDS[4]


@dataclass(frozen=True, slots=True)
class CareHistory:
    """One complete history on one day; what is not known is several histories.

    `when`: care now, or when it last ended. `thirteen_weeks`: some day at 16 or 17 was in
    council care, not a short break, with 91 or more counted days since 14 (CA Sch 2 para
    19B, CPR reg 40). `reg_3_2`: in hospital or detained on the 16th birthday straight
    after 91 counted days, no care order (CLR reg 3(2)).
    """

    band: Band
    when: CareWhen
    thirteen_weeks: bool = False
    in_one_go: bool = False  # 91 days in one unbroken stay, a day of it at 16 or later
    eligible_now: bool = False
    eligible_at_18: bool = False  # on the day before the 18th birthday
    was_relevant: bool = False  # out of care at 16 or 17 after being eligible
    at_16_or_17: bool = False  # any council care then, short breaks too
    reg_3_2: bool = False
    home_six_months: bool = False  # as told: six months with a parent after care
    home_broke_down: bool = False
    home_counts: bool = False  # the six months are over, and it did not break down
    special_guardian: bool = False
    other_s24: bool = False

    @property
    def in_care(self) -> bool:
        return self.when == "still_in_care"

    @property
    def is_relevant_but_for_age(self) -> bool:
        """CA s23A(2), CLR reg 3(2); lost after six months at home (CLR reg 3(5)-(6), A5)."""
        return (self.was_relevant or self.reg_3_2) and not self.home_counts


class Histories(tuple[CareHistory, ...]):
    """Histories that fit, many or few. What is worked out of them is looked up by them: they hash once."""

    _hashed: int | None = None

    def __hash__(self) -> int:
        if self._hashed is None:
            self._hashed = super().__hash__()
        return self._hashed


@lru_cache(maxsize=4096)
def the_same(histories: Histories) -> Histories:
    """One object for all that are equal: looking something up by it then compares nothing."""
    return histories


def status_of(history: CareHistory) -> str:
    """The care status; the stronger where two fit."""
    if history.in_care:
        return _status_in_care(history)
    if history.band == "under_16":
        return "none"
    if history.band == "16_17":
        if history.is_relevant_but_for_age:
            return "relevant"
    elif history.eligible_at_18 or history.is_relevant_but_for_age:
        return "former_relevant"  # CA s23C(1): the status has no upper age
    return _weaker_status(history)


def _status_in_care(history: CareHistory) -> str:
    if history.band == "under_16":
        return "looked_after_under_16"
    return "eligible" if history.eligible_now else "looked_after_not_eligible"


def _weaker_status(history: CareHistory) -> str:
    if history.band in ("16_17", "18_20"):
        if history.special_guardian:
            return "qualifying_sgo"  # CA s24(1A)
        if history.at_16_or_17 or history.other_s24:
            return "qualifying_other"  # CA s24(1B), (2)
    if history.band == "21_24" and (history.special_guardian or history.at_16_or_17):
        return "past_qualifying"  # CA s24B, s24D
    return "none"


def route_of(history: CareHistory) -> str:
    """By which door of CA s23C(1) a former relevant child came; `n/a` for everyone else."""
    if status_of(history) != "former_relevant":
        return "n/a"
    return "looked_after_at_18" if history.eligible_at_18 else "was_relevant"


@lru_cache(maxsize=4096)
def values_of(history: CareHistory) -> Mapping[str, Value]:
    """Every fact of the registry that one history settles. A history holds no dates and no name."""
    return {
        "care_status": status_of(history),
        "former_relevant_route": route_of(history),
        "currently_looked_after": history.in_care,
        "ever_looked_after": history.when != "never",
        "ever_looked_after_at_16_or_17": history.at_16_or_17,
        "eligible_or_relevant_before_18": history.thirteen_weeks or history.reg_3_2,
        "thirteen_weeks_in_care_ended_after_16": history.in_one_go,
        "other_s24_accommodation_at_16_or_17": history.other_s24,
        "care_when": history.when,
        "care_13_weeks": history.thirteen_weeks,
        "care_13_weeks_in_one_go": history.in_one_go,
        "home_6_months_after_care": history.home_six_months,
        "home_after_care_broke_down": history.home_broke_down,
        "special_guardian_after_care": history.special_guardian,
        "hospital_or_detained_at_16_after_13_weeks": history.reg_3_2,
    }
