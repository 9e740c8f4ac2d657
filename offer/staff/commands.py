"""What `local-offer staff` does: each command opens the database, and returns lines to print."""

from tortoise.backends.base.client import BaseDBAsyncClient

from directory.places import Places, PlacesError
from offer.clock import now
from offer.db.audit_guard import guard
from offer.db.connections import orm
from offer.errors import PlainError
from offer.settings import Settings
from offer.staff import accounts
from offer.staff.accounts import Account
from offer.staff.audit import COMMAND_LINE
from offer.staff.roles import NATIONAL, ROLES, Grant, Role, read_role
from offer.staff.sealed_again import seal_again
from offer.staff.sealing import seals_of


async def add(settings: Settings, email: str, role: str, scope: str, name: str, team: str) -> list[str]:
    """Invites somebody. Raises PlainError for what makes no sense, `Refused` for an address in use."""
    grant = Grant(_scope(settings, scope), _role(role))
    known = _email(email)
    called = name.strip()[:120] or known.partition("@")[0][:120]
    async with orm(settings.database) as connection:
        made = await accounts.invite(connection, known, called, team[:120], grant, COMMAND_LINE, now())
    return _address(settings, known, made.key)


async def change_role(settings: Settings, email: str, role: str, scope: str) -> list[str]:
    """Gives a role, or with "none" takes it away."""
    chosen, where = None if role == "none" else _role(role), _scope(settings, scope)
    async with orm(settings.database) as connection:
        held = await _found(connection, email)
        await accounts.give_role(connection, held.id, where, chosen, COMMAND_LINE, now())
    return [f"{held.email} is now: {role}, for {where}"]


async def reset(settings: Settings, email: str) -> list[str]:
    """A new invitation."""
    async with orm(settings.database) as connection:
        held = await _found(connection, email)
        made = await accounts.invite_again(connection, held.id, COMMAND_LINE, now())
    return _address(settings, held.email, made.key)


async def everybody(settings: Settings) -> list[str]:
    """One line an account."""
    async with orm(settings.database) as connection:
        rows = await accounts.accounts(connection)
    lines = [_line(each) for each in rows]
    return lines or ["Nobody has an account. Begin with: local-offer staff add --help"]


async def seal(settings: Settings) -> list[str]:
    """Secrets kept as they would be today: after an upgrade, and after a new key."""
    seals = seals_of(settings)
    async with orm(settings.database) as connection:
        apps, codes = await seal_again(connection, seals, now())
    hint = [] if seals.keys else ["No key is set (SEAL_KEYS): the secrets of code apps stay readable."]
    return [f"{apps} code apps and {codes} recovery codes are kept anew", *hint]


async def mend_guard(settings: Settings) -> list[str]:
    """Makes the triggers of the audit log again."""
    async with orm(settings.database) as connection:
        await guard(connection)
    return ["The audit log is guarded. Look at it with: local-offer doctor"]


def _line(each: Account) -> str:
    roles = ", ".join(f"{grant.role} of {grant.scope}" for grant in sorted(each.grants)) or "no role"
    return f"{each.id:5}  {each.state:8}  {each.email or '-'}  ({each.team}): {roles}"


def _address(settings: Settings, email: str, key: str) -> list[str]:
    return [
        f"Send this address to {email}. It works once, within seven days, and is shown only now:",
        f"{settings.address}/staff/invitation/{key}",
    ]


def _email(typed: str) -> str:
    email = accounts.read_email(typed)
    if email is None:
        raise PlainError("That is not an email address.", "Write it as sam@council.example.")
    return email


def _role(typed: str) -> Role:
    role = read_role(typed)
    if role is None:
        raise PlainError(f"'{typed}' is no role.", f"Use one of: {', '.join(ROLES)}.")
    return role


def _scope(settings: Settings, typed: str) -> str:
    if typed == NATIONAL:
        return typed
    try:
        area = Places.open(settings.places_file).authority(typed)
    except PlacesError as fault:
        raise PlainError(fault.what, "Run: local-offer build-places") from fault
    if area is None:
        raise PlainError(f"'{typed}' is not the code of a council.", "Find it with: local-offer places")
    return typed


async def _found(connection: BaseDBAsyncClient, email: str) -> Account:
    held = await accounts.account_with(connection, _email(email))
    if held is None:
        raise PlainError(f"{email} has no account.", "See them all: local-offer staff list")
    return held
