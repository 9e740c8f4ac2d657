"""Shared visits that go on while other things are measured: open streams, and an answer now and then."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from tests.visiting import Event, Phone, together

PACE = 20.0  # seconds between two answers of one visit: quicker than two people talk


@asynccontextmanager
async def visits_going_on(address: str, count: int) -> AsyncIterator[None]:
    """So many visits, each two people with an open stream."""
    async with AsyncExitStack() as streams:
        pairs = [await together(address, age_years="19") for _ in range(count)]
        heard = [await streams.enter_async_context(phone.listening()) for pair in pairs for phone in pair]
        going = [asyncio.create_task(_read(events)) for events in heard]
        going += [
            asyncio.create_task(_answer(pair[0], PACE * number / count)) for number, pair in enumerate(pairs)
        ]
        try:
            yield
        finally:
            for task in going:
                task.cancel()
            await asyncio.gather(*going, return_exceptions=True)


async def _read(events: AsyncIterator[Event]) -> None:
    async for _ in events:
        pass


async def _answer(phone: Phone, wait: float) -> None:
    """Another age each time, or nothing would change."""
    await asyncio.sleep(wait)
    for number in range(10**6):
        with suppress(OSError, asyncio.IncompleteReadError):
            await phone.post("answer", age_years=str(20 + number % 5))
        await asyncio.sleep(PACE)
