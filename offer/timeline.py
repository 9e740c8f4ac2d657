"""What changes when: the days on which some outcome changes for one person, and why.

Between two breakpoints nothing can change, so asking at each of them is as good as
asking every day. A day comes only from a birth date; with an age alone there are ages.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from offer.answer import outcome_value, reasons
from offer.answer_parts import OutcomeValue, Reason
from offer.eligibility.care import CareFinding, care_status
from offer.eligibility.dates import birthday
from offer.eligibility.evaluate import Known
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import Situation
from offer.eligibility.timeline_dates import LAST_AGE, breakpoints, older
from offer.entitlements.schema import Entitlement
from offer.published import Published
from offer.rulebook import CompiledRule

LAST_BIRTHDAY = 26  # where nobody says how far to look


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One entry whose outcome is another from now on. `because`: the conditions that turned."""

    slug: str
    title: str
    before: OutcomeValue
    after: OutcomeValue
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Turn):
    """A turn on a day."""

    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeChange(Turn):
    """A turn on the birthday on which somebody becomes `age`."""

    age: int


TurnOf = TypeVar("TurnOf", Change, AgeChange)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """The care status becomes another; None while it is open. Either a day or an age is known."""

    date: date | None
    age: int | None
    before: str | None
    after: str | None
    cite: str | None


def last_day(situation: Situation, start: date) -> date:
    """The 26th birthday; the start itself where it is past or nobody gave a birth date."""
    born = situation.date_of_birth
    return start if born is None else max(start, birthday(born, LAST_BIRTHDAY))


def timeline(
    published: Published,
    situation: Situation,
    start: date,
    end: date,
    *,
    law: date | None = None,
    explain: bool = True,
) -> tuple[Change, ...]:
    """Every change after `start`, up to and with `end`, in order of day. Never raises for a person.

    `law`: take the rules of that day throughout; without it, each day's own. `explain=False`
    leaves out the conditions that turned, which take a third of the time.
    """
    found: list[Change] = []
    before = _moment(published, knowledge(situation, start), law or start)
    for day in breakpoints(situation, start, published, end):
        after = _moment(published, knowledge(situation, day), law or day, before)
        found += _turns(published, before, after, partial(Change, date=day), explain=explain)
        before = after
    return tuple(found)


def timeline_by_age(
    published: Published, situation: Situation, on: date, *, explain: bool = True
) -> tuple[AgeChange, ...]:
    """Every change at a later birthday, where only an age was told; empty without one.

    What begins between two birthdays is unknown at the first and told at the next.
    """
    found: list[AgeChange] = []
    before = _moment(published, knowledge(situation, on), on)
    for age, then in _later_ages(published, situation):
        after = _moment(published, knowledge(then, on), on, before)
        found += _turns(published, before, after, partial(AgeChange, age=age), explain=explain)
        before = after
    return tuple(found)


def status_changes(
    published: Published, situation: Situation, start: date, end: date
) -> tuple[StatusChange, ...]:
    """Every day after `start`, up to and with `end`, on which the care status becomes another."""
    days = breakpoints(situation, start, published, end)
    moments = ((day, None, care_status(situation, day)) for day in days)
    return tuple(_status_turns(care_status(situation, start), moments))


def status_changes_by_age(published: Published, situation: Situation, on: date) -> tuple[StatusChange, ...]:
    """Every later age at which the care status becomes another, where only an age was told."""
    moments = ((None, age, care_status(then, on)) for age, then in _later_ages(published, situation))
    return tuple(_status_turns(care_status(situation, on), moments))


def _status_turns(
    before: CareFinding, moments: Iterable[tuple[date | None, int | None, CareFinding]]
) -> Iterator[StatusChange]:
    for day, age, after in moments:
        if after.value != before.value:
            yield StatusChange(date=day, age=age, before=before.value, after=after.value, cite=after.cite)
        before = after


def _later_ages(published: Published, situation: Situation) -> Iterator[tuple[int, Situation]]:
    """The same person imagined at each later age that some rule tests."""
    told = situation.facts.get("age_years")
    if situation.date_of_birth is not None or not isinstance(told, int):
        return
    for age in (each for each in published.ages if told < each <= LAST_AGE):
        situation = older(situation, age)
        yield age, situation


@dataclass(frozen=True, slots=True)
class _Moment:
    """What is known at one time, the rules then, and what each of the person's entries comes to."""

    known: Known
    rules: Mapping[str, CompiledRule]
    outcomes: Mapping[str, OutcomeValue]


def _moment(published: Published, known: Known, law: date, before: _Moment | None = None) -> _Moment:
    """What stands under the rules of `law`. After `before`, only rules that read something new are asked."""
    rules = published.rules_on(law)
    changed = _changed(known, before.known) if before else frozenset[str]()
    outcomes = dict[str, OutcomeValue]()
    for entry in _entries(published, known, law):
        slug, rule = entry.id, rules[entry.id]
        if (
            before
            and slug in before.outcomes
            and rule is before.rules[slug]
            and rule.facts.isdisjoint(changed)
        ):
            outcomes[slug] = before.outcomes[slug]
        else:
            outcomes[slug] = _outcome(entry, rule, known)
    return _Moment(known, rules, outcomes)


def _changed(known: Known, before: Known) -> frozenset[str]:
    return frozenset(name for name in {*known, *before} if known.get(name) != before.get(name))


def _outcome(entry: Entitlement, rule: CompiledRule, known: Known) -> OutcomeValue:
    """As the Answer has it: what the quick test leaves open, the trace may still settle."""
    holds = rule.test(known)
    return outcome_value(entry, rule.explain(known).outcome if holds is None else holds)


def _entries(published: Published, known: Known, day: date) -> Iterable[Entitlement]:
    authority, district = known.get("responsible_authority"), known.get("lives_in")
    return published.entries_for(
        authority if isinstance(authority, str) else None,
        district if isinstance(district, str) else None,
        day,
    )


def _turns(
    published: Published, before: _Moment, after: _Moment, make: Callable[..., TurnOf], *, explain: bool
) -> Iterator[TurnOf]:
    for slug, outcome in after.outcomes.items():
        was = before.outcomes.get(slug, outcome)
        if was != outcome:
            yield make(
                slug=slug,
                title=published.entries[slug].title,
                before=was,
                after=outcome,
                because=_turned(published, slug, before, after) if explain else (),
            )


def _turned(published: Published, slug: str, before: _Moment, after: _Moment) -> tuple[Reason, ...]:
    """The conditions that hold otherwise than the day before; all of them where the rule itself changed."""
    was = {reason.id: reason.holds for reason in _reasons(published, slug, before)}
    now = _reasons(published, slug, after)
    return tuple(reason for reason in now if was.get(reason.id) is not reason.holds) or tuple(now)


def _reasons(published: Published, slug: str, moment: _Moment) -> list[Reason]:
    return reasons(moment.rules[slug].explain(moment.known).steps, moment.known, published.names)
