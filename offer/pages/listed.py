"""What the address of a list holds: slugs of things to get, a council's code, and nothing about anybody."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request

from directory.places import Area
from offer.entitlements.schema import Entitlement
from offer.published import Published

LIST_PATH = "/my-list"
MOST = 40  # things: a longer address is more than some programs carry
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as its address tells it. `council` is None where none is named.

    `gone`: things we no longer hold, or never did.
    """

    entries: tuple[Entitlement, ...]
    council: Area | None = None
    gone: int = 0

    def address(self, path: str = LIST_PATH, **more: str) -> str:
        """ "/my-list?things=a,b&by=E06000047": the same list at another page."""
        query = {"things": ",".join(entry.id for entry in self.entries)} if self.entries else {}
        query |= {"by": self.council.gss} if self.council else {}
        query |= more
        return f"{path}?{urlencode(query, safe=',')}" if query else path

    def without(self, slug: str) -> "Listed":
        """The list less one thing."""
        return replace(self, entries=tuple(entry for entry in self.entries if entry.id != slug))

    def earlier(self, slug: str) -> "Listed":
        """The list with one thing moved up by one place; the first stays."""
        slugs = [entry.id for entry in self.entries]
        at = slugs.index(slug)
        moved = [*self.entries]
        if at:
            moved[at - 1], moved[at] = moved[at], moved[at - 1]
        return replace(self, entries=tuple(moved))


def listed(request: Request, published: Published, on: date) -> Listed:
    """Reads ?things=a,b&thing=c&by=E06000047. Never raises: what is not ours is counted as gone."""
    given = request.query_params
    words = [*given.get("things", "").split(","), *given.getlist("thing")]
    slugs = list(dict.fromkeys(filter(None, map(str.strip, words))))[:MOST]
    entries = [entry for slug in slugs if (entry := published.entries.get(slug))]
    return Listed(
        tuple(entries),
        published.places.authority(published.places.areas.current(given.get("by", ""), on)),
        gone=sum(1 for slug in _slugs(slugs) if slug not in published.entries),
    )


def _slugs(words: Iterable[str]) -> list[str]:
    """Those that could be a slug; anything else in the address is not worth a word."""
    return [word for word in words if len(word) <= _LONGEST and _SLUG.fullmatch(word)]
