"""How far a council has come: each thing offers usually hold, with what is public and what is a draft."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.documents import ENTITLEMENT
from offer.published import Published
from offer.staff.change_rows import changes
from offer.staff.gaps.places import codes_of_scope, entries_of
from offer.staff.gaps.usual import Usual, held, is_called, usual_offer
from offer.staff.reading import documents

State = Literal["public", "draft", "none"]
# A shape and words for each: nothing is told by colour alone.
STATES: dict[State, tuple[str, str]] = {
    "public": ("●", "Public"),
    "draft": ("✎", "Draft"),
    "none": ("▲", "Nothing yet"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that is not public. `change`: the one it is written in; None where the catalogue holds it."""

    slug: str
    title: str
    change: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the list. `entries`: slug and title of what the public sees of it."""

    item: Usual
    state: State
    entries: tuple[tuple[str, str], ...]
    drafts: tuple[Draft, ...]


async def drafts_of(connection: BaseDBAsyncClient, published: Published, scope: str, on: date) -> list[Draft]:
    """The entries of a scope that are not public: documents never published, and new ones in open changes."""
    codes = codes_of_scope(published.places, scope, on)
    kept = await documents(connection)
    found = {
        each.slug: Draft(each.slug, each.title)
        for each in kept
        if each.kind == ENTITLEMENT and each.authority in codes and each.slug not in published.entries
    }
    for change in await changes(connection, [scope]):
        for item in change.items:
            if item.kind == ENTITLEMENT and item.act == "save" and item.slug not in published.entries:
                title = str(item.body.get("title") or item.slug)
                found[item.slug] = Draft(item.slug, title, change.id)
    return sorted(found.values(), key=lambda each: each.title.casefold())


def checklist(published: Published, scope: str, drafts: Iterable[Draft], on: date) -> Iterator[Line]:
    """The whole list, by topic."""
    listed = list(drafts)
    public = held(entries_of(published, codes_of_scope(published.places, scope, on)))
    for item in usual_offer():
        entries = tuple((each.id, each.title) for each in public[item.id])
        written = tuple(each for each in listed if is_called(item, each.slug, each.title))
        state: State = "public" if entries else "draft" if written else "none"
        yield Line(item, state, entries, written)
