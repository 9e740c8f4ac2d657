"""What the service does for staff by itself, beside answering: letters about what is due."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise.backends.base.client import BaseDBAsyncClient

from directory.places import Places
from offer.mail.post import server_of
from offer.settings import Settings
from offer.staff.reminding.loop import reminders_sent
from offer.staff.reminding.sending import Desk
from offer.staff.upkeep_commands import place_of


@asynccontextmanager
async def kept_up(settings: Settings, places: Places, connection: BaseDBAsyncClient) -> AsyncIterator[None]:
    """While it is entered, what the settings switched on is done. Raises PlainError for odd settings."""
    desk = Desk(connection, lambda scope: place_of(places, scope), settings.address)
    async with reminders_sent(desk, server_of(settings)):
        yield
