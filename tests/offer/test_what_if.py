"""Two answers side by side: nothing differs from itself, and what differs is told with its day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from offer.answer import answer
from offer.answer_parts import Answer
from offer.eligibility.dates import birthday
from offer.eligibility.situation import read_situation
from offer.person import read_person
from offer.published import Published
from offer.what_if import causes, differences
from tests.offer.people import people

ON = date(2026, 11, 22)
BORN = date(2007, 4, 20)
FACTS: dict[str, object] = {
    "date_of_birth": BORN.isoformat(), "lives_in": "E07000139", "responsible_authority": "E10000019",
    "care_when": "left_at_18", "care_13_weeks": True,
}  # fmt: skip


def answered(published: Published, on: date = ON, told: date = ON, **facts: object) -> Answer:
    """The answer on a day to facts told on another."""
    return answer(published, read_person(published, FACTS | facts, told).situation, on)


def _anybody(published: Published, facts: dict[str, object]) -> Answer:
    """The answer to facts of anybody: as far as they can be read, for they may contradict each other."""
    return answer(published, read_situation(facts, ON)[0], ON)


@settings(max_examples=40, deadline=None)
@given(facts=people(), other=people())
def test_an_answer_differs_in_nothing_from_itself_and_what_is_gained_one_way_is_lost_the_other(
    published: Published, facts: dict[str, object], other: dict[str, object]
) -> None:
    one, two = (_anybody(published, each) for each in (facts, other))
    assert differences(one, one, one) == ()
    assert differences(one, one) == ()
    there, back = differences(one, two), differences(two, one)
    assert {each.slug for each in there} == {each.slug for each in back}
    assert {e.slug for e in there if e.kind == "gained"} == {e.slug for e in back if e.kind == "lost"}
    assert all(each.since is None for each in there)


def test_starting_a_course_gains_what_a_course_gives_and_says_why(published: Published) -> None:
    found = {
        each.slug: each
        for each in differences(
            answered(published, in_education="none"), answered(published, in_education="he_ft")
        )
    }
    gained = [each for each in found.values() if each.kind == "gained"]
    assert gained
    assert all(each.before != "yes" and each.after == "yes" and each.why for each in gained)
    assert [each.kind for each in found.values()] == sorted(
        (each.kind for each in found.values()), key=("gained", "lost", "open", "shut", "moved").index
    )


def test_a_move_loses_one_districts_rule_and_gains_anothers(published: Published) -> None:
    moved = differences(answered(published), answered(published, lives_in="E07000136"))
    found = {each.slug: each for each in moved}
    assert found["council-tax-north-kesteven"].after == "absent"
    assert found["council-tax-north-kesteven"].why == ()
    assert found["council-tax-boston"].before == "absent"


def test_what_time_alone_turns_has_its_day(published: Published) -> None:
    day = birthday(BORN, 21)
    now, then = answered(published), answered(published, on=day)
    found = differences(now, then, now)
    lost = [each for each in found if each.kind == "lost"]
    assert lost
    until = {each.slug: each for each in now.outcomes}
    for each in lost:
        assert each.since is not None
        assert each.since <= day
        assert each.since in (until[each.slug].until, until[each.slug].sure_until)


def test_what_is_a_no_and_what_is_absent_are_alike(published: Published) -> None:
    found = answered(published)
    without = replace(found, outcomes=tuple(each for each in found.outcomes if each.outcome != "no"))
    assert differences(found, without) == differences(without, found) == ()


def test_a_later_last_day_is_a_difference_of_its_own(published: Published) -> None:
    found = answered(published)
    first = next(each for each in found.outcomes if each.outcome == "yes" and each.until)
    longer = first._replace(until=date(2040, 1, 1))
    other = replace(found, outcomes=tuple(longer if each is first else each for each in found.outcomes))
    (only,) = differences(found, other)
    assert (only.slug, only.kind, only.why) == (first.slug, "moved", ())


@pytest.mark.parametrize(("changes", "cause"), [("list", "list"), ("time", "time")])
def test_a_difference_from_an_earlier_day_has_its_cause(
    published: Published, changes: str, cause: str
) -> None:
    now = answered(published)
    first = next(each for each in now.outcomes if each.outcome == "yes")
    then = replace(
        now, outcomes=tuple(e._replace(outcome="unknown") if e is first else e for e in now.outcomes)
    )
    between = now if changes == "list" else then
    assert causes(then, between, now) == {first.slug: cause}
    assert causes(now, now, now) == {}
