"""Which services fit a query, from memory: every distinct value is looked at once, not every service.

A feed of 150,000 services has some hundred spans of ages and some thousand opening hours. For each there
is a list of the services that have it; a query joins the lists that fit and keeps what all of them share.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from directory.openreferral.asked import Asked, Hours, ages_fit, hours_fit, hours_of
from directory.openreferral.ids import id_of
from directory.openreferral.listed import Listed
from directory.openreferral.taxonomies import Term
from directory.openreferral.writing import terms_of
from directory.schedules import Schedule

_WORD = re.compile(r"\w+")
_NONE: Sequence[int] = ()
Value = TypeVar("Value", bound=Hashable)


class ServiceIndex:
    """The services of a feed by what they are asked for. Services go by their number in the feed."""

    def __init__(self, services: Sequence[Listed]) -> None:
        self._total = len(services)
        self._keys = _lists(_keys_of(each) for each in services)
        self._ages = _lists([(each.minimum_age, each.maximum_age)] for each in services)
        self._hours: Mapping[Hours, array[int]] = _lists(hours_of(_schedules(each)) for each in services)
        self._modified = _lists([each.modified] for each in services)

    def find(self, asked: Asked) -> Sequence[int]:
        """The services that fit all that was asked, in order."""
        found = sorted(self._fitting(asked), key=len)
        if not found:
            return range(self._total)
        return sorted(set(found[0]).intersection(*found[1:]))

    def run_by(self, organization_id: str) -> Sequence[int]:
        """The services of an organisation, by its UUID."""
        return self._keys.get(f"organization:{organization_id}", _NONE)

    def serving(self, areas: Iterable[str]) -> set[int]:
        """The services of any of these areas, and those that name no area."""
        return set().union(*(self._keys.get(f"area:{each}", _NONE) for each in ("", *areas)))

    def _fitting(self, asked: Asked) -> Iterator[Sequence[int] | set[int]]:
        yield from (self._keys.get(key, _NONE) for key in _asked_keys(asked))
        if asked.asks_for_ages:
            yield _join(self._ages, lambda ages: ages_fit(ages, asked))
        if asked.asks_for_hours:
            yield _join(self._hours, lambda hours: hours_fit(hours, asked))
        if asked.modified_after is not None:
            yield _join(self._modified, lambda when: _is_later(when, asked))


def _is_later(when: datetime, asked: Asked) -> bool:
    return asked.modified_after is None or when >= asked.modified_after


def _join(lists: Mapping[Value, array[int]], fits: Callable[[Value], bool]) -> set[int]:
    return set().union(*(numbers for value, numbers in lists.items() if fits(value)))


def _lists(values: Iterable[Iterable[Value]]) -> Mapping[Value, array[int]]:
    """For each value the numbers of those that have it, in order."""
    found: defaultdict[Value, array[int]] = defaultdict(lambda: array("I"))
    for number, each in enumerate(values):
        for value in each:
            found[value].append(number)
    found.default_factory = None
    return found


def _keys_of(listed: Listed) -> set[str]:
    run_by = listed.runner.name if listed.runner else ""
    text = (listed.name, listed.description, *listed.also_known_as, listed.who_for or "", run_by)
    keys = {f"word:{word}" for word in _words(" ".join(text))}
    keys |= {f"area:{area}" for area in listed.areas or ("",)}
    for term in terms_of(listed):
        keys.update(_term_keys(term))
    return keys | ({f"organization:{id_of(listed.runner.key)}"} if listed.runner else set())


@lru_cache
def _term_keys(term: Term) -> tuple[str, str]:
    return f"term:{term.id}", f"taxonomy:{term.taxonomy_id}"


def _asked_keys(asked: Asked) -> Iterator[str]:
    yield from (f"word:{word}" for word in _words(asked.search))
    ids = (
        ("term", asked.taxonomy_term_id),
        ("taxonomy", asked.taxonomy_id),
        ("organization", asked.organization_id),
    )
    yield from (f"{name}:{id_.lower()}" for name, id_ in ids if id_)


def _words(text: str) -> list[str]:
    """The words of a text, small and without accents; a text of none at all matches nothing."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _WORD.findall(plain) or ([""] if text.strip() else [])


def _schedules(listed: Listed) -> Iterator[Schedule]:
    yield from listed.schedules
    for place in listed.places:
        yield from place.view.at.schedules
