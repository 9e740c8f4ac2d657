"""Whose changes a list is about: a council with its districts, or England. Pure."""

from datetime import date

from offer.entitlements.schema import ENGLAND
from offer.published import Published
from offer.what_changed.told import Change


def codes_of(published: Published, gss: str, on: date) -> frozenset[str] | None:
    """The codes of a council and of its districts, or England's own; None for a code we do not know."""
    if gss == ENGLAND:
        return frozenset({ENGLAND})
    council = published.places.authority(gss)
    if council is None:
        return None
    return frozenset({council.gss, *(area.gss for area in published.places.districts_of(council.gss, on))})


def changes_of(published: Published, codes: frozenset[str]) -> tuple[Change, ...]:
    """The changes of these places, the newest first."""
    return published.changes.of_places(codes)
