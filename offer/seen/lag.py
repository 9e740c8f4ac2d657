"""How late this process comes to its work: everybody who asks just then waits as long."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from offer.beside import beside

EVERY = 0.5  # seconds


@asynccontextmanager
async def lag_noted(note: Callable[[float], object], *, every: float = EVERY) -> AsyncIterator[None]:
    """While it is entered, `note` is told twice a second by how many seconds the loop was late."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + every
            await asyncio.sleep(every)
            note(max(0.0, loop.time() - due))

    async with beside(run()):
        yield
