"""Asks a few sources each hour beside the service, where LINK_CHECKS is on."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.beside import beside
from offer.clock import now
from offer.logs import log
from offer.staff.links.asking import MANNERS, Manners, asking
from offer.staff.links.checking import check_links

EVERY, FIRST = 3600.0, 60.0  # seconds between two rounds, and before the first


@asynccontextmanager
async def links_checked(
    connection: BaseDBAsyncClient,
    cited: Callable[[], Collection[str]],
    *,
    site: str,
    every: float = EVERY,
    first: float = FIRST,
    manners: Manners = MANNERS,
) -> AsyncIterator[None]:
    """While it is entered sources are asked. `cited`: the addresses of now; `site`: who we are."""

    async def run() -> None:
        await asyncio.sleep(first)
        while True:
            try:
                async with asking(manners, site=site) as asker:
                    await check_links(connection, cited(), asker.look, now())
            except Exception as fault:  # the database away, or whatever else: the next hour tries again
                log().warning("sources not asked", kind=type(fault).__name__)
            await asyncio.sleep(every)

    async with beside(run()):
        yield
