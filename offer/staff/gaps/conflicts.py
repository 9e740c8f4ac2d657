"""Where one thing we say does not go with another: of a right and its local terms, of a district and its
county, of neighbours. Each is a question for a person: which of the two is right? Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from offer.council_names import plain_name
from offer.council_tax import current, is_weak, rows_held
from offer.documents import ages_of
from offer.entitlements.amounts import worth_on
from offer.entitlements.in_force import is_in_force
from offer.entitlements.schema import Amount, Entitlement, ParameterRow
from offer.published import COUNCIL_TAX, Published

NextDoor = Callable[[str], Iterable[str]]  # the districts next door to one
_SAID_AGE = re.compile(
    r"(?<!\d )\b(?:until|till|to|before|under)\s+(?:you\s+(?:are|turn)\s+|your\s+)?(\d\d)\b"
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What does not go together. `slug`: the entry to look at; `other`: the one it is held against, or ""."""

    slug: str
    title: str
    words: str
    other: str = ""


def conflicts(
    published: Published, entries: Iterable[Entitlement], on: date, next_door: NextDoor
) -> tuple[Conflict, ...]:
    """Every contradiction of these entries, by title."""
    listed = [entry for entry in entries if is_in_force(entry, on)]
    found = [
        *(each for entry in listed for each in _of_amount(published, entry, on)),
        *(each for entry in listed for each in _of_ages(entry)),
        *(each for entry in listed for each in _of_district(published, entry, on)),
        *_of_same_right(listed),
        *_of_neighbours(published, listed, on, next_door),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.title.casefold(), each.words)))


def _of_amount(published: Published, entry: Entitlement, on: date) -> Iterator[Conflict]:
    """Another figure than the right it is part of."""
    right = published.entries.get(entry.part_of or "")
    ours, theirs = (_figure(each, on) if each else None for each in (entry, right))
    if right is None or not ours or not theirs or ours.pence == theirs.pence or ours.per != theirs.per:
        return
    less = (ours.pence or 0) < (theirs.pence or 0)
    words = (
        f"{'Less' if less else 'More'} than the right it is part of: “{ours.text}”, beside “{theirs.text}”."
    )
    yield Conflict(entry.id, entry.title, words, right.id)


def _figure(entry: Entitlement, on: date) -> Amount | None:
    worth = worth_on(entry, on)
    return worth.amount if worth and worth.amount and worth.amount.pence else None


def _of_ages(entry: Entitlement) -> Iterator[Conflict]:
    """A title that says another last age than the rule."""
    before = ages_of(entry.rule)[1]
    said = {int(age) for age in _SAID_AGE.findall(entry.title)}
    if before and said and before not in said:
        words = f"The title says {_ages(said)}, the rule stops at the birthday of {before}."
        yield Conflict(entry.id, entry.title, words)


def _of_district(published: Published, entry: Entitlement, on: date) -> Iterator[Conflict]:
    """A council tax entry that stops at another age than the table of its district."""
    if entry.part_of != COUNCIL_TAX:
        return
    before, rows = ages_of(entry.rule)[1], rows_held(published)
    for code in entry.areas or [entry.authority]:
        ages = {row.age_before for row in _strong(rows.get(code, ()), on)}
        if before and ages and before not in ages:
            name = plain_name(published.names.get(code, code))
            words = f"It stops at {before}; the table of districts says {_ages(ages)} for {name}."
            yield Conflict(entry.id, entry.title, words, COUNCIL_TAX)


def _strong(rows: Iterable[ParameterRow], on: date) -> list[ParameterRow]:
    return [row for row in current(rows, on) if not is_weak(row) and row.age_before]


def _of_same_right(entries: list[Entitlement]) -> Iterator[Conflict]:
    """Two entries of one right in the same place that stop at different ages: a district and its county."""
    parts = [(entry, ages_of(entry.rule)[1]) for entry in entries if entry.part_of]
    for number, (entry, before) in enumerate(parts):
        for other, age in parts[number + 1 :]:
            if entry.part_of == other.part_of and before and age and before != age and _meet(entry, other):
                words = f"It stops at {before}; “{other.title}” is of the same right and stops at {age}."
                yield Conflict(entry.id, entry.title, words, other.id)


def _meet(one: Entitlement, other: Entitlement) -> bool:
    """Whether both hold in one place: a district's, and its county's for that district or for all."""
    ours, theirs = {one.authority, *one.areas}, {other.authority, *other.areas}
    return not ours.isdisjoint(theirs)


def _of_neighbours(
    published: Published, entries: list[Entitlement], on: date, next_door: NextDoor
) -> Iterator[Conflict]:
    """A district that takes in its neighbours' care leavers, beside one that takes in its own only."""
    rows = rows_held(published)
    for entry in entries:
        if entry.part_of != COUNCIL_TAX:
            continue
        for code in entry.areas or [entry.authority]:
            if any(row.who == "own-and-neighbours" for row in _strong(rows.get(code, ()), on)):
                yield from _one_sided(published, entry, code, on, next_door)


def _one_sided(
    published: Published, entry: Entitlement, code: str, on: date, next_door: NextDoor
) -> Iterator[Conflict]:
    rows, names = rows_held(published), published.names
    for other in sorted(next_door(code), key=lambda gss: names.get(gss, gss)):
        if any(row.who == "own" for row in _strong(rows.get(other, ()), on)):
            here, there = (plain_name(names.get(gss, gss)) for gss in (code, other))
            words = (
                f"{here} says that it and its neighbours take in each other's care leavers; "
                f"{there} next door says only its own."
            )
            yield Conflict(entry.id, entry.title, words, COUNCIL_TAX)


def _ages(ages: Iterable[int | None]) -> str:
    return " or ".join(str(age) for age in sorted(age for age in ages if age))
