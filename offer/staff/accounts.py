"""Accounts: invited, set up by the invited person, given roles, closed. Every change is in the audit log.

Nobody changes their own roles or closes their own account: so one admin always remains.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from offer.db.change_models import StaffIdentity
from offer.db.errors import Refused
from offer.db.staff_models import AuditRow, StaffAccount, StaffRecoveryCode, StaffRole, StaffSession
from offer.staff import audit
from offer.staff.audit import By
from offer.staff.codes import INVITED_FOR, fingerprint, new_key
from offer.staff.recovery import NewCodes, new_codes
from offer.staff.roles import Grant, Role, read_role
from offer.staff.sealing import Seals

LOCK = 7_310_407  # our number among PostgreSQL's advisory locks: one act on an account at a time
_EMAIL = re.compile(r"^[^\s@,;<>()\"]+@[^\s@,;<>()\"]+\.[^\s@,;<>()\"]+$")


@dataclass(frozen=True, slots=True)
class Account:
    """An account as other staff see it. `state`: invited, active or closed.

    `has_password`: it signs in here; `is_linked`: by the council's own sign-in.
    """

    id: int
    email: str
    name: str
    team: str
    state: str
    grants: frozenset[Grant]
    has_password: bool = False
    is_linked: bool = False


@dataclass(frozen=True, slots=True)
class Invited:
    """A new or reset account, and the key of its one-time address, which is nowhere else."""

    account: int
    key: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody will sign in with: the hash of a password, the secret of an app, the step of its code."""

    password: str
    secret: str
    step: int


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom a one-time address is for."""

    account: int
    email: str
    name: str
    team: str


def read_email(typed: str) -> str | None:
    """An email address as it is kept; None for none."""
    email = typed.strip().lower()
    return email if len(email) <= 254 and _EMAIL.fullmatch(email) else None


async def invite(
    connection: BaseDBAsyncClient, email: str, name: str, team: str, grant: Grant, by: By, at: datetime
) -> Invited:
    """A new account with one role. Raises `Refused` where the email address has an account already."""
    key = new_key()
    try:
        async with in_transaction(connection.connection_name) as transaction:
            row = await StaffAccount.create(
                using_db=transaction, email=email, name=name, team=team, created_at=at,
                invitation=fingerprint(key), invited_until=at + INVITED_FOR,
            )  # fmt: skip
            await StaffRole.create(
                using_db=transaction, account_id=row.id, role=grant.role, scope=grant.scope
            )
            told = {"role": grant.role, "scope": grant.scope}
            await audit.append(transaction, by, "invited", f"account {row.id}", at, told)
    except IntegrityError as fault:
        message = "That email address has an account already."
        raise Refused(message, "Give it another role, or a new invitation.") from fault
    return Invited(row.id, key)


async def invited_before(
    connection: BaseDBAsyncClient, email: str, name: str, team: str, grant: Grant, by: By
) -> int | None:
    """The account that somebody invited in just these words, and nobody touched since: pressed twice.

    The first press made its one-time address, and the browser showed nobody the page with it.
    """
    held = await account_with(connection, email)
    if held is None or held.state != "invited":
        return None
    last = await AuditRow.filter(about=f"account {held.id}").using_db(connection).order_by("-id").first()
    same = (held.name, held.team, held.grants) == (name, team, frozenset([grant]))
    again = last and last.account == by.account and last.act in ("invited", "invited again")
    return held.id if same and again else None


async def invite_again(connection: BaseDBAsyncClient, account: int, by: By, at: datetime) -> Invited:
    """A new one-time address: password, app, links and sessions end at once. Raises `Refused` once closed."""
    key = new_key()
    async with in_transaction(connection.connection_name) as transaction:
        await _still_admin(transaction, by)
        row = StaffAccount.filter(id=account, closed_at=None).using_db(transaction)
        found = await row.update(
            password=None, totp=None, sealed=None,
            invitation=fingerprint(key), invited_until=at + INVITED_FOR,
        )  # fmt: skip
        if not found:
            raise Refused("That account is closed.", "Invite the person again, as a new account.")
        await StaffIdentity.filter(account_id=account).using_db(transaction).delete()
        await _sign_out(transaction, account, at)
        await audit.append(transaction, by, "invited again", f"account {account}", at)
    return Invited(account, key)


async def invitation_of(connection: BaseDBAsyncClient, key: str, at: datetime) -> Invitation | None:
    """Whom a one-time address is for; None for one that is used, too old or none at all."""
    rows = StaffAccount.filter(invitation=fingerprint(key), invited_until__gt=at, closed_at=None)
    row = await rows.using_db(connection).first()
    return Invitation(row.id, row.email or "", row.name, row.team) if row else None


async def accept(
    connection: BaseDBAsyncClient, seals: Seals, key: str, chosen: Chosen, at: datetime
) -> tuple[str, ...] | None:
    """Sets up an account; its recovery codes, once.

    None where the address was used meanwhile: of two at once one is the first.
    """
    codes = await new_codes()
    async with in_transaction(connection.connection_name) as transaction:
        held = await invitation_of(transaction, key, at)
        row = StaffAccount.filter(invitation=fingerprint(key)).using_db(transaction)
        if held is None:
            return None
        kept = seals.kept(held.account, chosen.secret)
        if not await row.update(
            password=chosen.password, totp=kept.totp, sealed=kept.sealed, totp_step=chosen.step,
            invitation=None, invited_until=None,
        ):  # fmt: skip
            return None
        await renew_codes(transaction, held.account, codes)
        await audit.append(transaction, By(held.account, held.team), "set up", f"account {held.account}", at)
    return codes.shown


async def renew_codes(transaction: BaseDBAsyncClient, account: int, codes: NewCodes) -> None:
    """New recovery codes in the place of all old ones."""
    await StaffRecoveryCode.filter(account_id=account).using_db(transaction).delete()
    rows = [StaffRecoveryCode(account_id=account, code=each) for each in codes.kept]
    await StaffRecoveryCode.bulk_create(rows, using_db=transaction)


async def give_role(
    connection: BaseDBAsyncClient, account: int, scope: str, role: Role | None, by: By, at: datetime
) -> None:
    """Gives an account a role in a scope in the place of any other; None takes it away."""
    _not_oneself(account, by)
    async with in_transaction(connection.connection_name) as transaction:
        await _still_admin(transaction, by)
        if not await StaffAccount.filter(id=account, closed_at=None).using_db(transaction).exists():
            raise Refused("That account is closed.")
        await StaffRole.filter(account_id=account, scope=scope).using_db(transaction).delete()
        if role is not None:
            await StaffRole.create(using_db=transaction, account_id=account, scope=scope, role=role)
        told = {"role": role or "none", "scope": scope}
        await audit.append(transaction, by, "changed role", f"account {account}", at, told)


async def close(connection: BaseDBAsyncClient, account: int, by: By, at: datetime) -> None:
    """Ends an account for good, and forgets the person: only its number and team stay."""
    _not_oneself(account, by)
    async with in_transaction(connection.connection_name) as transaction:
        await _still_admin(transaction, by)
        row = StaffAccount.filter(id=account, closed_at=None).using_db(transaction)
        if not await row.update(
            email=None, name="", password=None, totp=None, sealed=None, invitation=None, closed_at=at
        ):
            raise Refused("That account is closed already.")
        await StaffSession.filter(account_id=account).using_db(transaction).delete()
        await StaffRole.filter(account_id=account).using_db(transaction).delete()
        await StaffRecoveryCode.filter(account_id=account).using_db(transaction).delete()
        await StaffIdentity.filter(account_id=account).using_db(transaction).delete()
        await audit.append(transaction, by, "closed", f"account {account}", at)


def _not_oneself(account: int, by: By) -> None:
    if account == by.account:
        raise Refused("Nobody changes their own account.", "Ask another admin.")


async def _still_admin(transaction: BaseDBAsyncClient, by: By) -> None:
    """Of two admins who end each other at one moment the first stays: so one always remains."""
    await audit.one_at_a_time(transaction, LOCK)
    held = StaffRole.filter(account_id=by.account, role="admin", account__closed_at=None)
    if by.account is not None and not await held.using_db(transaction).exists():
        raise Refused("You are no admin any more.", "Ask another admin.")


async def _sign_out(transaction: BaseDBAsyncClient, account: int, at: datetime) -> None:
    open_ones = StaffSession.filter(account_id=account, ended_at=None).using_db(transaction)
    await open_ones.update(ended_at=at)


async def accounts(connection: BaseDBAsyncClient) -> list[Account]:
    """Every account, the open ones first, by name."""
    grants = await _grants(connection)
    rows = await StaffAccount.all().using_db(connection)
    linked = {each.account_id for each in await StaffIdentity.all().using_db(connection)}
    found = [_account(row, grants.get(row.id, frozenset()), linked=row.id in linked) for row in rows]
    return sorted(found, key=lambda each: (each.state == "closed", each.name.casefold(), each.id))


async def account_of(connection: BaseDBAsyncClient, account: int) -> Account | None:
    """One account; None where there is none."""
    row = await StaffAccount.get_or_none(id=account, using_db=connection)
    if row is None:
        return None
    linked = await StaffIdentity.filter(account_id=account).using_db(connection).exists()
    return _account(row, (await _grants(connection, account)).get(account, frozenset()), linked=linked)


async def account_with(connection: BaseDBAsyncClient, email: str) -> Account | None:
    """The open account of an email address."""
    row = await StaffAccount.get_or_none(email=email, using_db=connection)
    return await account_of(connection, row.id) if row else None


async def _grants(connection: BaseDBAsyncClient, account: int | None = None) -> dict[int, frozenset[Grant]]:
    rows = StaffRole.all() if account is None else StaffRole.filter(account_id=account)
    found: dict[int, set[Grant]] = {}
    for owner, role, scope in await rows.using_db(connection).values_list("account_id", "role", "scope"):
        known = read_role(role)
        if known is not None:
            found.setdefault(owner, set()).add(Grant(scope, known))
    return {owner: frozenset(each) for owner, each in found.items()}


def _account(row: StaffAccount, grants: frozenset[Grant], *, linked: bool) -> Account:
    active = row.password is not None or linked
    state = "closed" if row.closed_at else "active" if active else "invited"
    email = row.email or ""
    return Account(row.id, email, row.name, row.team, state, grants, row.password is not None, linked)
