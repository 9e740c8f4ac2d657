"""Facts as the API takes them: a person and their answer, their days and their calendar, or named faults."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from icalendar import Calendar

from offer.calendars import calendar_of
from offer.eligibility.facts import FACTS
from offer.eligibility.reading_forms import typed
from offer.person import PersonFaults, facts_told, read_person
from offer.published import Published
from offer.timeline import last_day, status_changes, timeline
from tests.fuzz.choices import Choices
from tests.fuzz.target import Feed, Target, loud_log
from tests.fuzz.targets.days import DAYS

SEEDS: tuple[Mapping[str, Any], ...] = (
    {"age_years": 19, "postcode": "NG34 7EF", "responsible_authority": "E10000019", "care_when": "left_at_18",
     "care_13_weeks": True, "employed": False, "savings_gbp": 195.5},
    {"date_of_birth": "2007-03-10", "lives_in": "E07000138", "responsible_authority": "E10000019",
     "care": [{"start": "2020-01-01", "end": "2025-03-10", "kind": "full"}],
     "status_events": {"sgo_immediately_after_care": False, "adopted_on": None}},
    {"date_of_birth": "2008-02-29", "care": [{"start": "2015-05-05", "end": None, "kind": "remand"},
     {"start": "2010-01-01", "end": "2011-01-01", "kind": "short_break"}], "pregnant": True},
    {"care": [], "age_years": 24, "lives_in": "E06000047", "release_date": "2027-01-31",
     "course_ends_on": "2027-07-01", "in_custody": True},
)  # fmt: skip
_WORDS = (
    *FACTS, *dict.fromkeys(option.value for fact in FACTS.values() for option in fact.options),
    "start", "end", "kind", "full", "remand", "private_fostering", "adopted_on", "2007-03-10", "2026-11-22",
    "E06000047", "E10000019", "E07000138", "N09000003", "LN1 1YL",
)  # fmt: skip
_MADE = datetime(2026, 11, 22, 9, tzinfo=UTC)


def make(published: Published) -> Feed:
    loud_log()

    def feed(data: bytes) -> None:
        choices = Choices(data)
        on, long = choices.one_of(DAYS), choices.number(16) == 0
        for name, raw in _facts(choices).items() if choices.number(16) == 0 else ():
            typed(name, str(raw))
        facts = _facts(choices)
        if facts is None:
            return
        try:
            person = read_person(published, facts, on)
        except PersonFaults as refused:
            assert refused.faults, "a refusal names what is wrong"
            assert all(each.pointer.startswith("/facts") and each.detail for each in refused.faults)
            return
        answer = person.answer(published)
        assert {each.outcome for each in answer.outcomes} <= {"yes", "no", "unknown"}
        again = read_person(published, facts_told(person.situation), on)
        assert again.answer(published) == answer, "what was told, told again, gives the same answer"
        if long:
            _days(published, person.situation, on)

    return feed


def _days(published: Published, situation: Any, on: date) -> None:
    end = last_day(situation, on)
    changes = timeline(published, situation, on, end)
    assert all(on <= each.date <= end for each in changes)
    assert all(
        each.date is None or on <= each.date <= end for each in status_changes(published, situation, on, end)
    )
    events = Calendar.from_ical(calendar_of(changes, _MADE)).walk("VEVENT")
    assert len(events) == len({each.date for each in changes}), "one event for each day, as others read it"


def _facts(choices: Choices) -> Any:
    """Facts damaged here and there, or whatever JSON the bytes are; an object always."""
    if choices.number(8):
        found = choices.damaged(choices.one_of(SEEDS), _WORDS)
    else:
        try:
            found = json.loads(choices.rest())
        except (ValueError, RecursionError):
            return {}
    return found if isinstance(found, dict) else {}


TARGET = Target(
    "person_facts", "Facts about a person as JSON, their answer, their days and their calendar", make,
    tuple(f'"{word}"' for word in _WORDS),
)  # fmt: skip
