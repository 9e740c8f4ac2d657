"""Who is signed in where. The cookie holds a random key, the database only its hash."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.queryset import QuerySet
from tortoise.transactions import in_transaction

from offer.db.staff_models import StaffAccount, StaffRecoveryCode, StaffSession
from offer.logs import log
from offer.staff import audit
from offer.staff.accounts import Account, account_of
from offer.staff.audit import By
from offer.staff.codes import fingerprint, form_token, new_key, step_of
from offer.staff.passwords import Passwords
from offer.staff.recovery import found
from offer.staff.roles import Grant
from offer.staff.sealing import Kept, Seals

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
FRESH = timedelta(minutes=10)  # to sign another browser out, somebody signed in this short a time ago
AHEAD = timedelta(minutes=10)  # a session seen later than this from now was seen by a clock that was wrong
TOUCHED_EVERY = timedelta(minutes=1)  # so that reading a page seldom writes
KEPT = timedelta(days=30)  # ended sessions, until anybody next signs in


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: their account and what it may do, the session, the mark of its forms, when it began."""

    account: int
    name: str
    team: str
    grants: frozenset[Grant]
    session: int
    token: str
    since: datetime

    def is_fresh(self, at: datetime) -> bool:
        """Whether they have shown who they are just now, and not hours ago."""
        return timedelta(0) <= at - self.since < FRESH

    @property
    def by(self) -> By:
        """The person as the audit log names them."""
        return By(self.account, self.team)


@dataclass(frozen=True, slots=True)
class Session:
    """A browser somebody is signed in with."""

    id: int
    browser: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Typed:
    """The three that somebody typed to sign in."""

    email: str
    password: str
    code: str


async def checked(
    connection: BaseDBAsyncClient, passwords: Passwords, seals: Seals, typed: Typed, at: datetime
) -> Account | None:
    """The account whose password and code these are; None where any of the three is wrong."""
    row = await StaffAccount.get_or_none(email=typed.email, using_db=connection)
    if not await passwords.fits(typed.password, row.password if row else None) or row is None:
        return None
    if not (
        await _take_step(connection, seals, row, typed.code, at)
        or await _take_recovery(connection, row, typed.code, at)
    ):
        return None
    if passwords.is_outdated(row.password):
        held = StaffAccount.filter(id=row.id, password=row.password).using_db(connection)
        await held.update(password=await passwords.hashed(typed.password))
    return await account_of(connection, row.id)


async def _take_step(
    connection: BaseDBAsyncClient, seals: Seals, row: StaffAccount, code: str, at: datetime
) -> bool:
    """A code of the app, later than the last one taken."""
    kept = Kept(row.totp, row.sealed)
    secret = seals.opened(row.id, kept)
    if secret is None and kept.sealed is not None:
        log().error("code app cannot be read", account=row.id)
    step = step_of(secret, code, at) if secret else None
    if step is None:
        return False
    same = StaffAccount.filter(id=row.id, totp=kept.totp, sealed=kept.sealed).using_db(connection)
    return bool(await same.filter(totp_step__lt=step).update(totp_step=step))


async def _take_recovery(connection: BaseDBAsyncClient, row: StaffAccount, code: str, at: datetime) -> bool:
    """A recovery code, once: of two at the same moment one is the first."""
    held = await StaffRecoveryCode.filter(account_id=row.id).using_db(connection)
    kept = await found(code, [each.code for each in held])
    if kept is None:
        return False
    async with in_transaction(connection.connection_name) as transaction:
        rows = StaffRecoveryCode.filter(account_id=row.id, code=kept).using_db(transaction)
        if not await rows.delete():
            return False
        by = By(row.id, row.team)
        await audit.append(transaction, by, "used a recovery code", f"account {row.id}", at)
    return True


async def begin(
    connection: BaseDBAsyncClient,
    account: Account,
    browser: str,
    at: datetime,
    how: str = "",
    before: str = "",
) -> str:
    """Signs in; the key for the cookie. `how`: by what, where it was not a password.

    `before`: the key that the browser held until now, whose session ends: signed in again, nobody who had
    the old key, or planted it there, has the new one.
    """
    key = new_key()
    async with in_transaction(connection.connection_name) as transaction:
        old = StaffSession.filter(created_at__lt=at - KEPT).using_db(transaction)  # of everybody
        await old.delete()
        planted = StaffSession.filter(key=fingerprint(before), ended_at=None).using_db(transaction)
        await planted.update(ended_at=at)
        await StaffSession.create(
            using_db=transaction, account_id=account.id, key=fingerprint(key), browser=browser,
            created_at=at, seen_at=at,
        )  # fmt: skip
        by = By(account.id, account.team)
        detail = {"by": how} if how else {}
        await audit.append(transaction, by, "signed in", f"account {account.id}", at, detail)
    return key


def known_key(key: str) -> str:
    """What a browser keeps of a session to be known by later: nobody can make the session's key from it."""
    return fingerprint(key)


async def is_known(connection: BaseDBAsyncClient, email: str, known: str, at: datetime) -> bool:
    """Whether that account was signed in, within a month, in the browser that holds this."""
    rows = StaffSession.filter(key=known, account__email=email, created_at__gt=at - KEPT)
    return await rows.using_db(connection).exists()


async def person_of(connection: BaseDBAsyncClient, key: str, at: datetime) -> Person | None:
    """Who holds a key; None for a session that has ended, was idle too long, or never was."""
    row = await _open(at).filter(key=fingerprint(key)).using_db(connection).first()
    account = await account_of(connection, row.account_id) if row else None
    if row is None or account is None or account.state != "active":
        return None
    if at - row.seen_at >= TOUCHED_EVERY:
        await StaffSession.filter(id=row.id).using_db(connection).update(seen_at=at)
    token, since = form_token(key), row.created_at
    return Person(account.id, account.name, account.team, account.grants, row.id, token, since)


def _open(at: datetime) -> QuerySet[StaffSession]:
    """Those that go on. Where the clock was set back they end: nobody could say how long they were idle."""
    going_on = StaffSession.filter(ended_at=None, seen_at__gt=at - IDLE, created_at__gt=at - LONGEST)
    return going_on.filter(seen_at__lte=at + AHEAD)


async def sessions_of(connection: BaseDBAsyncClient, account: int, at: datetime) -> list[Session]:
    """Where an account is signed in now, the newest first."""
    rows = await _open(at).filter(account_id=account).using_db(connection).order_by("-created_at", "-id")
    return [Session(row.id, row.browser, row.created_at, row.seen_at) for row in rows]


async def end(connection: BaseDBAsyncClient, account: int, session: int | None, by: By, at: datetime) -> bool:
    """Ends one session of an account, or all (None); whether there was one."""
    async with in_transaction(connection.connection_name) as transaction:
        rows = StaffSession.filter(account_id=account, ended_at=None).using_db(transaction)
        ended = await (rows if session is None else rows.filter(id=session)).update(ended_at=at)
        if ended:
            await audit.append(transaction, by, "signed out", f"account {account}", at)
    return bool(ended)
