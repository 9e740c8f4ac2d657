"""Until when a yes is sure: the first day on which time alone makes it a might."""

from datetime import date
from typing import Any

import pytest

from offer.answer_parts import Outcome
from offer.pages.dates_said import until_words
from offer.person import read_person
from offer.published import Published
from offer.timeline import timeline
from tests.offer.people import facts_of, personas

ON = date(2026, 11, 22)
DURHAM = "E06000047"
LODGINGS = "durham-supported-lodgings"
BORN = date(2007, 5, 3)


def lodgings(published: Published, on: date = ON, **age: object) -> Outcome:
    """A Durham care leaver's supported lodgings."""
    facts = {"responsible_authority": DURHAM, "care_when": "left_at_18", "care_13_weeks": True, **age}
    answer = read_person(published, facts, on).answer(published)
    return next(each for each in answer.outcomes if each.slug == LODGINGS)


def test_lodgings_are_sure_until_21_and_then_durham_decides(published: Published) -> None:
    found = lodgings(published, date_of_birth=BORN.isoformat())
    assert found.outcome == "yes"
    assert (found.sure_until, found.sure_until_age) == (date(2028, 5, 3), 21)
    assert (found.until, found.until_age) == (date(2032, 5, 3), 25)
    assert until_words(found, BORN) == (
        "Yes until you turn 21, on 3 May 2028. After that it depends, until you turn 25, on 3 May 2032"
    )
    at_21 = lodgings(published, date(2028, 5, 3), date_of_birth=BORN.isoformat())
    assert (at_21.outcome, at_21.sure_until) == ("unknown", None)


def test_with_an_age_alone_the_age_is_told(published: Published) -> None:
    found = lodgings(published, age_years=19)
    assert (found.sure_until, found.sure_until_age, found.until_age) == (None, 21, 25)
    assert until_words(found, None) == "Yes until you turn 21. After that it depends, until you turn 25"


@pytest.mark.parametrize("persona", personas(), ids=lambda persona: persona["id"])
def test_it_is_the_first_turn_of_the_timeline_from_yes_to_might(
    published: Published, persona: dict[str, Any]
) -> None:
    on = date.fromisoformat(persona["as_of"])
    facts = {**facts_of(persona), "lives_in": "E07000139"}
    if persona["facts"].get("responsible_authority_nation") == "england":
        facts["responsible_authority"] = DURHAM
    person = read_person(published, facts, on)
    first: dict[str, tuple[date, str]] = {}
    for change in timeline(published, person.situation, on, date(2060, 1, 1), explain=False):
        first.setdefault(change.slug, (change.date, change.after))
    for found in person.answer(published).outcomes:
        day, after = first.get(found.slug, (None, "no"))
        expected = day if found.outcome == "yes" and after == "unknown" else None
        assert found.sure_until == expected, found.slug
        assert not (expected and found.until) or found.until > expected
