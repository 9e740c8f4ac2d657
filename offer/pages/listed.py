"""What the address of a list holds: things to get, places, a council's code, and nothing about anybody."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias
from urllib.parse import urlencode

from starlette.requests import Request

from directory.assembled import ServiceView
from directory.places import Area
from offer.addresses import SERVICE
from offer.entitlements.schema import Entitlement
from offer.published import Published

LIST_PATH = "/my-list"
MOST = 40  # things: a longer address is more than some programs carry
_KEY = re.compile(rf"({SERVICE}\.)?[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 80

Thing: TypeAlias = Entitlement | ServiceView


def key_of(thing: Thing) -> str:
    """How a thing is written in an address and on the phone: "bus-travel", "service.housing-lincoln"."""
    return thing.id if isinstance(thing, Entitlement) else f"{SERVICE}.{thing.id}"


def name_of(thing: Thing) -> str:
    """What it is called, as its record says it."""
    return thing.title if isinstance(thing, Entitlement) else thing.name


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as its address tells it. `council` is None where none is named.

    `gone`: things we no longer hold, or never did.
    """

    things: tuple[Thing, ...]
    council: Area | None = None
    gone: int = 0

    @property
    def entries(self) -> tuple[Entitlement, ...]:
        """The things to get."""
        return tuple(each for each in self.things if isinstance(each, Entitlement))

    @property
    def services(self) -> tuple[ServiceView, ...]:
        """The places and teams."""
        return tuple(each for each in self.things if isinstance(each, ServiceView))

    @property
    def keys(self) -> str:
        """ "a,b": all of it, as addresses and the phone write it."""
        return ",".join(map(key_of, self.things))

    def address(self, path: str = LIST_PATH, **more: str) -> str:
        """ "/my-list?things=a,b&by=E06000047": the same list at another page."""
        query = {"things": self.keys} if self.things else {}
        query |= {"by": self.council.gss} if self.council else {}
        query |= more
        return f"{path}?{urlencode(query, safe=',')}" if query else path

    def without(self, thing: Thing) -> "Listed":
        """The list less one thing."""
        return replace(self, things=tuple(each for each in self.things if each is not thing))

    def earlier(self, thing: Thing) -> "Listed":
        """The list with one thing moved up by one place; the first stays."""
        moved = [*self.things]
        at = next(place for place, each in enumerate(moved) if each is thing)
        if at:
            moved[at - 1], moved[at] = moved[at], moved[at - 1]
        return replace(self, things=tuple(moved))


def listed(request: Request, published: Published, on: date) -> Listed:
    """Reads ?things=a,b&thing=c&by=E06000047. Never raises: what is not ours is counted as gone."""
    given = request.query_params
    words = [*given.get("things", "").split(","), *given.getlist("thing")]
    keys = _keys(dict.fromkeys(filter(None, map(str.strip, words))))
    found = [_thing(published, key) for key in keys]
    return Listed(
        tuple({key_of(thing): thing for thing in found if thing}.values()),
        published.places.authority(published.places.areas.current(given.get("by", ""), on)),
        gone=found.count(None),
    )


def _thing(published: Published, key: str) -> Thing | None:
    """None for what is not public; an old name of a service leads on to what took its place."""
    kind, _, slug = key.rpartition(".")
    if not kind:
        return published.entries.get(slug)
    service = published.services.get(slug)
    if service and service.record.redirect_to:
        service = published.services.get(service.record.redirect_to)
    return service if service and service.is_shown else None


def _keys(words: Iterable[str]) -> list[str]:
    """Those that could name a thing; anything else in the address is not worth a word."""
    return [word for word in words if len(word) <= _LONGEST and _KEY.fullmatch(word)][:MOST]
