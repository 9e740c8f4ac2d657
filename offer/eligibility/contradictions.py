"""Answers that cannot all be true: each fault names both facts in plain words.

The page shows them beside the field, the API refuses with 422; nothing is worked out
through them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from offer.eligibility.contradictions_care import care_contradictions
from offer.eligibility.dates import age_in_months, age_in_years, age_on_31_august, birthday
from offer.eligibility.facts import FACTS
from offer.eligibility.implications import clashes
from offer.eligibility.places_told import NATION_OF, nation_of_code
from offer.eligibility.situation_parts import Fault, Situation
from offer.eligibility.stated_dates import stated_dates_clash
from offer.eligibility.wording_of_values import both, fault_at, said, told_as

OLDEST = 120  # years; the oldest age that is taken for real


def contradictions(situation: Situation, on: date) -> tuple[Fault, ...]:
    """Every clash in what was told on the day, each pair once."""
    sources = (
        _birth,
        _ages,
        _ages_without_birth_date,
        _places,
        care_contradictions,
        _pairs,
        stated_dates_clash,
    )
    return tuple(dict.fromkeys(fault for source in sources for fault in source(situation, on)))


def _birth(situation: Situation, on: date) -> Iterator[Fault]:
    dob = situation.date_of_birth
    if dob is None:
        return
    if dob > on:
        yield fault_at("date_of_birth", "The date of birth is in the future.")
    elif age_in_years(dob, on) > OLDEST:
        yield fault_at("date_of_birth", f"The date of birth makes you over {OLDEST}. Check the year.")


def _ages(situation: Situation, on: date) -> Iterator[Fault]:
    dob = situation.date_of_birth
    if dob is None or dob > on:
        return
    worked_out: dict[str, int] = {
        "age_years": age_in_years(dob, on),
        "age_months": age_in_months(dob, on),
        "days_to_18th_birthday": (birthday(dob, 18) - on).days,
        "age_on_31_august": age_on_31_august(dob, on),
    }
    for name, value in worked_out.items():
        if situation.facts.get(name, value) != value:
            by_date = said(FACTS[name], value)
            yield both("date_of_birth", name, f"by your date of birth {by_date}", told_as(situation, name))


def _ages_without_birth_date(situation: Situation, on: date) -> Iterator[Fault]:
    if situation.date_of_birth is not None:
        return
    facts = situation.facts
    years, months = facts.get("age_years"), facts.get("age_months")
    if isinstance(years, int) and isinstance(months, int) and months // 12 != years:
        yield _clash(situation, "age_years", "age_months")
    age = years if isinstance(years, int) else months // 12 if isinstance(months, int) else None
    if age is None:
        return
    named = "age_years" if isinstance(years, int) else "age_months"
    days, august = facts.get("days_to_18th_birthday"), facts.get("age_on_31_august")
    if isinstance(days, int) and (days > 0) != (age < 18):
        yield _clash(situation, named, "days_to_18th_birthday")
    if isinstance(august, int) and august not in (age - 1, age):
        yield _clash(situation, named, "age_on_31_august")


def _clash(situation: Situation, first: str, second: str) -> Fault:
    return both(first, second, told_as(situation, first), told_as(situation, second))


def _places(situation: Situation, on: date) -> Iterator[Fault]:
    for place, nation in NATION_OF:
        by_code = nation_of_code(situation.facts.get(place))
        told = situation.facts.get(nation)
        if by_code is not None and told is not None and told != by_code:
            yield both(
                place, nation, f"by its code {said(FACTS[nation], by_code)}", told_as(situation, nation)
            )


def _pairs(situation: Situation, on: date) -> Iterator[Fault]:
    known = dict(situation.facts)
    if situation.date_of_birth is not None:
        known["age_years"] = age_in_years(situation.date_of_birth, on)
    if situation.care is not None:
        known["ever_looked_after"] = any(s.is_council_care for s in situation.care)
    elif known.get("care_when") == "never":
        known["ever_looked_after"] = False
    for first, second in clashes(known):
        yield both(first, second, said(FACTS[first], known[first]), said(FACTS[second], known[second]))
    age, started = known.get("age_years"), known.get("age_at_course_start")
    on_course = known.get("in_education") not in (None, "none", "he_applicant")
    if isinstance(age, int) and isinstance(started, int) and on_course and started > age:
        one, other = said(FACTS["age_years"], age), said(FACTS["age_at_course_start"], started)
        yield both("age_years", "age_at_course_start", one, other)
