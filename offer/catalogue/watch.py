"""Follows the published catalogue: asks for the version row each second, and outlives a dead database.

What was read last stays in use while the database is away. On PostgreSQL a
notification wakes the watch at once; the version row stays the truth.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base_postgres.client import BasePostgresClient

from offer.catalogue.publishing import CHANNEL
from offer.catalogue.reading import PublishedDocuments, read_published, version
from offer.clock import now
from offer.db.connections import first_line
from offer.logs import log

EVERY = 1.0  # seconds between two looks at the version row
LONGEST = 10.0  # seconds one look may take before the database counts as away

OnChange = Callable[[PublishedDocuments], Awaitable[None]]


@dataclass(slots=True)
class Health:
    """How the database looked last: for /readyz and /metrics."""

    reachable: bool = False
    checked_at: datetime | None = None
    version: int | None = None  # the version last handed on; None before the first


class Watch:
    """A background task. `on_change` gets every new published catalogue, the first included."""

    def __init__(self, connection: BaseDBAsyncClient, on_change: OnChange, *, every: float = EVERY) -> None:
        self.health = Health()
        self._connection = connection
        self._on_change = on_change
        self._every = every
        self._woken = asyncio.Event()

    async def look(self) -> bool:
        """Looks once; whether a new catalogue was handed on. Lets every fault of the database through."""
        async with asyncio.timeout(LONGEST):
            number = await version(self._connection)
        if number == self.health.version:
            return False
        documents = await read_published(self._connection)
        await self._on_change(documents)
        self.health.version = documents.version
        return True

    async def run(self) -> None:
        """Looks until cancelled. No fault ends it: a database that is away is asked again."""
        listener = asyncio.create_task(self._listen()) if self._speaks() else None
        try:
            while True:
                await self._look_safely()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._every):
                        await self._woken.wait()
                self._woken.clear()
        finally:
            if listener is not None:
                listener.cancel()
                await asyncio.gather(listener, return_exceptions=True)

    async def _look_safely(self) -> None:
        before = self.health.reachable
        try:
            await self.look()
            self.health.reachable = True
        except Exception as fault:  # whatever happened, the last catalogue stays in use
            self.health.reachable = False
            if before or self.health.checked_at is None:
                log().warning("catalogue away", kind=type(fault).__name__, why=first_line(fault))
        self.health.checked_at = now()
        if self.health.reachable and not before:
            log().info("catalogue reached", version=self.health.version)

    def _speaks(self) -> bool:
        return self._connection.capabilities.dialect == "postgres"

    async def _listen(self) -> None:
        """Wakes the watch on each notification; a lost line is taken up again."""
        while True:
            with contextlib.suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await self._hear()
            await asyncio.sleep(max(self._every, EVERY))

    async def _hear(self) -> None:
        client = cast(BasePostgresClient, self._connection)
        line = await asyncpg.connect(
            host=client.host,
            port=client.port,
            user=client.user,
            password=client.password,
            database=client.database,
            ssl=client.extra.get("ssl"),
            timeout=LONGEST,
        )
        lost = asyncio.Event()
        line.add_termination_listener(lambda *_: lost.set())
        try:
            await line.add_listener(CHANNEL, lambda *_: self._woken.set())
            await lost.wait()
        finally:
            line.terminate()
