"""From when, until when: the day on which time alone starts or stops an entry for this person.

With a birth date the dates are exact. With only an age in years there is no
date: the age at which it stops, and the dates of the law itself, are all that can be said.
What is not in force is shut like what the rule bars, and opens or shuts on the law's own days.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from offer.eligibility.age_told import older
from offer.eligibility.dates import age_in_years, birthday
from offer.eligibility.evaluate import Known
from offer.eligibility.fact import Value
from offer.eligibility.index import Changes, Outcomes
from offer.eligibility.joined import Indexed
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import Situation
from offer.eligibility.timeline_dates import LAST_AGE, breakpoints
from offer.entitlements.in_force import is_in_force, moves, standing
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


Moment = tuple[date | None, int | None, Known]
_Bits = tuple[Indexed, int, frozenset[str]]


def horizon(
    published: Published,
    situation: Situation,
    on: date,
    entries: Sequence[Entitlement],
    known: Known,
    sure: Iterable[str] = (),
) -> dict[str, Horizon]:
    """The horizon of each entry, keyed by slug.

    `known` is what is known on the day itself; `sure` are the entries that are a "yes" on it.
    """
    found = {entry.id: Horizon() for entry in entries}
    dated = [entry for entry in entries if moves(entry)]
    waiting, not_yet = set(found), _not_in_force(dated, on)
    owners = frozenset(entry.authority for entry in entries)
    index = published.index_on(on, owners)
    now = index.barred(index.evaluate(known))
    shut = {slug: slug in not_yet or index.is_in(slug, now) for slug in waiting}
    last, still_sure = (index, now, not_yet), set(sure)
    for (day, age, then), index, outcomes in _outcomes(published, situation, on, known, owners):
        bits, not_yet = index.barred(outcomes), _not_in_force(dated, day or on)
        for slug in [slug for slug in still_sure if slug in not_yet or not index.is_sure(slug, outcomes)]:
            holds = slug not in not_yet and published.rules_on(day or on)[slug].explain(then).outcome
            if holds is None:
                found[slug].sure_until, found[slug].sure_until_age = day, age
            if not holds:
                still_sure.discard(slug)
        if (index, bits, not_yet) == last:
            continue
        moved = waiting & _moved(last, (index, bits, not_yet))
        last = (index, bits, not_yet)
        for slug in [s for s in moved if (s in not_yet or index.is_in(s, bits)) is not shut[s]]:
            _turn(found[slug], day, age, opens=shut[slug])
            waiting.discard(slug)
    if situation.date_of_birth is None:
        index = published.index_on(on, owners)
        _by_law_alone(found, [entry for entry in dated if not index.is_in(entry.id, now)], on)
    else:
        _mark_too_late(found, dated, on)
    return found


def _not_in_force(dated: Sequence[Entitlement], on: date) -> frozenset[str]:
    return frozenset(entry.id for entry in dated if not is_in_force(entry, on))


def _moved(before: _Bits, now: _Bits) -> Set[str]:
    """Entries that may be shut or open otherwise than a moment before; under other rules, all of them."""
    (index, bits, not_yet), (other, other_bits, other_not_yet) = before, now
    if index is not other:
        return other.names
    return index.among(bits ^ other_bits) | (not_yet ^ other_not_yet)


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
