"""What changes when: the breakpoints miss no day, and say what the Answer says."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from offer.answer import answer
from offer.person import Person, read_person
from offer.published import Published
from offer.timeline import last_day, timeline

ON = date(2026, 11, 22)


def person(published: Published, born: date, care_end: date | None) -> Person:
    facts = {
        "date_of_birth": born.isoformat(),
        "lives_in": "E07000139",
        "responsible_authority": "E10000019",
        "care": [{"start": "2019-01-01", "end": care_end and care_end.isoformat(), "kind": "full"}],
    }
    return read_person(published, facts, ON)


def outcomes(published: Published, who: Person, day: date) -> dict[str, str]:
    found = answer(published, who.situation, day, explain=False)
    return {outcome.slug: outcome.outcome for outcome in found.outcomes}


@settings(max_examples=4)
@given(
    st.dates(date(2006, 1, 1), date(2012, 1, 1)), st.sampled_from([None, date(2025, 3, 1), date(2019, 2, 1)])
)
def test_each_change_is_that_of_the_answer_on_that_day(
    published: Published, born: date, care_end: date | None
) -> None:
    who = person(published, born, care_end)
    changes = timeline(published, who.situation, ON, ON + timedelta(days=1200))
    days = sorted({change.date for change in changes})
    before = outcomes(published, who, ON)
    found = []
    for day in days:
        assert outcomes(published, who, day - timedelta(days=1)) == before, "nothing changes in between"
        after = outcomes(published, who, day)
        found += [(day, slug, before[slug], value) for slug, value in after.items() if before[slug] != value]
        before = after
    assert sorted((each.date, each.slug, each.before, each.after) for each in changes) == sorted(found)
    assert outcomes(published, who, ON + timedelta(days=1200)) == before, "nothing is missed at the end"


def test_it_ends_at_the_26th_birthday_and_never_before_it_starts(published: Published) -> None:
    young = person(published, date(2007, 2, 28), None)
    assert last_day(young.situation, ON) == date(2033, 2, 28)
    old = read_person(published, {"date_of_birth": "1960-01-01"}, ON)
    assert last_day(old.situation, ON) == ON
    assert timeline(published, old.situation, ON, ON) == ()
