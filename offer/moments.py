"""What each of a person's entries comes to at one moment, and what turned from one moment to another."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from offer.eligibility.evaluate import Known
from offer.eligibility.wording import Wording
from offer.entitlements.in_force import moves, standing
from offer.entitlements.schema import Entitlement
from offer.entry_day import EntryDay
from offer.outcome_parts import OutcomeValue, Reason
from offer.published import Published
from offer.reasons import reasons
from offer.rulebook import CompiledRule
from offer.validity import validity_reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One entry whose outcome is another from now on. `because`: the conditions that turned."""

    slug: str
    title: str
    before: OutcomeValue
    after: OutcomeValue
    because: tuple[Reason, ...]


TurnOf = TypeVar("TurnOf", bound=Turn)


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known at one time, the rules then, and what each of the person's entries comes to."""

    known: Known
    law: date
    rules: Mapping[str, CompiledRule]
    outcomes: Mapping[str, OutcomeValue]


def moment_on(published: Published, known: Known, law: date, before: Moment | None = None) -> Moment:
    """What stands under the rules of `law`. After `before`, only rules that read something new are asked."""
    rules = published.rules_on(law)
    changed = _changed(known, before.known) if before else frozenset[str]()
    days, outcomes = published.days_on(law), dict[str, OutcomeValue]()
    for entry in entries_of(published, known, law):
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
            outcomes[slug] = outcome_on(days[slug], rule, known)
    return Moment(known, law, rules, outcomes)


def _stands_as_before(entry: Entitlement, before: date, law: date) -> bool:
    return not moves(entry) or standing(entry, before) == standing(entry, law)


def _changed(known: Known, before: Known) -> frozenset[str]:
    return frozenset(name for name in {*known, *before} if known.get(name) != before.get(name))


def outcome_on(day: EntryDay, rule: CompiledRule, known: Known) -> OutcomeValue:
    """As the Answer has it: what the quick test leaves open, the trace may still settle."""
    holds = rule.test(known)
    return day.outcome(rule.explain(known).outcome if holds is None else holds)


def entries_of(published: Published, known: Known, day: date) -> Iterable[Entitlement]:
    authority, district = known.get("responsible_authority"), known.get("lives_in")
    return published.entries_for(
        authority if isinstance(authority, str) else None,
        district if isinstance(district, str) else None,
        day,
    )


def turns(
    published: Published, before: Moment, after: Moment, make: Callable[..., TurnOf], *, explain: bool
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


def _turned(published: Published, slug: str, before: Moment, after: Moment) -> tuple[Reason, ...]:
    """The conditions that hold otherwise than the day before; all of them where the rule itself changed."""
    was = {reason.id: reason.holds for reason in _reasons(published, slug, before)}
    now = _reasons(published, slug, after)
    return tuple(reason for reason in now if was.get(reason.id) is not reason.holds) or tuple(now)


def _reasons(published: Published, slug: str, moment: Moment) -> list[Reason]:
    """The law's own dates first, then the conditions of the rule."""
    steps = moment.rules[slug].explain(moment.known).steps
    dates = validity_reasons(published.entries[slug], moment.law)
    return [*dates, *reasons(steps, Wording(moment.known, published.names))]


def whichever(by_law: Mapping[date, Moment]) -> Moment:
    """The first of these, with what they do not agree on left open."""
    first, *others = by_law.values()
    if not others:
        return first
    outcomes: dict[str, OutcomeValue] = {
        slug: outcome if all(other.outcomes.get(slug) == outcome for other in others) else "unknown"
        for slug, outcome in first.outcomes.items()
    }
    return replace(first, outcomes=outcomes)
