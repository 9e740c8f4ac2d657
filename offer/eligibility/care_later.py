"""Plain answers carried forward: what the histories told today can have become by a later day.

An open stay in care is taken to run to the 18th birthday. Everything else stays as told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from offer.eligibility.care_days import THIRTEEN_WEEKS
from offer.eligibility.care_history import Band, CareHistory, CareWhen
from offer.eligibility.care_plain import plain_history

_ADULT: tuple[Band, ...] = ("18_20", "21_24", "25_plus")


def advance(history: CareHistory, band: Band, days_in_care: int) -> Iterator[CareHistory]:
    """The histories one can have become in `band`, after `days_in_care` more days if in care."""
    if history.band == band and (days_in_care == 0 or not history.in_care):
        yield history
    elif history.in_care:
        yield from _advance_in_care(history, band, days_in_care)
    elif history.band == "under_16" and history.when != "left_at_16_or_17":
        for other in (False, True):  # other accommodation at 16 or 17 may still come
            yield replace(history, band=band, other_s24=other)
    else:
        yield replace(history, band=band)


def _advance_in_care(history: CareHistory, band: Band, days: int) -> Iterator[CareHistory]:
    when: CareWhen = "left_at_18" if band in _ADULT else "still_in_care"
    not_yet = band == "under_16"  # both need a day at 16
    weeks = (False,) if not_yet else _grown(history.thirteen_weeks, days)
    one_go = (False,) if not_yet else _grown(history.in_one_go, days)
    for thirteen, unbroken in product(weeks, one_go):
        if thirteen or not unbroken:
            yield plain_history(
                band,
                when,
                thirteen_weeks=thirteen,
                in_one_go=unbroken,
                home=history.home_six_months,
                broke_down=history.home_broke_down,
                special_guardian=history.special_guardian,
                reg_3_2=history.reg_3_2,
            )


def _grown(had: bool, days: int) -> tuple[bool, ...]:
    """Whether 13 weeks are reached after more days: surely, surely not, or either."""
    if had or days >= THIRTEEN_WEEKS:
        return (True,)
    return (False, True) if days else (False,)
