"""What changes when: the days on which some outcome changes for one person, and why.

Between two breakpoints nothing can change, so asking at each of them is as good as
asking every day. A day comes only from a birth date; without one there is no timeline.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from offer.answer import outcome_value, reasons
from offer.answer_parts import OutcomeValue, Reason
from offer.eligibility.dates import birthday
from offer.eligibility.evaluate import Known
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import Situation
from offer.eligibility.timeline_dates import breakpoints
from offer.entitlements.schema import Entitlement
from offer.published import CompiledRule, Published

LAST_BIRTHDAY = 26  # where nobody says how far to look


@dataclass(frozen=True, slots=True)
class Change:
    """One entry whose outcome is another from `date` on. `because`: the conditions that turned."""

    date: date
    slug: str
    title: str
    before: OutcomeValue
    after: OutcomeValue
    because: tuple[Reason, ...]


def last_day(situation: Situation, start: date) -> date:
    """The 26th birthday; the start itself where it is past or nobody gave a birth date."""
    born = situation.date_of_birth
    return start if born is None else max(start, birthday(born, LAST_BIRTHDAY))


def timeline(published: Published, situation: Situation, start: date, end: date) -> tuple[Change, ...]:
    """Every change after `start`, up to and with `end`, in order of day. Never raises for a person."""
    found: list[Change] = []
    before = _first(published, situation, start)
    for day in breakpoints(situation, start, published, end):
        after = _next(published, situation, day, before)
        found += _changes(published, day, before, after)
        before = after
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Moment:
    """What is known on one day, the rules of that day, and what each of the person's entries comes to."""

    known: Known
    rules: Mapping[str, CompiledRule]
    outcomes: Mapping[str, OutcomeValue]


def _first(published: Published, situation: Situation, day: date) -> _Moment:
    known, rules = knowledge(situation, day), published.rules_on(day)
    entries = _entries(published, known, day)
    return _Moment(known, rules, {entry.id: _outcome(entry, rules[entry.id], known) for entry in entries})


def _next(published: Published, situation: Situation, day: date, before: _Moment) -> _Moment:
    """The moment after `before`: only rules that read something new are asked again."""
    known, rules = knowledge(situation, day), published.rules_on(day)
    changed = {name for name in {*known, *before.known} if known.get(name) != before.known.get(name)}
    outcomes = dict[str, OutcomeValue]()
    for entry in _entries(published, known, day):
        slug, rule = entry.id, rules[entry.id]
        same = slug in before.outcomes and rule is before.rules[slug] and rule.facts.isdisjoint(changed)
        outcomes[slug] = before.outcomes[slug] if same else _outcome(entry, rule, known)
    return _Moment(known, rules, outcomes)


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


def _changes(published: Published, day: date, before: _Moment, after: _Moment) -> Iterator[Change]:
    for slug, outcome in after.outcomes.items():
        was = before.outcomes.get(slug, outcome)
        if was != outcome:
            because = _turned(published, slug, before, after)
            yield Change(day, slug, published.entries[slug].title, was, outcome, because)


def _turned(published: Published, slug: str, before: _Moment, after: _Moment) -> tuple[Reason, ...]:
    """The conditions that hold otherwise than the day before; all of them where the rule itself changed."""
    was = {reason.id: reason.holds for reason in _reasons(published, slug, before)}
    now = _reasons(published, slug, after)
    return tuple(reason for reason in now if was.get(reason.id) is not reason.holds) or tuple(now)


def _reasons(published: Published, slug: str, moment: _Moment) -> list[Reason]:
    return reasons(moment.rules[slug].explain(moment.known).steps, published.names)
