"""Somebody of staff who is signed in, a change of theirs and its hour: straight into a database."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.clock import now
from offer.db.change_models import StaffChange
from offer.db.connections import orm
from offer.db.staff_models import StaffAccount
from offer.staff import changes
from offer.staff.accounts import account_of, invite
from offer.staff.audit import COMMAND_LINE, By
from offer.staff.change import Item
from offer.staff.change_rows import newest_of
from offer.staff.codes import form_token
from offer.staff.roles import Grant
from offer.staff.sessions import begin
from offer.staff.versions import body_of_version

KIND, SLUG = "entitlement", "advocacy"
ANNA, BEN = By(1, "Leaving care"), By(2, "Leaving care")


@dataclass(frozen=True, slots=True)
class Desk:
    """A browser of an admin of England. `cookie` and `token` are what its forms carry."""

    cookie: str
    token: str


async def signed_in(connection: BaseDBAsyncClient, at: datetime | None = None) -> Desk:
    """An admin of England, signed in."""
    at = at or now()
    email = f"anna-{at.timestamp()}@council.example"
    made = await invite(connection, email, "Anna", "Team", Grant("england", "admin"), COMMAND_LINE, at)
    await StaffAccount.filter(id=made.account).using_db(connection).update(password="x", invitation=None)
    account = await account_of(connection, made.account)
    assert account
    key = await begin(connection, account, "Firefox on Linux", at)
    return Desk(f"staff={key}", form_token(key))


async def desk_at(database: str) -> Desk:
    """The same, from outside of a running service."""
    async with orm(database) as connection:
        return await signed_in(connection)


async def due(connection: BaseDBAsyncClient, hour: datetime, summary: str, slug: str = SLUG) -> int:
    """An approved change of an entry's summary that is to be public at a moment; its number."""
    base = await newest_of(connection, KIND, slug)
    body = await body_of_version(connection, KIND, slug, base)
    assert body
    change = await changes.open_change(connection, "england", summary, ANNA, now())
    item = Item(KIND, slug, "save", base, {**body, "summary": summary})
    await changes.put(connection, change, item, ANNA, now())
    await changes.submit(connection, change, ANNA, now())
    await changes.approve(connection, change, BEN, now())
    await StaffChange.filter(id=change).using_db(connection).update(publish_at=hour)
    return change


async def due_at(database: str, hour: datetime, summary: str, slug: str = SLUG) -> int:
    """The same, from outside of a running service."""
    async with orm(database) as connection:
        return await due(connection, hour, summary, slug)
