"""What belongs to a scope: a council with its districts, or England. Pure."""

from collections.abc import Iterator
from datetime import date

from directory.places import Area, Places
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.published import Published
from offer.staff.roles import NATIONAL


def codes_of_scope(places: Places, scope: str, on: date) -> frozenset[str]:
    """The codes whose entries and services belong to a scope: a council's own and its districts'."""
    if scope == NATIONAL:
        return frozenset({ENGLAND})
    return frozenset({scope, *(area.gss for area in places.districts_of(scope, on))})


def districts_of_scope(places: Places, scope: str, on: date) -> tuple[Area, ...]:
    """The districts of a council that day, by name; all of England's for national content."""
    found = places.districts(on) if scope == NATIONAL else places.districts_of(scope, on)
    return tuple(sorted(found, key=lambda area: area.name))


def entries_of(published: Published, codes: frozenset[str]) -> tuple[Entitlement, ...]:
    """The public entries of these codes."""
    return tuple(entry for entry in published.entries.values() if entry.authority in codes)


def scope_of_area(places: Places, code: str, on: date) -> str:
    """The upper-tier council of a code; the code itself where there is none."""
    if code == ENGLAND:
        return NATIONAL
    found = places.authority(code) or places.authority_of(code, on)
    return found.gss if found else code


def councils_held(published: Published, on: date) -> Iterator[tuple[str, tuple[Entitlement, ...]]]:
    """Each council of which we hold something, with its entries and its districts'."""
    held: dict[str, list[Entitlement]] = {}
    for entry in published.entries.values():
        scope = scope_of_area(published.places, entry.authority, on)
        if scope != NATIONAL:
            held.setdefault(scope, []).append(entry)
    for scope, entries in sorted(held.items()):
        yield scope, tuple(entries)
