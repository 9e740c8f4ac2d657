"""What opens for somebody on the day they get out: what being in custody alone stands against."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from offer.answer import answer
from offer.answer_parts import Outcome
from offer.eligibility.fact import Value
from offer.eligibility.situation import Situation
from offer.outcome_parts import OutcomeValue
from offer.published import Published

IN_CUSTODY, RELEASE_DATE = "in_custody", "release_date"


def inside(situation: Situation) -> Situation:
    """The same person, in custody."""
    return _with(situation, {IN_CUSTODY: True})


def opens_at_release(published: Published, situation: Situation, on: date) -> tuple[Outcome, ...]:
    """What is a no only while they are inside, as it would be outside, everything else staying as told."""
    out = {name: value for name, value in situation.facts.items() if name != RELEASE_DATE}
    outside = replace(situation, facts={**out, IN_CUSTODY: False})
    shut = _outcomes(answer(published, inside(situation), on, explain=False).outcomes)
    free = answer(published, outside, on, explain=False).outcomes
    return tuple(each for each in free if each.outcome != "no" and shut.get(each.slug) == "no")


def _outcomes(outcomes: tuple[Outcome, ...]) -> dict[str, OutcomeValue]:
    return {each.slug: each.outcome for each in outcomes}


def _with(situation: Situation, facts: Mapping[str, Value]) -> Situation:
    return replace(situation, facts={**situation.facts, **facts})
