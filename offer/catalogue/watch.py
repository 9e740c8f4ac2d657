"""Follows the published catalogue: asks for the version row twice a second, and outlives a dead database.

What was read last stays in use while the database is away. On PostgreSQL a
notification wakes the watch at once; the version row stays the truth.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.beside import beside
from offer.catalogue.publishing import CHANNEL
from offer.catalogue.reading import PublishedDocuments, read_published, version
from offer.clock import now, steady
from offer.db.asyncpg_engine import PooledClient
from offer.db.sqlite_engine import ImmediateClient
from offer.logs import log

EVERY = 0.5  # seconds between two looks at the version row
LONGEST = 10.0  # seconds one look may take before the database counts as away
QUIET = 30.0  # seconds without a notification after which the line is asked whether it is still there
READING = 600.0  # seconds reading a whole catalogue may take
AGAIN = 60.0  # seconds before a catalogue that could not be taken up is tried again

OnChange = Callable[[PublishedDocuments], Awaitable[None]]


@dataclass(slots=True)
class Health:
    """How the database looked last: for /readyz and /metrics."""

    reachable: bool = False
    checked_at: datetime | None = None
    checked: float | None = None  # the same as `steady`
    reached_at: datetime | None = None  # the last look that found the database
    seen: int | None = None  # the version row as it was last read
    behind_since: float | None = None  # as `steady`: when that row was first ahead of what was handed on
    version: int | None = None  # the version last handed on; None before the first
    not_taken: int | None = None  # a version that could not be taken up; None when all is well


class Watch:
    """A background task. `on_change` gets every new published catalogue, the first included."""

    def __init__(
        self,
        connection: BaseDBAsyncClient,
        on_change: OnChange,
        *,
        every: float = EVERY,
        quiet: float = QUIET,
    ) -> None:
        self.health = Health()
        self._connection = connection
        self._on_change = on_change
        self._every, self._quiet = every, quiet
        self._taken: PublishedDocuments | None = None
        self._woken = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()  # else an older catalogue could be taken up after a newer one
        self._try_again = 0.0  # on the loop's clock
        self._told: bool | None = None  # whether the log last heard that the database is there

    async def look(self) -> bool:
        """Looks once; whether a new catalogue was handed on. Who publishes here looks at once.

        Lets faults of the database and of `on_change` through, both after noting
        them in `health`. A catalogue that could not be taken up is left alone for a
        minute: building it again each second would cost a core.
        """
        async with self._one_at_a_time:
            return await self._look()

    async def again(self) -> None:
        """Hands on once more what was handed on last, where what is made of it hangs on the day too."""
        async with self._one_at_a_time:
            if self._taken is not None:
                await self._on_change(replace(self._taken, since=self._taken.version))

    async def _look(self) -> bool:
        documents = await self._changed()
        if documents is None:
            return False
        for name in documents.unreadable:
            log().error("document unreadable", document=name)
        try:
            await self._on_change(documents)
        except Exception:
            self.health.not_taken = documents.version
            self._try_again = asyncio.get_running_loop().time() + AGAIN
            raise
        self._taken = documents
        self.health.version, self.health.not_taken, self.health.behind_since = documents.version, None, None
        return True

    async def _changed(self) -> PublishedDocuments | None:
        self.health.checked_at, self.health.checked = now(), steady()
        try:
            async with asyncio.timeout(LONGEST):
                if isinstance(self._connection, ImmediateClient):
                    await self._connection.follow_file()
                number = await version(self._connection)
                self._note(number)
            documents = await self._read() if self._is_due(number) else None
        except Exception:
            self.health.reachable = False
            raise
        self.health.reachable, self.health.reached_at = True, self.health.checked_at
        return documents

    def _note(self, number: int) -> None:
        self.health.seen = number
        if number == self.health.version:
            self.health.behind_since = None
        elif self.health.behind_since is None:
            self.health.behind_since = steady()

    async def _read(self) -> PublishedDocuments:
        """The first time all of it, which takes a whole country's a minute; then what is new."""
        async with asyncio.timeout(READING):
            return await read_published(self._connection, known=self._taken)

    def _is_due(self, number: int) -> bool:
        if number == self.health.version:
            return False
        return number != self.health.not_taken or asyncio.get_running_loop().time() >= self._try_again

    async def run(self) -> None:
        """Looks until cancelled. No fault ends it: a database that is away is asked again."""
        async with beside(self._listen()) if self._speaks() else contextlib.nullcontext():
            while True:
                await self._look_safely()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._every):
                        await self._woken.wait()
                self._woken.clear()

    async def _look_safely(self) -> None:
        """Looks, and tells the log of a change for the worse or the better, not of every look."""
        try:
            await self.look()
        except Exception as fault:  # whatever happened, the last catalogue stays in use
            if self.health.reachable:
                log().error(
                    "catalogue not taken up", version=self.health.not_taken, kind=type(fault).__name__
                )
            elif self._told is not False:
                log().warning("database away", kind=type(fault).__name__)
        else:
            if self._told is False:
                log().info("database back", version=self.health.version)
        self._told = self.health.reachable

    def _speaks(self) -> bool:
        return self._connection.capabilities.dialect == "postgres"

    async def _listen(self) -> None:
        """Wakes the watch on each notification; a lost line is taken up again."""
        while True:
            with contextlib.suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await self._hear()
            await asyncio.sleep(max(self._every, EVERY))

    async def _hear(self) -> None:
        """Until the line is lost: closed, or so silent that not even a question is answered."""
        client = cast(PooledClient, self._connection)
        line = await asyncpg.connect(**client.addressed(), timeout=LONGEST)
        lost = asyncio.Event()
        line.add_termination_listener(lambda *_: lost.set())
        try:
            await line.add_listener(CHANNEL, lambda *_: self._woken.set())
            self._woken.set()  # for what was said while nobody listened
            while not lost.is_set():
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._quiet):
                        await lost.wait()
                async with asyncio.timeout(LONGEST):  # a firewall that forgot the line says nothing
                    await line.execute("SELECT 1")
        finally:
            line.terminate()
