"""Whom a change touches, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import cast

from offer.answer_parts import Outcome
from offer.eligibility.fact import Value
from offer.eligibility.facts import FACTS
from offer.eligibility.wording import said_day
from offer.eligibility.wording_of_values import said
from offer.pages.staff.entries import Mark
from offer.staff.impact import Effect, Impact, Tally, Touched, Turn

_MARKS: Mapping[Effect, Mark] = MappingProxyType(
    {
        "gains": Mark("▲", "Gains"),
        "loses": Mark("▼", "Loses"),
        "both": Mark("◆", "Gains one thing and loses another"),
        "otherwise": Mark("○", "Changes otherwise"),
    }
)
_COLUMNS: Mapping[str, tuple[Effect, ...]] = MappingProxyType(
    {"▲ Gain": ("gains",), "▼ Lose": ("loses",), "◆ Both": ("both",), "○ Otherwise": ("otherwise",)}
)
_OUTCOMES = {"yes": "Yes", "unknown": "Might: it depends", "no": "No"}


@dataclass(frozen=True, slots=True)
class TurnLine:
    """One entry for one person on a day, before and after."""

    day: str
    entry: str
    before: str
    after: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """An example person for whom something changes."""

    name: str
    mark: Mark
    place: str
    told: str
    turns: tuple[TurnLine, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A group: how many people are in it, and for how many it is what each column says."""

    name: str
    people: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The made-up people of one heading, and the groups for which nothing changes."""

    heading: str
    rows: tuple[Counted, ...]
    untouched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImpactView:
    """The headline, how it was found out, the people, and the population in groups."""

    headline: str
    how: str
    people: tuple[PersonLine, ...]
    population: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    emptied: tuple[str, ...] = ()


def impact_view(found: Impact, names: Mapping[str, str], titles: Mapping[str, str]) -> ImpactView:
    """An impact as the page shows it. `names`: of places, by code; `titles`: of the entries, by slug."""
    every = found.tallies.get("", ())
    columns = tuple(
        name for name, effects in _COLUMNS.items() if any(row.effects[e] for row in every for e in effects)
    )
    return ImpactView(
        headline=headline(found),
        how=_how(found, names),
        people=tuple(_person(each, names) for each in sorted(found.touched, key=_by_effect)),
        population=_population(found),
        columns=tuple(columns),
        groups=tuple(_group(name, rows, columns, names) for name, rows in found.tallies.items() if name),
        emptied=tuple(titles.get(slug, slug) for slug in found.emptied),
    )


def headline(found: Impact) -> str:
    """ "14 of the 60 example people change: 9 gain, 5 lose." """
    if not found.entries:
        return "It changes no entry, so nobody’s answer changes."
    if not found.touched:
        return f"None of the {found.examples} example people change."
    counts = [(found.count("gains"), "gain"), (found.count("loses"), "lose")]
    counts += [(found.count("both"), "gain one thing and lose another")]
    counts += [(found.count("otherwise"), "change otherwise, such as for how long")]
    said = ", ".join(f"{number} {what}" for number, what in counts if number)
    verb = "changes" if len(found.touched) == 1 else "change"
    return f"{len(found.touched)} of the {found.examples} example people {verb}: {said}."


def _how(found: Impact, names: Mapping[str, str]) -> str:
    days = " and on ".join(["today", *(said_day(day) for day in found.days[1:])])
    more = f" {found.more_days} later days were not tried." if found.more_days else ""
    where = ", ".join(names.get(place.district, place.district) for place in found.places)
    if found.is_national:
        return f"It holds all over England. People were put in {where} and tried {days}.{more}"
    rest = f" and {found.more_places} more places" if found.more_places else ""
    return f"People were put in {where}{rest}, and tried {days}.{more}"


def _by_effect(each: Touched) -> int:
    return list(_MARKS).index(each.effect) if each.effect in _MARKS else len(_MARKS)


def _person(each: Touched, names: Mapping[str, str]) -> PersonLine:
    turns = tuple(_turn(day, turn) for day, these in each.days for turn in these)
    place = names.get(each.place.district, each.place.district)
    return PersonLine(each.person.name, _MARKS[each.effect], place, _told(each, names), turns)


def _told(each: Touched, names: Mapping[str, str]) -> str:
    """What the person would have said to the service, in its words."""
    facts = each.person.facts_at(each.place)
    clauses = (_clause(name, value, names) for name, value in facts.items())
    words = "; ".join(clauses)
    return f"{words[:1].upper()}{words[1:]}."


def _clause(name: str, value: object, names: Mapping[str, str]) -> str:
    if FACTS[name].type == "area":
        where = names.get(str(value), str(value))
        return f"you live in {where}" if name == "lives_in" else f"{where} looked after you"
    if FACTS[name].unit == "pence" and isinstance(value, int):
        value *= 100  # told in pounds
    return said(FACTS[name], cast(Value, value))


def _turn(day: date, turn: Turn) -> TurnLine:
    before, after = outcome_words(turn.before), outcome_words(turn.after)
    worths = [_worth(each) for each in (turn.before, turn.after)]
    if worths[0] != worths[1]:
        before, after = (
            f"{words}. {worth}".rstrip(". ") for words, worth in zip((before, after), worths, strict=True)
        )
    return TurnLine(said_day(day), turn.difference.title, before, after, turn.difference.why)


def _worth(outcome: Outcome | None) -> str:
    return outcome.day.worth.text if outcome and outcome.day.worth else ""


def outcome_words(outcome: Outcome | None) -> str:
    """ "Yes, until they turn 25"; what is not among somebody's entries is said so."""
    if outcome is None:
        return "Not among their entries"
    words = _OUTCOMES[outcome.outcome]
    if outcome.until_age is not None:
        return f"{words}, until they turn {outcome.until_age}"
    if outcome.until is not None:
        return f"{words}, until {said_day(outcome.until)}"
    return f"{words}, from {said_day(outcome.from_)}" if outcome.from_ else words


def _population(found: Impact) -> str:
    if not found.tallies:
        return ""
    (every,) = found.tallies[""]
    return (
        f"For {every.changed:,} of {every.people:,} made-up people something changes: every age, time in "
        "care and circumstance that the rules can tell apart, here and next door. They count kinds of "
        "people, not how many there are of each."
    )


def _group(heading: str, rows: tuple[Tally, ...], columns: Sequence[str], names: Mapping[str, str]) -> Group:
    said = {row.name: names.get(row.name, row.name[:1].upper() + row.name[1:]) for row in rows}
    return Group(
        heading,
        tuple(Counted(said[row.name], row.people, _counts(row, columns)) for row in rows if row.changed),
        tuple(said[row.name] for row in rows if not row.changed),
    )


def _counts(row: Tally, columns: Sequence[str]) -> tuple[int, ...]:
    return tuple(sum(row.effects[effect] for effect in _COLUMNS[name]) for name in columns)
