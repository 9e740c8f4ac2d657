"""The invented people of the shared cases get what the law gives them, and are told why with its source."""

from datetime import date
from typing import Any

import pytest

from offer.answer_parts import Answer
from offer.entitlements.schema import ENGLAND
from offer.person import read_person
from offer.published import COUNCIL_TAX, Published
from tests.offer.people import facts_of, personas

STOCKTON = "E06000004"  # its discount is for any council's care leavers, to 25
PEOPLE = pytest.mark.parametrize("persona", personas(), ids=lambda persona: persona["id"])
pytestmark = pytest.mark.usefixtures("shared")


def answered(published: Published, persona: dict[str, Any], **more: object) -> Answer:
    """The Answer on the persona's own day."""
    on = date.fromisoformat(persona["as_of"])
    return read_person(published, {**facts_of(persona), **more}, on).answer(published)


def test_nobody_is_left_out() -> None:
    assert len(personas()) >= 29


@PEOPLE
def test_the_status_and_every_outcome_are_those_of_the_law(
    published: Published, persona: dict[str, Any]
) -> None:
    """Of the council tax discount nothing is certain before somebody says where the person lives."""
    answer = answered(published, persona)
    assert answer.care_status.value == persona["expected_status"]
    assert answer.care_status.cite
    outcomes = {outcome.slug: outcome for outcome in answer.outcomes}
    expected = {
        **dict.fromkeys(persona["must_be_eligible"], "yes"),
        **dict.fromkeys(persona["must_not_be_eligible"], "no"),
        **dict.fromkeys(persona.get("must_be_unknown", []), "unknown"),
    }
    for slug in persona["must_be_eligible"]:
        if slug == COUNCIL_TAX or published.entries[slug].in_force != "yes":
            expected[slug] = "unknown"
    assert {slug: outcomes[slug].outcome for slug in expected} == expected
    if expected.get(COUNCIL_TAX) == "unknown":
        assert "lives_in" in outcomes[COUNCIL_TAX].missing


@PEOPLE
def test_the_council_tax_discount_follows_the_district(published: Published, persona: dict[str, Any]) -> None:
    outcome = next(
        each for each in answered(published, persona, lives_in=STOCKTON).outcomes if each.slug == COUNCIL_TAX
    )
    for expected, wanted in (("must_be_eligible", "yes"), ("must_not_be_eligible", "no")):
        if COUNCIL_TAX in persona[expected]:
            assert outcome.outcome == wanted


@PEOPLE
def test_every_outcome_of_england_says_why_with_its_law(
    published: Published, persona: dict[str, Any]
) -> None:
    """An adviser can trace each outcome to a source; an unknown names what is missing or who decides."""
    for outcome in answered(published, persona).outcomes:
        if published.entries[outcome.slug].authority != ENGLAND:
            continue
        assert outcome.because, outcome.slug
        assert all(reason.text and reason.cite for reason in outcome.because), outcome.slug
        if outcome.outcome == "unknown" and published.entries[outcome.slug].in_force == "yes":
            assert outcome.missing or outcome.asks, outcome.slug


@PEOPLE
def test_told_as_derived_facts_the_outcomes_are_the_same(
    published: Published, persona: dict[str, Any]
) -> None:
    """Who knows a status but no dates gets the same, except for dates and what is counted from them."""
    on = date.fromisoformat(persona["as_of"])
    derived = {**persona["facts"], **persona["derived_facts"]}
    told = read_person(published, derived, on).answer(published, explain=False)
    dated = {outcome.slug: outcome.outcome for outcome in answered(published, persona).outcomes}
    assert {each.slug: each.outcome for each in told.outcomes} == dated
