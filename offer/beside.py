"""Work that goes on beside the service for as long as it runs, and ends with it."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager


@asynccontextmanager
async def beside(work: Coroutine[object, object, object]) -> AsyncIterator[None]:
    """While it is entered the work goes on; on leaving it is cancelled, and its end waited for.

    A fault of the work is its own to tell: it does not come out here.
    """
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
