"""What changes when: the days on which some outcome changes for one person, and why.

Between two breakpoints nothing can change, so asking at each of them is as good as
asking every day. Birthdays have a day only with a birth date; with an age alone there are
ages, beside the days of the law and those stated, which are certain whoever asks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from offer.eligibility.age_told import birthday_between, knowledge_by, older
from offer.eligibility.care import CareFinding, care_status
from offer.eligibility.care_told import told_age
from offer.eligibility.dates import ONE_DAY, birthday
from offer.eligibility.evaluate import Known
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import Situation
from offer.eligibility.timeline_dates import LAST_AGE, breakpoints, days_for_all
from offer.entitlements.amounts import Worth, worth_on
from offer.moments import Moment, Turn, entries_of, moment_on, outcome_on, turns, whichever
from offer.published import Published

FIRST_BIRTHDAY, LAST_BIRTHDAY = 16, 26  # of the years a timeline tells of


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Turn):
    """A turn on a day."""

    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeChange(Turn):
    """A turn on the birthday on which somebody becomes `age`. `law`: the first day it can be."""

    age: int
    law: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountChange:
    """A figure that is another from a day on; no outcome turns by it. None where we hold no figure."""

    date: date
    slug: str
    title: str
    before: Worth | None
    after: Worth | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """The care status becomes another; None while it is open. Either a day or an age is known."""

    date: date | None
    age: int | None
    before: str | None
    after: str | None
    cite: str | None


def last_day(situation: Situation, start: date) -> date:
    """The 26th birthday, or the start where that is past; the last day it can be with an age alone.

    Ten years on, as from 16 to 26, where neither is known.
    """
    born = situation.date_of_birth
    if born is None:
        age = told_age(situation, start)
        years = LAST_BIRTHDAY - (FIRST_BIRTHDAY if age is None else age)
        return birthday(start, max(years, 0))
    return max(start, birthday(born, LAST_BIRTHDAY))


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
    leaves out the conditions that turned, which take a third of the time. Without a birth date:
    what the law's own days and those stated change, whichever of the ages that fit is theirs.
    """
    if situation.date_of_birth is None:
        days = days_for_all(situation, start, published, end)
        return tuple(
            turn for day in days for turn in _turns_on(published, situation, day, law, explain=explain)
        )
    found: list[Change] = []
    before = moment_on(published, knowledge(situation, start), law or start)
    for day in breakpoints(situation, start, published, end):
        after = moment_on(published, knowledge(situation, day), law or day, before)
        found += turns(published, before, after, partial(Change, date=day), explain=explain)
        before = after
    return tuple(found)


def _turns_on(
    published: Published, situation: Situation, day: date, law: date | None, *, explain: bool
) -> Iterator[Change]:
    """What the day itself turns, the person being as old on its eve: no birthday passes for a law's day."""
    eve = day - ONE_DAY
    before = moment_on(published, knowledge_by(situation, day, facts_on=eve), law or eve)
    after = moment_on(published, knowledge_by(situation, day), law or day, before)
    return turns(published, before, after, partial(Change, date=day), explain=explain)


def amount_changes(
    published: Published, situation: Situation, start: date, end: date
) -> tuple[AmountChange, ...]:
    """Every day after `start`, up to and with `end`, on which a figure changes of what is no "no" then."""
    days = [day for day in published.amount_days if start < day <= end]
    return tuple(change for day in days for change in _amounts(published, knowledge_by(situation, day), day))


def _amounts(published: Published, known: Known, day: date) -> Iterator[AmountChange]:
    rules, days = published.rules_on(day), published.days_on(day)
    for entry in entries_of(published, known, day):
        before, after = worth_on(entry, day - ONE_DAY), worth_on(entry, day)
        if _figure(before) != _figure(after) and outcome_on(days[entry.id], rules[entry.id], known) != "no":
            yield AmountChange(date=day, slug=entry.id, title=entry.title, before=before, after=after)


def _figure(worth: Worth | None) -> str:
    """What counts on the day alone: a figure that is only announced changes nothing yet."""
    return worth.now_text if worth else ""


def timeline_by_age(
    published: Published, situation: Situation, on: date, *, explain: bool = True
) -> tuple[AgeChange, ...]:
    """Every change at a later birthday, where only an age was told; empty without one.

    What begins between two birthdays is unknown at the first and told at the next. A turn is
    told under the laws of the days on which the birthday can be; where they part, it is open.
    """
    found: list[AgeChange] = []
    was, then_by_law = knowledge(situation, on), dict[date, Moment]()
    for age, then in _later_ages(published, situation):
        known, laws = knowledge(then, on), _laws_of(published, situation, age)
        before = {law: then_by_law.get(law) or moment_on(published, was, law) for law in laws}
        then_by_law = {law: moment_on(published, known, law, before[law]) for law in laws}
        make = partial(AgeChange, age=age, law=laws[0])
        found += turns(published, whichever(before), whichever(then_by_law), make, explain=explain)
        was = known
    return tuple(found)


def _laws_of(published: Published, situation: Situation, age: int) -> tuple[date, ...]:
    """A day for each set of laws under which the birthday can be, the earliest first."""
    first, last = birthday_between(situation, age)
    begun = max((day for day in published.stretch_starts if day <= first), default=first)
    law = begun if begun > situation.told_on else situation.told_on
    return law, *(day for day in published.stretch_starts if first < day <= last)


def status_changes(
    published: Published, situation: Situation, start: date, end: date
) -> tuple[StatusChange, ...]:
    """Every day after `start`, up to and with `end`, on which the care status becomes another.

    Empty without a birth date: see `status_changes_by_age`.
    """
    days = breakpoints(situation, start, published, end)
    statuses = ((day, None, care_status(situation, day)) for day in days)
    return tuple(_status_turns(care_status(situation, start), statuses))


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
