"""Whom a change would touch: example people and a made-up population, before and after. Pure, about a second.

Who gets what is decided by the rules the public is answered with, and by nothing else here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from directory.outlines.next_door import next_door
from offer.answer import answer
from offer.answer_parts import Outcome
from offer.eligibility.situation import read_situation
from offer.entry_day import EntryDay
from offer.outcome_parts import OutcomeValue
from offer.published import Published
from offer.staff.examples import Example, Place, examples
from offer.staff.overlay import Changed, Overlay, overlay
from offer.staff.population import Made, population
from offer.what_if import Difference, differences

Outcomes = Mapping[str, tuple[OutcomeValue, EntryDay]]
Effect = Literal["gains", "loses", "both", "otherwise", "none"]
MOST_DAYS = 3  # that a change names, besides the day it is asked about
MOST_PLACES = 4  # in which the example people are tried
NEAR = 6  # places nearby in the made-up population
_UP, _DOWN = ("gained", "open"), ("lost", "shut")
_ORDER: Mapping[str, int] = {"no": 0, "unknown": 1, "yes": 2}


@dataclass(frozen=True, slots=True)
class Turn:
    """What one entry is for somebody on a day, before and after; None: it is not among their entries."""

    difference: Difference
    before: Outcome | None
    after: Outcome | None


@dataclass(frozen=True, slots=True)
class Touched:
    """An example person for whom something changes, in which place, and what on each day."""

    person: Example
    effect: Effect
    place: Place
    days: tuple[tuple[date, tuple[Turn, ...]], ...]


@dataclass(slots=True)
class Tally:
    """How many of the made-up people there are in a group, and what the change is to them."""

    name: str
    people: int = 0
    effects: Counter[Effect] = field(default_factory=Counter)

    @property
    def changed(self) -> int:
        """For how many something changes."""
        return self.people - self.effects["none"]


@dataclass(frozen=True, slots=True)
class Impact:
    """The result. `days`: those looked at; `more_days`: how many the change names that were not.

    `places`: where the example people were put; `is_national`: these are only examples of places.
    `tallies`: the population by heading and group, "Everybody" first. `emptied`: the entries that some of
    them could get before, and none can on any of the days.
    """

    days: tuple[date, ...]
    more_days: int
    places: tuple[Place, ...]
    more_places: int
    is_national: bool
    entries: tuple[str, ...]
    examples: int
    touched: tuple[Touched, ...]
    tallies: Mapping[str, tuple[Tally, ...]]
    emptied: tuple[str, ...] = ()

    def count(self, effect: Effect) -> int:
        """How many example people it is this to."""
        return sum(each.effect == effect for each in self.touched)


def impact(published: Published, changed: Changed, on: date) -> Impact:
    """Everybody before and after, on `on` and on the days the change names. Raises RuleError.

    `changed` holds the entries as they are to be.
    """
    laid = overlay(published, changed, on)
    days = (on, *laid.days[:MOST_DAYS])
    here, apart = laid.places[:MOST_PLACES], tuple(day for day in days if _is_other(laid, day))
    people = examples() if apart else ()
    tallies, had, have = _population(laid, nearby(laid, published, on), apart)
    return Impact(
        days=days,
        more_days=max(0, len(laid.days) - MOST_DAYS),
        places=here,
        more_places=len(laid.places) - len(here),
        is_national=laid.is_national,
        entries=laid.touched,
        examples=len(examples()),
        touched=tuple(found for each in people if (found := _example(laid, each, here, apart))),
        tallies=tallies,
        emptied=tuple(sorted((had - have) & laid.after.entries.keys())),
    )


def _is_other(laid: Overlay, day: date) -> bool:
    """Whether anything can come out otherwise on a day: else nobody need be asked."""
    days, other_days = laid.before.days_on(day), laid.after.days_on(day)
    rules, other_rules = laid.before.rules_on(day), laid.after.rules_on(day)
    if days.keys() != other_days.keys():
        return True
    return any(
        rules[slug].node != other_rules[slug].node or _told(days[slug]) != _told(other_days[slug])
        for slug in days
    )


def _told(day: EntryDay) -> tuple[object, ...]:
    """What an answer says of an entry besides its rule."""
    return day.standing, day.strength, day.certain, day.worth, day.entry.begins, day.entry.ends, day.warnings


def _example(laid: Overlay, person: Example, places: Iterable[Place], days: Sequence[date]) -> Touched | None:
    """The first place in which something changes for somebody; None where nothing does in any."""
    placed = "here" in person.facts.values()
    for place in places if placed else (laid.places[0],):
        turns = [(day, tuple(_turns(laid, person, place, day))) for day in days]
        if found := tuple((day, these) for day, these in turns if these):
            kinds = [turn.difference.kind for _, these in found for turn in these]
            return Touched(person, effect_of(kinds), place, found)
    return None


def _turns(laid: Overlay, person: Example, place: Place, day: date) -> Iterator[Turn]:
    situation, _ = read_situation(person.facts_at(place), day)
    editions = (laid.before, laid.after)
    if not differences(*(answer(edition, situation, day, explain=False) for edition in editions)):
        return
    sides = [answer(edition, situation, day) for edition in editions]
    before, after = ({outcome.slug: outcome for outcome in side.outcomes} for side in sides)
    for each in differences(*sides):
        yield Turn(each, before.get(each.slug), after.get(each.slug))


def effect_of(kinds: Iterable[str]) -> Effect:
    """What several differences come to for one person."""
    every = set(kinds)
    if not every:
        return "none"
    up, down = not every.isdisjoint(_UP), not every.isdisjoint(_DOWN)
    return "both" if up and down else "gains" if up else "loses" if down else "otherwise"


def nearby(laid: Overlay, published: Published, on: date) -> tuple[Place, ...]:
    """The places next to those of a change; for one about all of England a place of each council we hold."""
    places = published.places
    if laid.is_national:
        councils = sorted({e.authority for e in published.entries.values()} - {laid.places[0].authority})
        found = (next(iter(places.districts_of(code, on)), None) for code in councils)
        codes = [district.gss for district in found if district]
    else:
        held = {place.district for place in laid.places}
        codes = sorted({near for code in held for near in next_door(places, code, on)} - held)
    pairs = ((code, places.authority_of(code, on)) for code in codes)
    return tuple(Place(code, council.gss) for code, council in pairs if council)[:NEAR]


def _population(
    laid: Overlay, near: Sequence[Place], days: Sequence[date]
) -> tuple[Mapping[str, tuple[Tally, ...]], set[str], set[str]]:
    """The tallies; which of the entries somebody can get, or might, before, and which after."""
    if not days:
        return {}, set(), set()
    every, found = Tally("Everybody"), dict[tuple[str, str], Tally]()
    had, have = set[str](), set[str]()
    for person, sides in _made_up(laid, near, days):
        effect = effect_of(kind for before, after in sides for kind in _kinds(laid, before, after))
        had |= {slug for before, _ in sides for slug in _open(before)}
        have |= {slug for _, after in sides for slug in _open(after)}
        groups = _groups(person)
        for tally in (every, *(found.setdefault(group, Tally(group[1])) for group in groups)):
            tally.people += 1
            tally.effects[effect] += 1
    headings = dict.fromkeys(heading for heading, _ in found)
    by_heading = {name: tuple(t for (of, _), t in found.items() if of == name) for name in headings}
    return {"": (every,), **by_heading}, had & set(laid.touched), have


def _groups(person: Made) -> tuple[tuple[str, str], ...]:
    whose = "of the council where they live" if person.is_ours else "of another council, or of none"
    return (
        ("Age", str(person.age)),
        ("Time in care", person.care),
        ("District", person.place.district),
        ("Looked after by", whose),
        ("What they said", person.circumstance),
    )


def _made_up(
    laid: Overlay, near: Sequence[Place], days: Sequence[date]
) -> Iterator[tuple[Made, list[tuple[Outcomes, Outcomes]]]]:
    """Everybody made up, with what is theirs before and after on each of the days."""
    rules = [edition.rules_on(day) for edition in (laid.before, laid.after) for day in days]
    nodes = list(dict.fromkeys(rule.node for book in rules for rule in book.values()))
    for person in population(nodes, laid.places, near, days[0]):
        yield (
            person,
            [(_outcomes(laid.before, person, day), _outcomes(laid.after, person, day)) for day in days],
        )


def _kinds(laid: Overlay, before: Outcomes, after: Outcomes) -> Iterator[str]:
    for slug in laid.touched:
        (was, old), (will, new) = before.get(slug, ("no", None)), after.get(slug, ("no", None))
        if was != will:
            yield "gained" if _ORDER[will] > _ORDER[was] else "lost"
        elif will != "no" and old and new and (old.worth, old.strength) != (new.worth, new.strength):
            yield "moved"


def _open(outcomes: Outcomes) -> Iterator[str]:
    return (slug for slug, (outcome, _) in outcomes.items() if outcome != "no")


def _outcomes(edition: Published, person: Made, day: date) -> Outcomes:
    """What the rules say of each entry that is this person's; the rest is no entry of theirs."""
    index, of_day = edition.index_on(day), edition.days_on(day)
    seen = index.evaluate(person.known)
    council = person.known.get("responsible_authority")
    theirs = edition.entries_for(council if isinstance(council, str) else None, person.place.district, day)
    return {
        entry.id: (of_day[entry.id].outcome(index.outcome(seen, entry.id)), of_day[entry.id])
        for entry in theirs
    }
