"""Asking on every single day for ten years finds the same changes as asking at the breakpoints.

Nothing here knows a breakpoint: each day's facts are worked out afresh, and the whole
catalogue is asked. Where the quick index leaves an entry open, the trace has the word.
CI asks for all the invented people (half a minute), a run by hand for every third.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from offer.eligibility.evaluate import Known
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import Situation
from offer.entitlements.in_force import standing
from offer.entry_day import entry_day
from offer.person import read_person
from offer.published import Published
from offer.timeline import timeline
from tests.conftest import in_ci

TEN_YEARS = 3653
PEOPLE = 29
LIVES_IN, LOOKED_AFTER_BY = "E07000139", "E10000019"  # a district and a county with terms of their own
Found = tuple[date, str, str, str]


def people(shared: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((shared / "cases" / "personas.json").read_text("utf-8"))[
        "personas"
    ]
    assert len(found) == PEOPLE
    return found


def situation_of(published: Published, person: dict[str, Any], **more: object) -> tuple[Situation, date]:
    on = date.fromisoformat(person["as_of"])
    facts = {
        "lives_in": LIVES_IN,
        **person["facts"],
        "date_of_birth": person["dob"],
        "care": person["care"],
        "status_events": person["status_events"],
        **more,
    }
    if facts.get("responsible_authority_nation") == "england":
        facts["responsible_authority"] = LOOKED_AFTER_BY
    return read_person(published, facts, on).situation, on


def every_day(published: Published, situation: Situation, start: date, days: int) -> Iterator[Found]:
    """Each change of an outcome, found by asking every day. Days on which nobody could tell
    today from yesterday, by any fact of any rule or by the rules in force, are not traced again."""
    before: dict[str, str] = {}
    last: object = None
    for number in range(days + 1):
        day = start + timedelta(days=number)
        known = knowledge(situation, day)
        index = published.index_on(day)
        seen = (index, index.evaluate(known), slow_facts(known), in_force(published, day))
        if seen == last:
            continue
        last = seen
        after = outcomes(published, known, day)
        yield from (
            (day, slug, before[slug], value)
            for slug, value in after.items()
            if number and before[slug] != value
        )
        before = after


def in_force(published: Published, day: date) -> list[str]:
    return [slug for slug, entry in published.entries.items() if standing(entry, day) == "in-force"]


def slow_facts(known: Known) -> dict[str, object]:
    """What is known but for the numbers that are another every day; those the index has cut into cells."""
    daily = ("days_to_18th_birthday", "counted_care_days_since_14")
    return {name: value for name, value in known.items() if name not in daily}


def outcomes(published: Published, known: Known, day: date) -> dict[str, str]:
    rules, index = published.rules_on(day), published.index_on(day)
    bits = index.evaluate(known)
    council, district = known.get("responsible_authority"), known.get("lives_in")
    assert isinstance(council, str | None)
    assert isinstance(district, str | None)
    found = dict[str, str]()
    for entry in published.entries_for(council, district, day):
        holds = index.outcome(bits, entry.id)
        settled = rules[entry.id].explain(known).outcome if holds is None else holds
        found[entry.id] = entry_day(entry, day).outcome(settled)
    return found


def by_breakpoints(published: Published, situation: Situation, start: date, days: int) -> list[Found]:
    changes = timeline(published, situation, start, start + timedelta(days=days))
    return [(change.date, change.slug, change.before, change.after) for change in changes]


@pytest.mark.parametrize("number", range(0, PEOPLE, 1 if in_ci() else 3))
def test_every_day_of_ten_years_tells_what_the_timeline_tells(
    published: Published, shared: Path, number: int
) -> None:
    situation, on = situation_of(published, people(shared)[number])
    start = on - timedelta(days=730)  # the care of many ends in these years
    found = list(every_day(published, situation, start, TEN_YEARS))
    assert found == by_breakpoints(published, situation, start, TEN_YEARS)
    assert found, "ten years change something for everybody here"
