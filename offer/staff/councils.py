"""Beginning a council, and what it sets for itself. What the public sees of it is published at once."""

from dataclasses import dataclass, replace
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.brand import brand
from offer.catalogue.publishing import publish_settings
from offer.catalogue.revisions import writing
from offer.db.change_models import StaffScope
from offer.db.errors import Refused
from offer.errors import PlainError
from offer.staff.accounts import account_with, give_role, invite, invite_again, invited_before
from offer.staff.acts import author_of
from offer.staff.audit import By
from offer.staff.change import ScopeSettings
from offer.staff.roles import Grant
from offer.staff.scope_settings import keep_settings, settings_of


@dataclass(frozen=True, slots=True)
class FirstAdmin:
    """Who looks after a new council's people. `team` is also the team that owns its entries at first."""

    email: str
    name: str
    team: str


async def start_council(
    connection: BaseDBAsyncClient, scope: str, admin: FirstAdmin, by: By, at: datetime
) -> str | None:
    """Begins a council with its first admin; the key of their one-time address, or None.

    It is None where they have an account already. Raises `Refused` where the council has begun
    already, or where the admin would be whoever does this.
    """
    held = await settings_of(connection, scope)
    grant = Grant(scope, "admin")
    if held.started_at is not None:
        before = await invited_before(connection, admin.email, admin.name, admin.team, grant, by)
        if before:
            return (await invite_again(connection, before, by, at)).key
        raise Refused("That council has begun already.", "Open it in the list of councils.")
    key = await _admitted(connection, scope, admin, by, at)
    settings = replace(held, started_at=at, team=held.team or admin.team)
    await _keep(connection, settings, by, at, "A council begins to write its own offer")
    return key


async def _admitted(
    connection: BaseDBAsyncClient, scope: str, admin: FirstAdmin, by: By, at: datetime
) -> str | None:
    """Somebody new is invited; who has an account gets the role."""
    if known := await account_with(connection, admin.email):
        await give_role(connection, known.id, scope, "admin", by, at)
        return None
    grant = Grant(scope, "admin")
    return (await invite(connection, admin.email, admin.name, admin.team, grant, by, at)).key


async def set_for(
    connection: BaseDBAsyncClient, before: ScopeSettings, after: ScopeSettings, by: By, at: datetime
) -> None:
    """Keeps what a scope set; a colour is published, all else is only for staff."""
    if after == before:
        return
    if after.colour != before.colour:
        await _keep(connection, after, by, at, "A council's colour")
    else:
        await keep_settings(connection, after, by, at)


async def _keep(
    connection: BaseDBAsyncClient, settings: ScopeSettings, by: By, at: datetime, note: str
) -> None:
    """Keeps what the public sees too, and publishes it; nothing of it half."""
    async with writing() as transaction:
        await keep_settings(transaction, settings, by, at)
        await publish_settings(transaction, at=at, author=author_of(by), note=note)


async def begun(connection: BaseDBAsyncClient) -> dict[str, datetime]:
    """When each council began, by its code."""
    rows = await StaffScope.filter(started_at__isnull=False).using_db(connection)
    return {row.scope: row.started_at for row in rows if row.started_at}


def colour_fault(colour: str) -> str:
    """Why a colour cannot be used, with the nearest one that can; "" where it can, or none is set."""
    try:
        brand(colour) if colour else None
    except PlainError as fault:
        return str(fault).replace("BRAND_COLOUR ", "The colour ")
    return ""
