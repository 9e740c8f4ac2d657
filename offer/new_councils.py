"""The day on which councils merge: each process makes its edition anew for it, without a publication."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from offer.beside import beside
from offer.clock import today
from offer.logs import log
from offer.published import Published

EVERY = 60.0  # seconds between two looks at the calendar


@asynccontextmanager
async def new_councils_followed(
    edition: Callable[[], Published | None], again: Callable[[], Awaitable[None]], *, every: float = EVERY
) -> AsyncIterator[None]:
    """While it is entered, `again` makes the edition for the councils of today, soon after midnight."""

    async def run() -> None:
        while True:
            await asyncio.sleep(every)
            shown, on = edition(), today()
            if shown is None or not shown.places.areas.are_others(on, shown.made_for):
                continue
            try:
                await again()
                log().info("made for the councils of a new day", version=shown.version)
            except Exception as fault:  # no fault ends it: the edition of yesterday stays in use
                log().error("councils of a new day not taken up", kind=type(fault).__name__)

    async with beside(run()):
        yield
