"""Forgets each minute what counts no more, so that no trace of an address outlives its use."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from offer.beside import beside
from offer.fair_use.door import FairUse

EVERY = 60.0  # seconds


@asynccontextmanager
async def forgotten(fair_use: FairUse, every: float = EVERY) -> AsyncIterator[None]:
    """While it is entered."""

    async def run() -> None:
        while True:
            await asyncio.sleep(every)
            fair_use.tidy()

    async with beside(run()):
        yield
