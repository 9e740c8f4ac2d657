"""Publishes, in every process, what was approved for an hour that has come."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.beside import beside
from offer.clock import now
from offer.db.connections import AWAY
from offer.logs import log
from offer.staff.change_publishing import publish_due

EVERY = 0.5  # seconds between two looks at what is due


@asynccontextmanager
async def published_on_their_hour(
    connection: BaseDBAsyncClient, look: Callable[[], Awaitable[object]], *, every: float = EVERY
) -> AsyncIterator[None]:
    """While it is entered, changes become public on their hour. `look` takes up what was published here."""

    async def run() -> None:
        while True:
            try:
                if done := await publish_due(connection, now()):
                    log().info("published on its hour", changes=done)
                    await look()
            except AWAY:  # the watch over the catalogue says so, and an hour missed is made up
                pass
            except Exception as fault:  # no fault ends it: the next hour comes too
                log().error("looking for what is due failed", kind=type(fault).__name__)
            await asyncio.sleep(every)

    async with beside(run()):
        yield
