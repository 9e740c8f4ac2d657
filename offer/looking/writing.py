"""Writes the counts down beside the service, never in a request: a database away costs only counts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from offer.beside import beside
from offer.clock import now, today
from offer.logs import log
from offer.looking.counter import Looking
from offer.looking.store import keep

EVERY = 600.0  # seconds
LONGEST = 10.0  # seconds one writing may take, and the end of the service may wait for the last


@asynccontextmanager
async def written_down(looking: Looking) -> AsyncIterator[None]:
    """Every ten minutes while the database is open and the service runs; once more when it stops."""
    try:
        async with beside(_write_for_ever(looking)):
            yield
    finally:
        await write(looking)


async def _write_for_ever(looking: Looking) -> None:
    while True:
        await asyncio.sleep(EVERY)
        await write(looking)


async def write(looking: Looking) -> bool:
    """Writes what is due and deletes what is too old; whether that worked. Otherwise it is due again."""
    due = looking.take()
    try:
        async with asyncio.timeout(LONGEST):
            await keep(due, today())
    except BaseException as fault:
        looking.give_back(due, now())
        if not isinstance(fault, Exception):  # the service stops: its last writing takes them up
            raise
        if due:
            log().warning("counts not written", kind=type(fault).__name__)
        return False
    return True
