"""A typed place that our lists do not know, looked up online: asked little, kept little, never in the way.

Every failure becomes the offline answer with the words "we could not look this up just
now". Nothing typed is logged or counted, and nothing is raised.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from directory.geocoder import (
    BUSY,
    COULD_NOT,
    Breaker,
    FoundPlace,
    GeocoderConfig,
    LookupFailed,
    Spot,
    answer_of,
    places_of,
    query_of,
)
from directory.geocoder.found import DistrictsAt
from directory.places import PlaceAnswer, Places
from offer.geocoding.store import GeocoderStore, key_of
from offer.logs import log

PAUSE = 1000  # ms between the end of one request and the start of the next, for the whole deployment
LEASE_MORE = 5000  # ms beyond the time limit, after which a process that died loses its turn
WAITS, WAIT = 8, 0.25  # how often a person's request looks for a free turn, and the seconds between
MOST_WAITING = 3  # in one process
DATABASE_SECONDS = 1.0

Result = TypeVar("Result")


class Asks(Protocol):
    """What is asked: the real geocoder, or a test's."""

    config: GeocoderConfig

    async def search(self, query: str) -> tuple[Spot, ...]:
        """Points, the best first. Raises LookupFailed."""


@dataclass(slots=True)
class OnlinePlaces:
    """The online look-up of one process. `clock` goes only forward, in seconds."""

    places: Places
    geocoder: Asks
    store: GeocoderStore
    districts_at: DistrictsAt
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    counts: Counter[str] = field(default_factory=Counter)  # by outcome
    service: Breaker = field(default_factory=Breaker)
    database: Breaker = field(default_factory=Breaker)
    _waiting: int = 0

    async def complete(self, text: str, offline: PlaceAnswer, on: date) -> PlaceAnswer:
        """The offline answer, or, where it knows nothing and the words may be sent, the online one."""
        query = query_of(text, offline, self.places.store.outcodes)
        if query is None:
            return offline
        try:
            found = await self._known_or_asked(query)
        except LookupFailed as failure:
            self.counts[failure.outcome] += 1
            log().warning("geocoder", outcome=failure.outcome)
            return BUSY if failure.outcome == "busy" else COULD_NOT
        return answer_of(self.places.areas, found, on)

    async def _known_or_asked(self, query: str) -> tuple[FoundPlace, ...]:
        key = key_of(self.geocoder.config, query)
        known = await self._in_database(lambda: self.store.known(key))
        if known is not None:
            self.counts["known"] += 1
            return known
        spots = await self._asked(query)
        found = await asyncio.to_thread(places_of, spots, self.districts_at)
        self.counts["found" if found else "nothing"] += 1
        with suppress(LookupFailed):  # the answer is there, kept or not
            await self._in_database(lambda: self.store.keep(key, found))
        return found

    async def _asked(self, query: str) -> tuple[Spot, ...]:
        """One request to the geocoder, in the deployment's turn."""
        token, pause = await self._turn(), PAUSE
        try:
            self._refuse_while_resting()
            self.service = self.service.trying(self.clock(), self.geocoder.config.seconds)
            spots = await self.geocoder.search(query)
        except LookupFailed as failure:
            if failure.outcome != "resting":
                self.service = self.service.failed(self.clock(), failure.rest)
            pause = max(PAUSE, int((failure.rest or 0) * 1000))  # so that the other processes rest too
            raise
        else:
            self.service = self.service.succeeded()
            return spots
        finally:
            with suppress(LookupFailed):  # else the turn comes free when its lease ends
                await self._in_database(lambda: self.store.give_turn_back(token, pause))

    async def _turn(self) -> int:
        """The deployment's turn. Raises LookupFailed: it is not free soon enough, or cannot be asked for."""
        self._refuse_while_resting()
        if self._waiting >= MOST_WAITING:
            raise LookupFailed("busy")
        self._waiting += 1
        try:
            lease = int(self.geocoder.config.seconds * 1000) + LEASE_MORE
            for wait in range(WAITS):
                if wait:
                    await self.sleep(WAIT)
                token = await self._in_database(lambda: self.store.take_turn(lease))
                if token is not None:
                    return token
        finally:
            self._waiting -= 1
        raise LookupFailed("busy")

    def _refuse_while_resting(self) -> None:
        if not self.service.allows(self.clock()):
            raise LookupFailed("resting")

    async def _in_database(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """Raises LookupFailed where the database is away: without a shared limit nothing is asked."""
        if not self.database.allows(self.clock()):
            raise LookupFailed("no_database")
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                result = await work()
        except Exception:  # whatever a driver raises, the page is answered
            self.database = self.database.failed(self.clock())
            raise LookupFailed("no_database") from None
        self.database = self.database.succeeded()
        return result
