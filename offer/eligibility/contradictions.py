"""Answers that cannot all be true: each fault names both facts in plain words.

The page shows them beside the field, the API refuses with 422; nothing is worked out
through them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from offer.eligibility.care import bands_on, care_facts, events_beside_dates, told_about_care
from offer.eligibility.care_days import CareDays
from offer.eligibility.care_plain import histories_from_answers
from offer.eligibility.dates import age_in_months, age_in_years, age_on_31_august, birthday, months_after
from offer.eligibility.fact import Value
from offer.eligibility.facts import FACTS
from offer.eligibility.implications import clashes
from offer.eligibility.places_told import NATION_OF, nation_of_code
from offer.eligibility.situation_parts import Fault, Situation
from offer.eligibility.wording_of_values import said

OLDEST = 120  # years; the oldest age that is taken for real


def contradictions(situation: Situation, on: date) -> tuple[Fault, ...]:
    """Every clash in what was told on the day, each pair once."""
    found: dict[Fault, None] = {}
    for source in (
        _birth,
        _ages,
        _ages_without_birth_date,
        _places,
        _care_dates,
        _care_events,
        _care,
        _pairs,
    ):
        for fault in source(situation, on):
            found.setdefault(fault)
    return tuple(found)


def _at(name: str, detail: str) -> Fault:
    return Fault(f"/facts/{name}", detail)


def _both(first: str, second: str, one: str, other: str) -> Fault:
    """A fault at the second fact that names both, in words and by name."""
    return _at(second, f"These two answers do not fit together: {one} ({first}), but {other} ({second}).")


def _told(situation: Situation, name: str) -> str:
    return said(FACTS[name], situation.facts[name])


def _birth(situation: Situation, on: date) -> Iterator[Fault]:
    dob = situation.date_of_birth
    if dob is None:
        return
    if dob > on:
        yield _at("date_of_birth", "The date of birth is in the future.")
    elif age_in_years(dob, on) > OLDEST:
        yield _at("date_of_birth", f"The date of birth makes you over {OLDEST}. Check the year.")


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
            yield _both("date_of_birth", name, f"by your date of birth {by_date}", _told(situation, name))


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
    return _both(first, second, _told(situation, first), _told(situation, second))


def _places(situation: Situation, on: date) -> Iterator[Fault]:
    for place, nation in NATION_OF:
        by_code = nation_of_code(situation.facts.get(place))
        told = situation.facts.get(nation)
        if by_code is not None and told is not None and told != by_code:
            yield _both(
                place, nation, f"by its code {said(FACTS[nation], by_code)}", _told(situation, nation)
            )


def _care_dates(situation: Situation, on: date) -> Iterator[Fault]:
    dob = situation.date_of_birth
    if dob is None:
        return
    for number, spell in enumerate(situation.care or ()):
        place = f"/facts/care/{number}/start"
        if spell.start < dob:
            yield Fault(
                place,
                f"These two answers do not fit together: time in care {number + 1} starts before you were "
                "born (care), by your date of birth (date_of_birth).",
            )
        elif spell.start >= birthday(dob, 18):
            yield Fault(
                place,
                f"These two answers do not fit together: time in care {number + 1} starts after you turned "
                "18 (care), by your date of birth (date_of_birth). Care ends at 18.",
            )
    adopted = situation.events.adopted_on
    if adopted is not None and (adopted < dob or adopted >= birthday(dob, 19)):
        yield Fault(
            "/facts/status_events/adopted_on",
            "These two answers do not fit together: the day you were adopted (adopted_on) is before you were "
            "born or long after you turned 18, by your date of birth (date_of_birth).",
        )


def _care_events(situation: Situation, on: date) -> Iterator[Fault]:
    events, spells = situation.events, situation.care
    if events.that_arrangement_broke_down and events.lived_6_months_with_parent_or_pr is False:
        yield Fault(
            "/facts/status_events/that_arrangement_broke_down",
            "These two answers do not fit together: living back home broke down "
            "(that_arrangement_broke_down), but you did not live there for six months "
            "(lived_6_months_with_parent_or_pr).",
        )
    if spells is None:
        return
    if not any(spell.is_council_care for spell in spells):
        for name in ("sgo_immediately_after_care", "lived_6_months_with_parent_or_pr"):
            if getattr(events, name):
                yield Fault(
                    f"/facts/status_events/{name}",
                    f"These two answers do not fit together: something happened after care ({name}), "
                    "but you were never in council care (care).",
                )
    elif events_beside_dates(situation).lived_6_months_with_parent_or_pr and not _room_for_home(
        situation, on
    ):
        yield Fault(
            "/facts/care",
            "These two answers do not fit together: you lived with a parent for six months after care, "
            "before 18 (lived_6_months_with_parent_or_pr), but your dates in care leave no such time (care).",
        )


def _room_for_home(situation: Situation, on: date) -> bool:
    """Whether six months out of care, after care and before 18, had passed by the day."""
    if situation.date_of_birth is None:
        return True
    days = CareDays(situation.date_of_birth, situation.care or (), on)
    stop = min(on, days.b18)
    starts = [run[0] for run in days.council[1:]] + [stop]
    return any(
        months_after(end, 6) <= start for (_, end), start in zip(days.council, starts, strict=False)
    ) or (days.counted_days_before_16 > 0 and months_after(days.b16, 6) <= stop)


def _care(situation: Situation, on: date) -> Iterator[Fault]:
    """Plain and ready-made care facts against the dates, against the age and each other."""
    if situation.care is not None and situation.date_of_birth is not None:
        yield from _care_against_dates(situation, on)
        return
    told = told_about_care(situation)
    if situation.care is not None and not any(s.is_council_care for s in situation.care):
        told = {**told, "ever_looked_after": False}
    bands = bands_on(situation, on)
    if histories_from_answers(told, bands):
        return
    pairs = list(_care_pairs(situation, told, on))
    yield from pairs or [_at("care_when", "Some of the answers about your time in care do not fit together.")]


def _care_pairs(situation: Situation, told: dict[str, Value], on: date) -> Iterator[Fault]:
    bands = bands_on(situation, on)
    age = next((n for n in ("age_years", "age_months") if n in situation.facts), "date_of_birth")
    alone = set()
    for name, value in told.items():
        if not histories_from_answers({name: value}, bands):
            alone.add(name)
            aged = _told(situation, age) if age in situation.facts else "your date of birth gives your age"
            yield _both(age, name, aged, said(FACTS[name], value))
    for (first, one), (second, other) in combinations(told.items(), 2):
        if not alone & {first, second} and not histories_from_answers({first: one, second: other}, bands):
            yield _both(first, second, said(FACTS[first], one), said(FACTS[second], other))


def _care_against_dates(situation: Situation, on: date) -> Iterator[Fault]:
    by_dates = care_facts(_without_told_care(situation), on)
    for name, value in told_about_care(situation).items():
        if name in _EVENT_LIKE or by_dates.get(name, value) == value:
            continue
        yield _both(
            "care",
            name,
            f"by your dates in care {said(FACTS[name], by_dates[name])}",
            said(FACTS[name], value),
        )


# Told beside the dates, these add to them; whether they fit is looked at with the events.
_EVENT_LIKE = frozenset(
    {
        "home_6_months_after_care",
        "home_after_care_broke_down",
        "special_guardian_after_care",
        "hospital_or_detained_at_16_after_13_weeks",
    }
)


def _without_told_care(situation: Situation) -> Situation:
    kept = {
        name: value
        for name, value in situation.facts.items()
        if name in _EVENT_LIKE or name not in told_about_care(situation)
    }
    return Situation(situation.told_on, kept, situation.date_of_birth, situation.care, situation.events)


def _pairs(situation: Situation, on: date) -> Iterator[Fault]:
    known = dict(situation.facts)
    if situation.date_of_birth is not None:
        known["age_years"] = age_in_years(situation.date_of_birth, on)
    if situation.care is not None:
        known["ever_looked_after"] = any(s.is_council_care for s in situation.care)
    elif known.get("care_when") == "never":
        known["ever_looked_after"] = False
    for first, second in clashes(known):
        yield _both(first, second, said(FACTS[first], known[first]), said(FACTS[second], known[second]))
    age, started = known.get("age_years"), known.get("age_at_course_start")
    on_course = known.get("in_education") not in (None, "none", "he_applicant")
    if isinstance(age, int) and isinstance(started, int) and on_course and started > age:
        one, other = said(FACTS["age_years"], age), said(FACTS["age_at_course_start"], started)
        yield _both("age_years", "age_at_course_start", one, other)
