"""One process at a time: whoever holds the turn does the work, and a turn nobody gave back runs out.

A row of the database holds it, so that any number of processes agree.
"""

from datetime import datetime, timedelta

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q

from offer.db.change_models import StaffTurn


async def take_turn(connection: BaseDBAsyncClient, name: str, at: datetime, lasts: timedelta) -> bool:
    """Whether the turn is ours now, until it is given back or `lasts` is over.

    One that runs longer than that from now was taken by a clock that was wrong, and is free.
    """
    free = Q(until__lte=at) | Q(until__gt=at + lasts)
    row = StaffTurn.filter(free, name=name).using_db(connection)
    if await row.update(until=at + lasts):
        return True
    try:
        await StaffTurn.create(using_db=connection, name=name, until=at + lasts)
    except IntegrityError:
        return False  # somebody else has it
    return True


async def give_turn_back(connection: BaseDBAsyncClient, name: str, at: datetime) -> None:
    """The next may have it."""
    await StaffTurn.filter(name=name).using_db(connection).update(until=at)
