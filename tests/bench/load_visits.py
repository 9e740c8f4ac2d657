"""Shared visits that go on while other things are measured: open streams, and an answer now and then."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from tests.visiting import Event, Phone, together

PACE = 20.0  # seconds between two answers of one visit: quicker than two people talk


@asynccontextmanager
async def visits_going_on(address: str, count: int) -> AsyncIterator[Counter[str]]:
    """So many visits, each two people with an open stream; what went wrong with an answer is counted."""
    failures = Counter[str]()
    async with AsyncExitStack() as streams:
        pairs = [await together(address, age_years="19") for _ in range(count)]
        heard = [await streams.enter_async_context(phone.listening()) for pair in pairs for phone in pair]
        going = [asyncio.create_task(_read(events)) for events in heard]
        going += [
            asyncio.create_task(_answer(pair[0], PACE * number / count, failures))
            for number, pair in enumerate(pairs)
        ]
        try:
            yield failures
        finally:
            for task in going:
                task.cancel()
            await asyncio.gather(*going, return_exceptions=True)


async def _read(events: AsyncIterator[Event]) -> None:
    async for _ in events:
        pass


async def _answer(phone: Phone, wait: float, failures: Counter[str]) -> None:
    """Another age each time, or nothing would change."""
    await asyncio.sleep(wait)
    for number in range(10**6):
        try:
            reply = await phone.post("answer", age_years=str(20 + number % 5))
            if reply.status not in range(200, 400):
                failures[f"answer in a visit: status {reply.status}"] += 1
        except (OSError, asyncio.IncompleteReadError):
            failures["answer in a visit: no connection"] += 1
        await asyncio.sleep(PACE)
