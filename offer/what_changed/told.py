"""The changes of an edition as the public is told them: dated, without a name of staff. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from offer.what_changed.fields import Part

Act = Literal["new", "changed", "checked", "gone", "back", "many"]
MANY = 10  # new pages of one council in one publication: more are told as one change


@dataclass(frozen=True, slots=True)
class Change:
    """What one publication did to one document, or with "many" to `count` documents of one council.

    `at` is the aware moment of the publication. `authority`: whose document it is, by GSS code.
    `title`: what it was called then.
    """

    kind: str
    slug: str
    title: str
    authority: str
    version: int
    at: datetime
    act: Act
    parts: tuple[Part, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of the last two years, the newest first. `since`: of older ones we tell nothing.

    `all` has each new page by itself, so that a later edition need not read it again. `up_to`: the
    catalogue version they lead to.
    """

    newest_first: tuple[Change, ...] = ()
    all: tuple[Change, ...] = ()
    since: datetime | None = None
    up_to: int = 0

    def of_entry(self, kind: str, slug: str) -> tuple[Change, ...]:
        """Those of one document, those that only dated it anew among them."""
        return tuple(each for each in self.all if (each.kind, each.slug) == (kind, slug))

    def of_places(self, codes: Iterable[str]) -> tuple[Change, ...]:
        """Those of the documents of these councils and districts, and what England's say of them."""
        return tuple(_together(_of_places(self.newest_first, frozenset(codes))))

    def told(self) -> tuple[Change, ...]:
        """All but those that only dated a page anew."""
        return tuple(each for each in self.newest_first if each.act != "checked")


def _of_places(found: Iterable[Change], codes: frozenset[str]) -> Iterator[Change]:
    for each in found:
        if each.act == "checked":
            continue
        if each.authority in codes:
            yield each
        elif here := tuple(part for part in each.parts if part.area in codes):
            yield replace(each, parts=here)


def _together(found: Iterable[Change]) -> Iterator[Change]:
    """The new pages of a council and of its districts, told as one change for each publication."""
    listed = list(found)
    many: dict[int, list[Change]] = {}
    for each in listed:
        if each.act == "many":
            many.setdefault(each.version, []).append(each)
    for each in listed:
        if each.act != "many":
            yield each
        elif here := many.pop(each.version, []):
            most = max(here, key=lambda one: one.count)
            yield replace(most, count=sum(one.count for one in here))


def folded(found: Iterable[Change]) -> Iterator[Change]:
    """Many new pages of one council at once are one change, in the place of the first of them."""
    held = list(found)
    counts: dict[tuple[int, str], int] = {}
    for each in held:
        if each.act == "new":
            counts[each.version, each.authority] = counts.get((each.version, each.authority), 0) + 1
    for each in held:
        many = counts.get((each.version, each.authority), 0) if each.act == "new" else 0
        if not _is_many(each, many):
            yield each
        elif many:
            counts[each.version, each.authority] = 0
            yield Change("", "", "", each.authority, each.version, each.at, "many", count=many)


def _is_many(each: Change, many: int) -> bool:
    return each.act == "new" and (many == 0 or many > MANY or each.version == 1)
