"""Sends the reminders of each day from seven in the morning on, London time, beside the service."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from offer.beside import beside
from offer.clock import LONDON, civil_day, now
from offer.logs import log
from offer.mail.post import Server
from offer.staff.reminding.sending import Desk, send_due

EVERY = 600.0  # seconds between two looks: also how soon a server that was away is tried again
FROM_HOUR = 7


def is_hour(at: datetime) -> bool:
    """Whether letters are sent now: by the clock on the wall, summer or winter."""
    return at.astimezone(LONDON).hour >= FROM_HOUR


@asynccontextmanager
async def reminders_sent(
    desk: Desk, server: Server | None, *, every: float = EVERY, clock: Callable[[], datetime] = now
) -> AsyncIterator[None]:
    """While it is entered reminders are sent; nothing where no server is named."""
    if server is None:
        yield
        return
    async with beside(_send_for_ever(desk, server, every, clock)):
        yield


async def _send_for_ever(desk: Desk, server: Server, every: float, clock: Callable[[], datetime]) -> None:
    while True:
        at = clock()
        if is_hour(at):
            try:
                await send_due(desk, server, at, civil_day(at))
            except Exception as fault:  # the database away, or whatever else: the next look tries again
                log().warning("reminders not sent", kind=type(fault).__name__)
        await asyncio.sleep(every)
