"""Between two breakpoints nothing changes: checked against every single day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from offer.eligibility.age_told import older
from offer.eligibility.situation import derive, read_situation
from offer.eligibility.timeline_dates import breakpoints, first_year_aged


@dataclass(frozen=True)
class Rules:
    """Thresholds as a catalogue would test them."""

    ages: tuple[int, ...] = (16, 18, 19, 20, 21, 22, 24, 25, 26)
    ages_in_months: tuple[int, ...] = (189,)
    days_to_18: tuple[int, ...] = (29,)
    ages_on_31_august: tuple[int, ...] = (16, 19, 25)
    stretch_starts: tuple[date, ...] = (date(2027, 4, 1),)


RULES = Rules()
START, END = date(2022, 1, 1), date(2036, 1, 1)


def seen(known: Any, day: date) -> dict[str, object]:
    """What the rules can tell apart: numbers only by the thresholds they have passed."""
    numbers = {
        "age_years": RULES.ages,
        "age_months": RULES.ages_in_months,
        "days_to_18th_birthday": RULES.days_to_18,
        "age_on_31_august": RULES.ages_on_31_august,
        "counted_care_days_since_14": (91,),
    }
    view: dict[str, object] = {name: value for name, value in known.items() if name not in numbers}
    for name, steps in numbers.items():
        if name in known:
            view[name] = sum(known[name] >= step for step in steps)
    return view | {"stretch": sum(day >= start for start in RULES.stretch_starts)}


def scan(raw: dict[str, Any]) -> None:
    told_on = START
    situation, _ = read_situation(raw, told_on)
    points = set(breakpoints(situation, START, RULES, END))
    before = seen(derive(situation, START), START)
    day = START + timedelta(days=1)
    while day <= END:
        now = seen(derive(situation, day), day)
        if now != before:
            assert day in points, (day, {k: (before.get(k), v) for k, v in now.items() if before.get(k) != v})
        before, day = now, day + timedelta(days=1)


def test_nobody_of_the_invented_people_changes_between_breakpoints(personas: list[dict[str, Any]]) -> None:
    chosen = {"p01", "p12", "p14", "p30", "p32", "q06", "q10", "q30"}
    people = [person for person in personas if person["id"][:3] in chosen]
    assert len(people) == len(chosen)
    for person in people:
        events = {
            "date_of_birth": person["dob"],
            "care": person["care"],
            "status_events": person["status_events"],
        }
        scan(events)


@pytest.mark.parametrize(
    "raw",
    [
        {"date_of_birth": "2008-02-29", "care_when": "still_in_care"},
        {"date_of_birth": "2005-11-05", "care_when": "still_in_care", "care_13_weeks": False},
        {"date_of_birth": "2004-03-01", "care_when": "left_at_16_or_17", "care_13_weeks": True},
        {
            "date_of_birth": "2006-01-20",
            "care": [{"start": "2015-01-01", "end": "2021-12-20", "kind": "full"}],
            "status_events": {
                "detained_or_hospital_on_16th_birthday": True,
                "lived_6_months_with_parent_or_pr": True,
            },
        },
    ],
)
def test_nobody_else_changes_between_breakpoints(raw: dict[str, Any]) -> None:
    scan(raw)


def test_the_known_dates_of_a_17_year_old_in_care() -> None:
    raw = {"date_of_birth": "2009-04-20", "care": [{"start": "2026-10-01", "end": None, "kind": "full"}]}
    on = date(2026, 11, 22)
    points = breakpoints(read_situation(raw, on)[0], on, RULES)
    assert date(2026, 12, 30) in points  # the 91st counted day
    assert date(2027, 3, 23) in points  # 28 days before 18
    assert date(2027, 4, 20) in points
    assert date(2028, 9, 1) in points  # 19 on the 31 August before
    assert points[-1] <= date(2036, 4, 20)
    assert list(points) == sorted(points)


def test_no_birth_date_no_dates() -> None:
    on = date(2026, 11, 22)
    assert breakpoints(read_situation({"age_years": 17}, on)[0], on, RULES) == ()


@pytest.mark.parametrize(
    ("dob", "day"),
    [
        (date(2007, 8, 31), date(2026, 9, 1)),
        (date(2007, 9, 1), date(2027, 9, 1)),
        (date(2008, 2, 29), date(2027, 9, 1)),
    ],
)
def test_the_school_year_in_which_19_counts(dob: date, day: date) -> None:
    assert first_year_aged(dob, 19) == day


def test_an_age_told_without_a_date_can_be_imagined_later() -> None:
    on = date(2026, 11, 22)
    now, _ = read_situation({"age_years": 17, "care_when": "still_in_care", "care_13_weeks": True}, on)
    assert derive(now, on)["care_status"] == "eligible"
    at_18 = derive(older(now, 18), on)
    assert (at_18["age_years"], at_18["care_status"]) == (18, "former_relevant")
    assert at_18["currently_looked_after"] is False
    assert derive(older(older(now, 18), 25), on)["care_status"] == "former_relevant"
