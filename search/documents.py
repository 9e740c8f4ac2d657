"""What is searched: one flat document for each thing that can be found.

The search room knows nothing else about it: no rule, no database, no page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache

Key = tuple[str, str]  # (kind, slug): one slug may stand for both an entitlement and a service

ENGLAND = "england"
YOUNGEST, OLDEST = 14, 26  # the age buckets: a14 … a26, where the ends stand for "and younger", "and older"


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to find.

    `places` holds, in any mix,
    `england`            everyone in England,
    `by:<GSS>`           people whom this authority looked after,
    `in:<GSS>`           people who live in this district or county,
    `of:<GSS>`           whose record it is (a council or its upper tier): chooses the index, filters nothing.

    Ages are completed years, from inclusive, before exclusive; None is open. The first topic is the main one.
    `decides`: one word for who decides about it; "" where nobody does.
    """

    kind: str
    slug: str
    title: str
    also_known_as: tuple[str, ...]
    summary: str
    body: str
    topics: tuple[str, ...]
    age_from: int | None
    age_before: int | None
    places: frozenset[str]
    checked_on: date | None = None
    decides: str = ""

    @property
    def key(self) -> Key:
        return (self.kind, self.slug)

    def codes(self, *prefixes: str) -> frozenset[str]:
        """The GSS codes of the places that stand under any of `prefixes`: `codes("by", "of")`."""
        return _codes(self.places, prefixes)

    def age_buckets(self) -> tuple[str, ...]:
        """The ages it is for, as words: `a14` … `a26`; every one where the ages are open."""
        start = YOUNGEST if self.age_from is None else self.age_from
        before = OLDEST + 1 if self.age_before is None else self.age_before
        return tuple(
            f"a{age}"
            for age in range(YOUNGEST, OLDEST + 1)
            if (start <= age or (age == OLDEST and start > OLDEST))
            and (age < before or age == YOUNGEST >= before)
        )


@lru_cache(maxsize=4096)  # the records of a council share their places
def _codes(places: frozenset[str], prefixes: tuple[str, ...]) -> frozenset[str]:
    named = (place.partition(":") for place in places)
    return frozenset(code for prefix, _, code in named if prefix in prefixes and code)


def age_bucket(age: int) -> str:
    """The one bucket of a person's age in completed years."""
    return f"a{min(max(age, YOUNGEST), OLDEST)}"


def digest_of(documents: Iterable[Document], *also: str) -> str:
    """A short fingerprint of the documents in order and of whatever else shapes the index."""
    digest = hashlib.sha256()
    for text in also:
        digest.update(text.encode() + b"\0")
    names = [field.name for field in fields(Document)]
    for document in documents:
        for name in names:
            value = getattr(document, name)
            shown = sorted(value) if isinstance(value, frozenset) else value
            digest.update(repr(shown).encode("utf-8", "backslashreplace") + b"\0")
    return digest.hexdigest()[:16]
