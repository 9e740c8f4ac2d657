"""Changed entries laid over what is published: the list as it is and as it would be. Pure.

Only the entries that may come out otherwise are in either, so that thousands are answered in a second.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from directory.places import Places
from offer.entitlements.amounts import amounts_of
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.published import COUNCIL_TAX, Published, council_tax_rows
from offer.rulebook import Rulebook, is_dated
from offer.staff.examples import NORTH_KESTEVEN, Place

Changed = Mapping[str, Entitlement | None]  # by slug, as it is to be; None: the public no longer sees it
Pair = tuple[Entitlement | None, Entitlement | None]


@dataclass(frozen=True, slots=True)
class Overlay:
    """The touched entries before and after, in whose places, and the days the change itself names."""

    before: Published
    after: Published
    touched: tuple[str, ...]
    places: tuple[Place, ...]
    is_national: bool  # it names no place: `places` are examples
    days: tuple[date, ...]


def overlay(published: Published, changed: Changed, on: date) -> Overlay:
    """Lay changed entries over an edition. Raises RuleError for a rule that cannot be read."""
    wanted = {slug: entry if entry and entry.stage == "public" else None for slug, entry in changed.items()}
    held: dict[str, Entitlement | None] = {**published.entries, **wanted}
    entries = {slug: entry for slug, entry in held.items() if entry is not None}
    rows = published.council_tax
    if COUNCIL_TAX in wanted:
        rows = council_tax_rows(entries.values(), published.places, on)
    touched = set(wanted) & (published.entries.keys() | entries.keys())
    if rows != published.council_tax:
        touched |= _reading(entries.values(), {row.district for row in {*rows} ^ {*published.council_tax}})
    pairs = [(published.entries.get(slug), entries.get(slug)) for slug in sorted(wanted)]
    places = _places(pairs, published.places, on)
    return Overlay(
        before=_only(published, published.entries, touched),
        after=_only(replace(published, council_tax=rows), entries, touched),
        touched=tuple(sorted(touched)),
        places=places or (NORTH_KESTEVEN,),
        is_national=not places,
        days=_days(pairs, on),
    )


def _reading(entries: Iterable[Entitlement], districts: set[str]) -> set[str]:
    """The entries whose rule reads the council tax terms of these districts."""
    dated = (entry for entry in entries if is_dated(entry.rule))
    return {e.id for e in dated if e.authority == ENGLAND or districts & {e.authority, *e.areas}}


def _only(edition: Published, entries: Mapping[str, Entitlement], touched: set[str]) -> Published:
    """The edition with the touched entries alone."""
    few = {slug: entry for slug, entry in entries.items() if slug in touched}
    book = Rulebook(tuple(few.values()), edition.council_tax)
    return replace(edition, entries=MappingProxyType(few), rulebook=book)


def _days(pairs: Iterable[Pair], on: date) -> tuple[date, ...]:
    """The days to come on which something starts or ends in one of the two and not in the other."""
    found = {day for before, after in pairs for day in _dates_of(before) ^ _dates_of(after)}
    return tuple(sorted({day for _, day in found if day > on}))


def _dates_of(entry: Entitlement | None) -> set[tuple[object, date]]:
    """What is said of days: each with what it is said about."""
    if entry is None:
        return set()
    spans: list[tuple[object, date | None, date | None]] = [("entry", entry.begins, entry.ends)]
    spans += [(amount.text, amount.start, amount.end) for amount in amounts_of(entry)]
    spans += [((row.area, row.age_before, row.percent, row.who), row.start, row.end) for row in entry.terms]
    return {(what, day) for what, start, end in spans for day in (start, end) if day is not None}


def _places(pairs: Sequence[Pair], places: Places, on: date) -> tuple[Place, ...]:
    """The places a change is about, by code; none where one of its entries is about all of England."""
    codes: set[str] = set()
    for before, after in pairs:
        of_this = _districts(before, after, places, on)
        if not of_this:
            return ()
        codes |= of_this
    found = ((code, places.authority_of(code, on)) for code in sorted(codes))
    return tuple(Place(code, council.gss) for code, council in found if council)


def _districts(
    before: Entitlement | None, after: Entitlement | None, places: Places, on: date
) -> frozenset[str]:
    """The districts one entry is changed for: those whose terms differ, if its rule does not."""
    one = after or before
    if one is None:
        return frozenset()
    if before and after and before.terms != after.terms and before.rule == after.rule:
        apart = [row for row in before.terms if row not in after.terms]
        apart += [row for row in after.terms if row not in before.terms]
        return frozenset(row.area for row in apart)
    if one.authority == ENGLAND:
        return frozenset()
    return frozenset(one.areas) or frozenset(area.gss for area in places.districts_of(one.authority, on))
