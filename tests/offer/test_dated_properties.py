"""Laws and figures with random dates, and random people.

No day is missed, and nothing is a yes before its first day or after its last.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from directory.places import Places
from offer.answer import answer
from offer.eligibility.age_told import ages_by
from offer.eligibility.dates import ONE_DAY, age_in_years, birthday
from offer.eligibility.situation import Situation
from offer.entitlements.amounts import worth_on
from offer.entitlements.in_force import standing
from offer.entitlements.schema import Entitlement
from offer.person import read_person
from offer.published import Published
from offer.timeline import amount_changes, timeline, timeline_by_age
from tests.offer.dated import TODAY, edition, entry

DAYS = 500
LAST = TODAY + timedelta(days=DAYS)
SHARED = settings(max_examples=15)
_days = st.dates(TODAY - timedelta(days=60), LAST + timedelta(days=60))


@st.composite
def laws(draw: st.DrawFn) -> list[Entitlement]:
    """A few entries, each with a rule of its own, some with a first day, a day after the last, or both."""
    return [draw(_law(number)) for number in range(draw(st.integers(1, 4)))]


@st.composite
def _law(draw: st.DrawFn, number: int) -> Entitlement:
    first, second, third = sorted(draw(st.lists(_days, min_size=3, max_size=3, unique=True)))
    start = draw(st.integers(15, 20))
    rule: dict[str, Any] = {"id": "r", "fact": "age_years", "from": start, "cite": "Invented"}
    if draw(st.booleans()):
        rule["before"] = start + draw(st.integers(1, 5))
    later = [{"text": "£2", "start": second.isoformat()}]
    return entry(
        id=f"law-{number}",
        rule=rule,
        in_force=draw(st.sampled_from(["yes", "not-yet"])),
        begins=draw(st.none() | st.just(first)),
        ends=draw(st.none() | st.just(third)),
        amount={"text": "£1", "end": draw(st.sampled_from([first, second])).isoformat()},
        more_amounts=later if draw(st.booleans()) else [],
    )


@st.composite
def told(draw: st.DrawFn) -> Mapping[str, Any]:
    """A birth date, 29 February among them, or an age alone, or nothing."""
    born = st.dates(date(2005, 1, 1), date(2012, 12, 31)) | st.just(date(2008, 2, 29))
    return draw(
        st.fixed_dictionaries({"date_of_birth": born.map(date.isoformat)})
        | st.fixed_dictionaries({"age_years": st.integers(14, 25)})
        | st.just({})
    )


def every_day(published: Published, who: Situation) -> Iterator[tuple[date, dict[str, str]]]:
    """The whole Answer, asked on every single day."""
    for number in range(DAYS + 1):
        day = TODAY + timedelta(days=number)
        found = answer(published, who, day, explain=False)
        yield day, {outcome.slug: outcome.outcome for outcome in found.outcomes}


@SHARED
@given(laws(), told())
def test_the_timeline_is_what_asking_every_day_finds_and_nothing_is_a_yes_too_early_or_late(
    places: Places, entries: list[Entitlement], facts: Mapping[str, Any]
) -> None:
    published = edition(entries, places)
    who = read_person(published, facts, TODAY).situation
    scanned = list(every_day(published, who))
    never_a_yes_too_early_or_late(entries, scanned)
    if who.date_of_birth is not None:
        met = {
            (day, slug, before[slug], after[slug])
            for (_, before), (day, after) in pairwise(scanned)
            for slug in after
            if before[slug] != after[slug]
        }
        changes = timeline(published, who, TODAY, LAST)
        assert {(each.date, each.slug, each.before, each.after) for each in changes} == met
        assert all(change.because for change in changes), "every turn says why"
    changing = {
        (day, law.id): outcomes[law.id]
        for day, outcomes in scanned[1:]
        for law in entries
        if _figure(law, day) != _figure(law, day - timedelta(days=1))
    }
    figures = {key for key, outcome in changing.items() if outcome != "no"}
    told_figures = {(each.date, each.slug) for each in amount_changes(published, who, TODAY, LAST)}
    if who.date_of_birth is not None:
        assert told_figures == figures
        return
    # The scan holds an age for ever, the timeline lets it grow: within a year it may still be the age told.
    a_year = TODAY + timedelta(days=364)
    assert {key for key in figures if key[0] <= a_year} <= told_figures <= changing.keys()


def _figure(law: Entitlement, day: date) -> str:
    worth = worth_on(law, day)
    return worth.now_text if worth else ""


def never_a_yes_too_early_or_late(
    entries: list[Entitlement], scanned: list[tuple[date, dict[str, str]]]
) -> None:
    for day, outcomes in scanned:
        for law in entries:
            stands = standing(law, day)
            assert stands == "in-force" or outcomes[law.id] != "yes"
            assert stands != "ended" or outcomes[law.id] == "no"
            if law.begins is None and law.in_force == "not-yet":
                assert outcomes[law.id] != "yes", "no start date: never, on no day"


@SHARED
@given(laws(), told())
def test_from_and_until_are_the_days_on_which_the_answer_turns(
    places: Places, entries: list[Entitlement], facts: Mapping[str, Any]
) -> None:
    """A no or a coming holds until the day before `from`; a yes or might until the day before `until`."""
    published = edition(entries, places)
    who = read_person(published, facts, TODAY).situation
    for found in answer(published, who, TODAY, explain=False).outcomes:
        for day in (found.from_, found.until):
            if day is None or day > LAST or who.date_of_birth is None:
                continue
            before, after = (_on(published, who, each)[found.slug] for each in (day - timedelta(days=1), day))
            assert before != after, (found, day)
        if found.from_:
            assert _on(published, who, found.from_)[found.slug] != "no"
        if found.until:
            assert _on(published, who, found.until)[found.slug] == "no"


@SHARED
@given(laws(), st.integers(14, 25), st.integers(0, 365))
def test_what_an_age_alone_tells_is_so_whatever_the_birthday(
    places: Places, entries: list[Entitlement], age: int, days_since: int
) -> None:
    """Never a wrong word of a day or of a birthday, at most an open one."""
    published = edition(entries, places)
    born = birthday(TODAY, -age) - timedelta(days=days_since)
    assume(age_in_years(born, TODAY) == age)
    who = read_person(published, {"age_years": age}, TODAY).situation
    real = read_person(published, {"date_of_birth": born.isoformat()}, TODAY).situation
    for each in timeline(published, who, TODAY, LAST):
        eve, day = (_on(published, real, when)[each.slug] for when in (each.date - ONE_DAY, each.date))
        assert each.after in (day, "unknown")
        turns_a_year_older = birthday(born, age_in_years(born, each.date)) == each.date
        assert turns_a_year_older or each.before in (eve, "unknown")
        assert each.because
    for turn in timeline_by_age(published, who, TODAY):
        there = _on(published, real, birthday(born, turn.age))[turn.slug]
        assert turn.after in (there, "unknown")


@SHARED
@given(laws(), st.integers(14, 25))
def test_a_law_day_that_turns_an_answer_at_every_age_that_fits_is_told(
    places: Places, entries: list[Entitlement], age: int
) -> None:
    published = edition(entries, places)
    who = read_person(published, {"age_years": age}, TODAY).situation
    changes = timeline(published, who, TODAY, LAST)
    told_turns = {(each.date, each.slug, each.before, each.after) for each in changes}
    for day in [day for day in published.stretch_starts if TODAY < day <= LAST]:
        at_ages = [
            (_of_age(published, each, day - ONE_DAY), _of_age(published, each, day))
            for each in ages_by(who, day)
        ]
        for slug in published.entries:
            turns = {(before[slug], after[slug]) for before, after in at_ages}
            before, after = next(iter(turns))
            assert len(turns) > 1 or before == after or (day, slug, before, after) in told_turns


def _of_age(published: Published, age: int, day: date) -> dict[str, str]:
    return _on(published, read_person(published, {"age_years": age}, TODAY).situation, day)


def _on(published: Published, who: Situation, day: date) -> dict[str, str]:
    return {each.slug: each.outcome for each in answer(published, who, day, explain=False).outcomes}
