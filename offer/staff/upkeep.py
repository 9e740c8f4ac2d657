"""What the service does for staff by itself: letters about what is due, and sources asked."""

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager

from tortoise.backends.base.client import BaseDBAsyncClient

from directory.places import Places
from offer.mail.post import server_of
from offer.settings import Settings
from offer.staff.reminding.loop import reminders_sent
from offer.staff.reminding.sending import Desk
from offer.staff.upkeep_commands import place_of


@asynccontextmanager
async def kept_up(
    settings: Settings,
    places: Places,
    connection: BaseDBAsyncClient,
    cited: Callable[[], Collection[str]],
    count: Callable[[str], object],
) -> AsyncIterator[None]:
    """While it is entered, what the settings switched on is done. `cited`: addresses of sources of now.

    `count` is told what came of each letter: sent, refused or away.
    """
    desk = Desk(connection, lambda scope: place_of(places, scope), settings.address, count)
    async with AsyncExitStack() as running:
        await running.enter_async_context(reminders_sent(desk, server_of(settings)))
        if settings.link_checks:
            from offer.staff.links.loop import links_checked  # with it comes aiohttp

            await running.enter_async_context(links_checked(connection, cited, site=settings.address))
        yield
