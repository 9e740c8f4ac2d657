"""The entries of a scope as the public saw them on a day, each beside how it stands now. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from offer.entitlements.schema import Entitlement
from offer.published import Published

State = Literal["same", "changed", "gone", "new"]
# A shape and words for each: nothing is told by colour alone.
STATES: Mapping[State, tuple[str, str]] = {
    "same": ("=", "The same now"),
    "changed": ("↻", "Other words or figures now"),
    "gone": ("○", "Not public now"),
    "new": ("+", "Not public then"),
}


@dataclass(frozen=True, slots=True)
class Then:
    """One entry: as it was called then (now, for a newer one), and how it stands now."""

    slug: str
    title: str
    state: State


def beside_now(then: Published, now: Published, codes: frozenset[str]) -> tuple[Then, ...]:
    """The entries of those codes on either day, by title."""
    found = [*_held_then(then, now, codes)]
    found += [
        Then(entry.id, entry.title, "new")
        for entry in now.entries.values()
        if entry.authority in codes and entry.id not in then.entries
    ]
    return tuple(sorted(found, key=lambda each: (each.title.casefold(), each.slug)))


def _held_then(then: Published, now: Published, codes: frozenset[str]) -> Iterator[Then]:
    for entry in then.entries.values():
        if entry.authority in codes:
            yield Then(entry.id, entry.title, _state(entry, now.entries.get(entry.id)))


def _state(entry: Entitlement, now: Entitlement | None) -> State:
    if now is None:
        return "gone"
    return "same" if now == entry else "changed"
