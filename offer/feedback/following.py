"""Keeps "You said, we did" in memory, so that its public page asks the database nothing.

Not a part of the published catalogue: a sentence need not wait for an edition to be built, nor make a
version of one. Nothing of it changes without a row in the audit log, so the number of the newest row
tells when to read it again; that is one look-up by its primary key.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.beside import beside
from offer.logs import log
from offer.staff.you_said import Said, acts_so_far, everything_said

EVERY = 1.0  # seconds between two looks
LONGEST = 10.0  # seconds one look may take

Take = Callable[[tuple[Said, ...]], object]


@asynccontextmanager
async def followed(connection: BaseDBAsyncClient, take: Take) -> AsyncIterator[None]:
    """Hands on all that is said at the start and after each change, while the service runs."""
    seen = await _look_safely(connection, take, None)
    async with beside(_follow(connection, take, seen)):
        yield


async def _follow(connection: BaseDBAsyncClient, take: Take, seen: int | None) -> None:
    while True:
        await asyncio.sleep(EVERY)
        seen = await _look_safely(connection, take, seen)


async def _look_safely(connection: BaseDBAsyncClient, take: Take, seen: int | None) -> int | None:
    """Looks; while the database is away what was read stays, and is asked for again."""
    try:
        async with asyncio.timeout(LONGEST):
            return await look(connection, take, seen)
    except Exception as fault:
        log().debug("you said not read", kind=type(fault).__name__)
        return seen


async def look(connection: BaseDBAsyncClient, take: Take, seen: int | None) -> int:
    """Looks once; the number up to which all is taken."""
    number = await acts_so_far(connection)
    if number != seen:
        take(await everything_said(connection))
    return number
