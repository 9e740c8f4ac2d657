"""What must hold for everybody: saying less never turns an answer round, and no day of change is missed."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from offer.answer import answer
from offer.eligibility.evaluate import explained
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import Situation
from offer.entitlements.in_force import standing
from offer.entry_day import entry_day
from offer.person import PersonFaults, read_person
from offer.published import Published
from offer.rulebook import CompiledRule
from offer.timeline import timeline
from tests.offer.people import ON, Facts, facts_of, fewer, people, personas

SHARED_FIXTURE = settings(max_examples=150)
Outcomes = Mapping[str, str]
Change = tuple[date, str, str, str]


def outcomes(published: Published, facts: Facts, on: date) -> Outcomes:
    found = read_person(published, facts, on).answer(published, explain=False)
    return {outcome.slug: outcome.outcome for outcome in found.outcomes}


def only_less_certain(less: Outcomes, more: Outcomes) -> None:
    """Saying less leaves an outcome as it was or makes it unknown."""
    for slug, outcome in less.items():
        if slug in more:
            assert outcome in ("unknown", more[slug]), slug


@pytest.mark.usefixtures("shared")
@SHARED_FIXTURE
@given(st.data())
def test_dropping_any_of_a_persona_s_facts_never_turns_an_answer_round(
    published: Published, data: st.DataObject
) -> None:
    persona = data.draw(st.sampled_from(personas()))
    on, facts = date.fromisoformat(persona["as_of"]), facts_of(persona)
    facts |= {"lives_in": "E07000139", "responsible_authority": "E10000019"}
    if persona["facts"].get("responsible_authority_nation") != "england":
        del facts["responsible_authority"]
    if persona["facts"].get("residence_nation") != "england":
        del facts["lives_in"]
    less = data.draw(fewer(facts))
    only_less_certain(outcomes(published, less, on), outcomes(published, facts, on))


@SHARED_FIXTURE
@given(st.data())
def test_dropping_any_of_anybody_s_facts_never_turns_an_answer_round(
    published: Published, data: st.DataObject
) -> None:
    facts = data.draw(people())
    try:
        more = outcomes(published, facts, ON)
    except PersonFaults:
        assume(False)
        return
    only_less_certain(outcomes(published, data.draw(fewer(facts)), ON), more)


@SHARED_FIXTURE
@given(people())
def test_an_unknown_always_names_what_is_missing_or_who_decides(published: Published, facts: Facts) -> None:
    """A question that a closed gate keeps from being asked would leave an entry open for ever."""
    try:
        person = read_person(published, facts, ON)
    except PersonFaults:
        assume(False)
        return
    for outcome in person.answer(published).outcomes:
        if outcome.outcome == "unknown" and outcome.day.standing != "coming":
            assert outcome.missing or outcome.asks, outcome.slug


@pytest.mark.parametrize("persona", personas(), ids=lambda persona: persona["id"])
def test_every_day_of_two_years_agrees_with_the_timeline(
    published: Published, persona: dict[str, Any]
) -> None:
    compare_with_every_day(published, persona, years=2)


@pytest.mark.parametrize("persona", personas()[::7], ids=lambda persona: persona["id"])
def test_every_day_of_ten_years_agrees_with_the_timeline(
    published: Published, persona: dict[str, Any]
) -> None:
    compare_with_every_day(published, persona, years=10)


def compare_with_every_day(published: Published, persona: dict[str, Any], years: int) -> None:
    """The breakpoints' changes are exactly those met by asking on each day."""
    start = date.fromisoformat(persona["as_of"])
    end = start.replace(year=start.year + years)
    situation = read_person(published, facts_of(persona), start).situation
    met = list(every_day(published, situation, start, end))
    told = [
        (change.date, change.slug, change.before, change.after)
        for change in timeline(published, situation, start, end)
    ]
    assert sorted(told) == sorted(met)


def every_day(published: Published, situation: Situation, start: date, end: date) -> Iterator[Change]:
    """Each change of an outcome, from asking the whole catalogue again on every day."""
    remembered = dict[tuple[object, ...], str]()
    before = on_day(published, situation, start, remembered)
    for number in range(1, (end - start).days + 1):
        day = start + timedelta(days=number)
        after = on_day(published, situation, day, remembered)
        yield from ((day, slug, before[slug], now) for slug, now in after.items() if before[slug] != now)
        before = after


def on_day(
    published: Published, situation: Situation, day: date, remembered: dict[tuple[object, ...], str]
) -> Outcomes:
    """The outcomes of England's entries; the same facts under the same rule are worked out once."""
    known, rules = knowledge(situation, day), published.rules_on(day)
    found = dict[str, str]()
    for entry in published.entries_for(None, None, day):
        rule: CompiledRule = rules[entry.id]
        key = (id(rule), standing(entry, day), *(known.get(fact) for fact in sorted(rule.facts)))
        if key not in remembered:
            remembered[key] = entry_day(entry, day).outcome(explained(rule.node, known).outcome)
        found[entry.id] = remembered[key]
    return found


@pytest.mark.usefixtures("shared")
def test_the_day_by_day_outcomes_are_those_of_the_answer(published: Published) -> None:
    """The scan above asks rules directly; on a sample of days it says what the Answer says."""
    for persona in personas()[::5]:
        situation = read_person(published, facts_of(persona), date.fromisoformat(persona["as_of"])).situation
        for day in (ON, date(2027, 9, 1), date(2031, 3, 1)):
            said = {each.slug: each.outcome for each in answer(published, situation, day).outcomes}
            assert on_day(published, situation, day, {}).items() <= said.items()
