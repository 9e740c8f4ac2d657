"""Which account here belongs to which subject of a provider."""

from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from offer.db.change_models import StaffIdentity
from offer.db.errors import Refused
from offer.db.staff_models import StaffAccount
from offer.staff import audit
from offer.staff.accounts import Account, account_of, invitation_of
from offer.staff.audit import By
from offer.staff.codes import fingerprint

TAKEN = "That council account belongs to another account here already."


async def account_for(connection: BaseDBAsyncClient, issuer: str, subject: str) -> Account | None:
    """The open account of a subject; None where nobody linked it."""
    row = await StaffIdentity.get_or_none(issuer=issuer, subject=subject, using_db=connection)
    held = await account_of(connection, row.account_id) if row else None
    return held if held and held.state == "active" else None


async def link(
    connection: BaseDBAsyncClient, account: int, issuer: str, subject: str, by: By, at: datetime
) -> None:
    """From now on the subject signs in to the account. Raises `Refused` where it belongs to another."""
    async with in_transaction(connection.connection_name) as transaction:
        await _link(transaction, account, issuer, subject)
        await audit.append(transaction, by, "linked council sign-in", f"account {account}", at)


async def accept(
    connection: BaseDBAsyncClient, key: str, issuer: str, subject: str, at: datetime
) -> Account | None:
    """Sets up an invited account that signs in by the provider alone; None where the invitation is over.

    The one-time address proves that the admin meant this person, as it does with a password. The
    account's email address proves nothing, and is not compared: providers let people change theirs.
    """
    async with in_transaction(connection.connection_name) as transaction:
        held = await invitation_of(transaction, key, at)
        row = StaffAccount.filter(invitation=fingerprint(key)).using_db(transaction)
        if held is None or not await row.update(invitation=None, invited_until=None):
            return None
        await _link(transaction, held.account, issuer, subject)
        by, about = By(held.account, held.team), f"account {held.account}"
        await audit.append(transaction, by, "set up", about, at, {"by": "council sign-in"})
    return await account_of(connection, held.account)


async def unlink(connection: BaseDBAsyncClient, account: int, by: By, at: datetime) -> None:
    """The account signs in with its password alone. Raises `Refused` where it has none, or no link."""
    async with in_transaction(connection.connection_name) as transaction:
        held = await StaffAccount.get(id=account, using_db=transaction)
        if held.password is None:
            raise Refused("You have no password here: without the link you could not sign in.")
        if not await StaffIdentity.filter(account_id=account).using_db(transaction).delete():
            raise Refused("There is no link.")
        await audit.append(transaction, by, "ended council sign-in", f"account {account}", at)


async def _link(transaction: BaseDBAsyncClient, account: int, issuer: str, subject: str) -> None:
    """One subject of a provider an account: a new one takes the place of the old."""
    await StaffIdentity.filter(account_id=account, issuer=issuer).using_db(transaction).delete()
    try:
        await StaffIdentity.create(using_db=transaction, account_id=account, issuer=issuer, subject=subject)
    except IntegrityError as fault:
        raise Refused(TAKEN) from fault
