"""From when, until when: the day on which time alone starts or stops an entry for this person.

With a birth date the dates are exact. With only an age in years there is no
date: the age at which it stops is all that can be said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from offer.eligibility.dates import age_in_years
from offer.eligibility.evaluate import Known
from offer.eligibility.fact import Value
from offer.eligibility.index import Changes, Index, Outcomes
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import Situation
from offer.eligibility.timeline_dates import LAST_AGE, breakpoints, older
from offer.entitlements.schema import Entitlement
from offer.published import Published


@dataclass(slots=True)
class Horizon:
    """`start`: the day a "no" would end. `until`: the day a "yes" or "might" would end (exclusive)."""

    start: date | None = None
    until: date | None = None
    until_age: int | None = None


Moment = tuple[date | None, int | None, Known]


def horizon(
    published: Published, situation: Situation, on: date, entries: Sequence[Entitlement], known: Known
) -> dict[str, Horizon]:
    """The horizon of each entry, keyed by slug. `known` is what is known on the day itself."""
    found = {entry.id: Horizon() for entry in entries}
    waiting = set(found)
    index = published.index_on(on)
    now = index.barred(index.evaluate(known))
    barred = {slug: index.is_in(slug, now) for slug in waiting}
    last = (index, now)
    for day, age, index, outcomes in _outcomes(published, situation, on, known):
        bits = index.barred(outcomes)
        if (index, bits) == last:
            continue
        last = (index, bits)
        for slug in [slug for slug in waiting if index.is_in(slug, bits) is not barred[slug]]:
            found[slug] = _turned(barred[slug], day, age)
            waiting.discard(slug)
    return found


def _outcomes(
    published: Published, situation: Situation, on: date, known: Known
) -> Iterator[tuple[date | None, int | None, Index, Outcomes]]:
    """All outcomes at each later moment; moments under the same rules are looked up together."""
    moments = _moments(published, situation, on)
    for index, group in groupby(moments, key=lambda moment: published.index_on(moment[0] or on)):
        same = list(group)
        changes = [_changes(known, then) for _, _, then in same]
        for (day, age, _), outcomes in zip(same, index.over(known, changes), strict=True):
            yield day, age, index, outcomes


def _changes(known: Known, then: Known) -> Changes:
    """What is known otherwise by then; None for what is no longer known."""
    other: dict[str, Value | frozenset[Value] | None] = dict.fromkeys(known.keys() - then.keys())
    return other | {name: value for name, value in then.items() if known.get(name) != value}


def _turned(barred: bool, day: date | None, age: int | None) -> Horizon:
    return Horizon(start=day) if barred else Horizon(until=day, until_age=age)


def _moments(published: Published, situation: Situation, on: date) -> Iterator[Moment]:
    """What will be known at each later moment at which time alone can change an answer."""
    if situation.date_of_birth is not None:
        for day in breakpoints(situation, on, published):
            yield day, age_in_years(situation.date_of_birth, day), knowledge(situation, day)
        return
    age = situation.facts.get("age_years")
    if isinstance(age, int):
        for later in (each for each in published.ages if age < each <= LAST_AGE):
            situation = older(situation, later)
            yield None, later, knowledge(situation, on)
