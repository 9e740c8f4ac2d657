"""What a person could change about a "no": said only of things that can be changed, and that would help."""

from datetime import date
from typing import Any

import pytest

from offer.answer_parts import Outcome, Wanted
from offer.eligibility.care_plain import CARE_FACTS
from offer.eligibility.facts import FACTS
from offer.eligibility.partly_known import knowledge
from offer.nearest_miss import CHANGEABLE, sentence, wanted
from offer.person import read_person
from offer.published import Published
from tests.offer.people import facts_of, personas

ON = date(2026, 11, 22)
DURHAM = "E06000047"
LEFT_AT_18 = {
    "age_years": 19, "care_when": "left_at_18", "care_13_weeks": True, "responsible_authority": DURHAM,
    "lives_in": DURHAM, "immigration": "citizen_or_settled",
}  # fmt: skip


def outcomes(published: Published, facts: dict[str, Any]) -> dict[str, Outcome]:
    found = read_person(published, facts, ON).answer(published).outcomes
    return {outcome.slug: outcome for outcome in found}


def test_nothing_about_care_immigration_custody_or_age_is_ever_suggested() -> None:
    assert CARE_FACTS.isdisjoint(CHANGEABLE)
    for name in CHANGEABLE:
        assert FACTS[name].sensitivity < 2, name
        assert FACTS[name].type in ("bool", "choice"), name
        assert not FACTS[name].derived, name
    losses = {"in_education": "none", "tenure": "none"}
    assert all(value not in CHANGEABLE[fact] for fact, value in losses.items())
    assert all(True in values or False not in values for values in CHANGEABLE.values())


def test_a_student_s_right_says_what_would_open_it(published: Published) -> None:
    """Children Act 1989 s.24B(2), regulations of 2010: the bursary is for a course in the pathway plan."""
    outcome = outcomes(published, {**LEFT_AT_18, "in_education": "none"})["higher-education-bursary"]
    assert outcome.outcome == "no"
    said = sentence(outcome.closest)
    assert said is not None
    assert said.startswith("You might get this if ")
    assert "university" in said


def test_changing_what_is_named_takes_the_no_away(published: Published) -> None:
    facts = {**LEFT_AT_18, "in_education": "none", "liable_for_council_tax": False,
             "moving_into_or_in_independent_home": False, "tenure": "parental_home"}  # fmt: skip
    named = {slug: outcome.closest for slug, outcome in outcomes(published, facts).items() if outcome.closest}
    assert named
    for slug, wants in named.items():
        changed = {want.fact: want.values[0] for want in wants}
        assert outcomes(published, {**facts, **changed})[slug].outcome != "no", (slug, changed)


@pytest.mark.parametrize("slug", ["personal-adviser-to-21", "pathway-plan", "setting-up-home-allowance"])
def test_a_right_that_only_care_gives_suggests_nothing(published: Published, slug: str) -> None:
    never = {**LEFT_AT_18, "care_13_weeks": False, "care_when": "never", "in_education": "none",
             "moving_into_or_in_independent_home": False}  # fmt: skip
    outcome = outcomes(published, never)[slug]
    assert outcome.outcome == "no"
    assert outcome.closest == ()


def test_only_a_no_has_a_closest(published: Published) -> None:
    for outcome in outcomes(published, {**LEFT_AT_18, "in_education": "none"}).values():
        assert outcome.outcome == "no" or outcome.closest == ()


def test_two_things_are_joined_and_none_says_nothing() -> None:
    both = (Wanted("a", (True,), "you pay rent"), Wanted("b", (True,), "your name is on the bill"))
    assert sentence(both) == "You might get this if you pay rent and your name is on the bill."
    assert sentence(()) is None


def test_what_no_change_would_open_is_passed_over_and_nothing_else(published: Published) -> None:
    """An answer asks a rule for its closest miss only where the bits of all rules leave one possible."""
    passed_over = 0
    for persona in personas():
        on = date.fromisoformat(persona["as_of"])
        person = read_person(published, facts_of(persona), on)
        known, rules = knowledge(person.situation, on), published.rules_on(on)
        for outcome in person.answer(published).outcomes:
            if outcome.outcome == "no" and outcome.day.standing == "in-force":
                assert outcome.closest == wanted(rules[outcome.slug].closest(known)), outcome.slug
                passed_over += not outcome.closest
    assert passed_over > 0 or not personas()
