"""From birth date, care dates and events to the history they amount to on one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from offer.eligibility.care_days import THIRTEEN_WEEKS, CareDays, clip, days_in, holds
from offer.eligibility.care_history import CareHistory, CareWhen, band_of
from offer.eligibility.dates import ONE_DAY, age_in_years, months_after
from offer.eligibility.situation_parts import CareSpell, StatusEvents


def histories_from_dates(
    dob: date, spells: Sequence[CareSpell], events: StatusEvents, s24: bool | None, on: date
) -> tuple[CareHistory, ...]:
    """One history, or two where other accommodation at 16 or 17 (CA s24(2)(b)-(e)) is open.

    Absent events count as no: beside care dates the questions ask for them.
    """
    days = CareDays(dob, spells, on)
    at_16_or_17 = bool(clip(days.council, days.b16, days.b18))
    return tuple(
        _history(days, events, at_16_or_17, other) for other in _other_s24(days, events, at_16_or_17, s24)
    )


def _other_s24(
    days: CareDays, events: StatusEvents, at_16_or_17: bool, told: bool | None
) -> tuple[bool, ...]:
    if at_16_or_17 or days.on < days.b16:
        return (False,)  # council care then already counts, and gives more
    if events.privately_fostered_disabled_child and _privately_fostered_at_16(days):
        return (True,)  # CA s24(2)(e), s66(4)
    return (False, True) if told is None else (told,)


def _privately_fostered_at_16(days: CareDays) -> bool:
    runs = [(s.start, s.end or date.max) for s in days.spells if s.kind == "private_fostering"]
    return bool(clip(runs, days.b16, min(days.b18, days.on + ONE_DAY)))


def _history(days: CareDays, events: StatusEvents, at_16_or_17: bool, other_s24: bool) -> CareHistory:
    first = days.first_eligible_day
    reg_3_2 = _reg_3_2(days, events)
    when = care_when(days)
    home = bool(events.lived_6_months_with_parent_or_pr) and when != "never"
    broke_down = home and bool(events.that_arrangement_broke_down)
    return CareHistory(
        band=band_of(age_in_years(days.dob, days.on)),
        when=when,
        thirteen_weeks=first is not None,
        in_one_go=any(days_in([run]) >= THIRTEEN_WEEKS and run[1] > days.b16 for run in days.stays),
        eligible_now=first is not None and holds(days.counted, days.on),
        eligible_at_18=first is not None and holds(days.counted, days.b18 - ONE_DAY),
        was_relevant=first is not None and _out_of_care_since(days, first),
        at_16_or_17=at_16_or_17,
        reg_3_2=reg_3_2,
        home_six_months=home,
        home_broke_down=broke_down,
        home_counts=home and not broke_down and six_months_home(days, reg_3_2=reg_3_2) is not None,
        special_guardian=bool(events.sgo_immediately_after_care) and when != "never",
        other_s24=other_s24,
    )


def care_when(days: CareDays) -> CareWhen:
    """Whether in council care on the day and, if not, when it last ended."""
    if not days.council:
        return "never"
    end = days.council[-1][1]
    if end > days.on:
        return "still_in_care"
    if end >= days.b18:
        return "left_at_18"
    return "left_at_16_or_17" if end > days.b16 else "left_before_16"


def _reg_3_2(days: CareDays, events: StatusEvents) -> bool:
    return (
        bool(events.detained_or_hospital_on_16th_birthday)
        and days.on >= days.b16
        and days.counted_days_before_16 >= THIRTEEN_WEEKS
    )


def _out_of_care_since(days: CareDays, first: date) -> bool:
    """Whether some day at 16 or 17 after the first eligible one was out of council care."""
    stop = min(days.on + ONE_DAY, days.b18)
    return days_in(clip(days.council, first, stop)) < (stop - first).days


def six_months_home(days: CareDays, *, reg_3_2: bool) -> date | None:
    """The earliest day on which six months at home after care were complete, once it has come.

    The event carries no date, so it counts from the first day it can be true: six months
    after care last ended (for reg 3(2), after the 16th birthday), before 18.
    """
    if days.last_end is None:
        return None
    start = max(days.last_end, days.b16) if reg_3_2 else days.last_end
    done = months_after(start, 6)
    return done if done <= min(days.on, days.b18) else None
