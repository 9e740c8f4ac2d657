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
from offer.eligibility.dates import ONE_DAY, birthday
from offer.eligibility.evaluate import Known
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import Situation
from offer.eligibility.timeline_dates import LAST_AGE, breakpoints, older
from offer.entitlements.amounts import Worth, worth_on
from offer.entitlements.in_force import moves, standing
from offer.entitlements.schema import Entitlement
from offer.published import Published
from offer.rulebook import CompiledRule
from offer.validity import validity_reasons

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


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountChange:
    """A figure that is another from a day on; no outcome turns by it. None where we hold no figure."""

    date: date
    slug: str
    title: str
    before: Worth | None
    after: Worth | None


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


def amount_changes(
    published: Published, situation: Situation, start: date, end: date
) -> tuple[AmountChange, ...]:
    """Every day after `start`, up to and with `end`, on which a figure changes of what is no "no" then."""
    days = [day for day in published.amount_days if start < day <= end]
    return tuple(change for day in days for change in _amounts(published, knowledge(situation, day), day))


def _amounts(published: Published, known: Known, day: date) -> Iterator[AmountChange]:
    rules = published.rules_on(day)
    for entry in _entries(published, known, day):
        before, after = worth_on(entry, day - ONE_DAY), worth_on(entry, day)
        if _figure(before) != _figure(after) and _outcome(entry, rules[entry.id], known, day) != "no":
            yield AmountChange(date=day, slug=entry.id, title=entry.title, before=before, after=after)


def _figure(worth: Worth | None) -> str:
    """What counts on the day alone: a figure that is only announced changes nothing yet."""
    return worth.now_text if worth else ""


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
    law: date
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
            and _stands_as_before(entry, before.law, law)
        ):
            outcomes[slug] = before.outcomes[slug]
        else:
            outcomes[slug] = _outcome(entry, rule, known, law)
    return _Moment(known, law, rules, outcomes)


def _stands_as_before(entry: Entitlement, before: date, law: date) -> bool:
    return not moves(entry) or standing(entry, before) == standing(entry, law)


def _changed(known: Known, before: Known) -> frozenset[str]:
    return frozenset(name for name in {*known, *before} if known.get(name) != before.get(name))


def _outcome(entry: Entitlement, rule: CompiledRule, known: Known, law: date) -> OutcomeValue:
    """As the Answer has it: what the quick test leaves open, the trace may still settle."""
    holds = rule.test(known)
    return outcome_value(entry, rule.explain(known).outcome if holds is None else holds, law)


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
    """The law's own dates first, then the conditions of the rule."""
    steps = moment.rules[slug].explain(moment.known).steps
    dates = validity_reasons(published.entries[slug], moment.law)
    return [*dates, *reasons(steps, moment.known, published.names)]
