"""From when, until when: the day on which time alone starts or stops an entry for this person.

With a birth date the dates are exact. With only an age in years there is no
date: the age at which it stops, and the dates of the law itself, are all that can be said.
What is not in force is shut like what the rule bars, and opens or shuts on the law's own days.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from offer.eligibility.age_told import older
from offer.eligibility.dates import age_in_years, birthday
from offer.eligibility.evaluate import Known
from offer.eligibility.fact import Value
from offer.eligibility.index import Changes, Outcomes
from offer.eligibility.joined import Indexed
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import Situation
from offer.eligibility.timeline_dates import LAST_AGE, breakpoints
from offer.entitlements.in_force import is_in_force, standing
from offer.entitlements.schema import Entitlement
from offer.published import Published


@dataclass(slots=True)
class Horizon:
    """`start`: the day a "no" or a "coming" would end. `until`: the day a "yes" or "might" would (exclusive).

    `sure_until`: the day a "yes" would become a "might"; None where it goes straight to "no", or stays.
    `too_late`: it will start, but on no day of this person's time on which it still fits.
    """

    start: date | None = None
    until: date | None = None
    until_age: int | None = None
    sure_until: date | None = None
    sure_until_age: int | None = None
    too_late: bool = False


NOTHING_MOVES = Horizon()

Moment = tuple[date | None, int | None, Known]


class _Bits(NamedTuple):
    """How all rules stand at a moment, and which entries are not in force."""

    rules: Indexed
    outcomes: Outcomes
    not_yet: frozenset[str]
    barred: int

    @classmethod
    def of(cls, rules: Indexed, outcomes: Outcomes, not_yet: frozenset[str]) -> "_Bits":
        """With what the rules bar."""
        return cls(rules, outcomes, not_yet, rules.barred(outcomes))

    def bars(self, slug: str) -> bool:
        """Whether the rule is a "no"."""
        return self.rules.is_in(slug, self.barred)

    def shuts(self, slug: str) -> bool:
        """Whether the rule, or the law's own days, keep somebody from it."""
        return slug in self.not_yet or self.bars(slug)

    def unsure(self, slugs: Iterable[str]) -> set[str]:
        """Those of some entries that the bits alone do not tell to be a "yes"."""
        return {slug for slug in slugs if slug in self.not_yet or not self.rules.is_sure(slug, self.outcomes)}


def horizon(
    published: Published,
    situation: Situation,
    on: date,
    entries: Sequence[Entitlement],
    owners: frozenset[str],
    known: Known,
    sure: Iterable[str] = (),
) -> dict[str, Horizon]:
    """The horizon of each entry that time moves, keyed by slug.

    `owners` are the authorities of the entries, `known` is what is known on the day itself, and `sure`
    are the entries that are a "yes" on it.
    """
    found = defaultdict[str, Horizon](Horizon)
    waiting = {entry.id for entry in entries}
    dated = [published.entries[slug] for slug in waiting & published.dated]
    not_yet = _not_in_force(dated, on)
    index = published.index_on(on, owners)
    outcomes = index.evaluate(known)
    first = last = _Bits.of(index, outcomes, not_yet)
    still_sure = set(sure)
    unsure = last.unsure(still_sure)
    for (day, age, then), index, outcomes in _outcomes(published, situation, on, known, owners):
        now = _Bits.of(index, outcomes, _not_in_force(dated, day or on))
        if now != last:
            unsure = now.unsure(still_sure)
        for slug in unsure & still_sure:
            holds = slug not in now.not_yet and published.rules_on(day or on)[slug].outcome(then)
            if holds is None:
                found[slug].sure_until, found[slug].sure_until_age = day, age
            if not holds:
                still_sure.discard(slug)
        if now == last:
            continue
        for slug in [s for s in waiting & _moved(last, now) if now.shuts(s) is not first.shuts(s)]:
            _turn(found[slug], day, age, opens=first.shuts(slug))
            waiting.discard(slug)
        last = now
    if situation.date_of_birth is None:
        _by_law_alone(found, [entry for entry in dated if not first.bars(entry.id)], on)
    else:
        _mark_too_late(found, dated, on)
    return found


def _not_in_force(dated: Sequence[Entitlement], on: date) -> frozenset[str]:
    return frozenset(entry.id for entry in dated if not is_in_force(entry, on))


def _moved(before: _Bits, now: _Bits) -> Set[str]:
    """Entries that may be shut or open otherwise than a moment before; under other rules, all of them."""
    if before.rules is not now.rules:
        return now.rules.names
    return now.rules.among(before.barred ^ now.barred) | (before.not_yet ^ now.not_yet)


def _by_law_alone(found: dict[str, Horizon], open_: Sequence[Entitlement], on: date) -> None:
    """The law's own days are known though nobody gave a birth date."""
    for entry in open_:
        stands = standing(entry, on)
        if stands == "coming":
            found[entry.id].start = entry.begins
        elif stands == "in-force":
            found[entry.id].until = entry.ends


def _mark_too_late(found: dict[str, Horizon], dated: Sequence[Entitlement], on: date) -> None:
    for entry in dated:
        if entry.begins is not None and on < entry.begins:
            found[entry.id].too_late = found[entry.id].start is None


def _outcomes(
    published: Published, situation: Situation, on: date, known: Known, owners: frozenset[str]
) -> Iterator[tuple[Moment, Indexed, Outcomes]]:
    """All outcomes at each later moment; moments under the same rules are looked up together."""
    moments = _moments(published, situation, on)
    for index, group in groupby(moments, key=lambda each: published.index_on(each[0] or on, owners)):
        same = list(group)
        changes = [_changes(known, then) for _, _, then in same]
        for moment, outcomes in zip(same, index.over(known, changes), strict=True):
            yield moment, index, outcomes


def _changes(known: Known, then: Known) -> Changes:
    """What is known otherwise by then; None for what is no longer known."""
    other: dict[str, Value | frozenset[Value] | None] = dict.fromkeys(known.keys() - then.keys())
    return other | {name: value for name, value in then.items() if known.get(name) != value}


def _turn(found: Horizon, day: date | None, age: int | None, *, opens: bool) -> None:
    if opens:
        found.start = day
    else:
        found.until, found.until_age = day, age


def _moments(published: Published, situation: Situation, on: date) -> Iterator[Moment]:
    """What will be known at each later moment at which time alone can change an answer."""
    if situation.date_of_birth is not None:
        last = max((birthday(situation.date_of_birth, LAST_AGE), *published.stretch_starts))
        for day in breakpoints(situation, on, published, last):
            yield day, age_in_years(situation.date_of_birth, day), knowledge(situation, day)
        return
    age = situation.facts.get("age_years")
    if isinstance(age, int):
        for later in (each for each in published.ages if age < each <= LAST_AGE):
            situation = older(situation, later)
            yield None, later, knowledge(situation, on)
