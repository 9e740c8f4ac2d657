"""One process at a time: whoever holds the turn does the work, and a turn nobody gave back runs out.

A row of the table of reminders holds it, so that any number of processes on either database agree.
"""

from datetime import date, datetime, timedelta

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError

from offer.db.change_models import StaffReminder

_KIND, _DAY = "turn", date(2000, 1, 1)  # of the row that holds a turn


async def take_turn(connection: BaseDBAsyncClient, name: str, at: datetime, lasts: timedelta) -> bool:
    """Whether the turn is ours now, until it is given back or `lasts` is over."""
    row = StaffReminder.filter(kind=_KIND, slug=name, at__lte=at).using_db(connection)
    if await row.update(at=at + lasts):
        return True
    try:
        await StaffReminder.create(
            using_db=connection, kind=_KIND, slug=name, review_by=_DAY, step=0, at=at + lasts
        )
    except IntegrityError:
        return False  # somebody else has it
    return True


async def give_turn_back(connection: BaseDBAsyncClient, name: str, at: datetime) -> None:
    """The next may have it."""
    await StaffReminder.filter(kind=_KIND, slug=name).using_db(connection).update(at=at)
