"""The audit log: who did what when, each row chained to the one before by SHA-256.

It holds the number and the team of an account, never a name, an email address or
what somebody wrote. A row that is changed, taken out or put in between breaks the
chain; rows taken off the end are noticed only by who noted the last number or hash.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.db.audit_guard import is_guarded
from offer.db.staff_models import AuditRow

LOCK = 7_310_403  # our number among PostgreSQL's advisory locks: one row at a time
BEGINNING = "0" * 64
_CHUNK = 1_000
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class By:
    """Whose act it is; no account is the command line."""

    account: int | None
    team: str


COMMAND_LINE = By(None, "command line")


@dataclass(frozen=True, slots=True)
class Standing:
    """How the log stands: its rows, the hash of the last, the first broken one, and whether it is guarded."""

    rows: int
    last: str
    broken: int | None
    guarded: bool


async def append(
    transaction: BaseDBAsyncClient,
    by: By,
    act: str,
    about: str,
    at: datetime,
    detail: Mapping[str, str] = _NOTHING,
) -> int:
    """Adds a row in the transaction of the act itself; its number. SQLite's transaction holds the lock."""
    await one_at_a_time(transaction, LOCK)
    last = await AuditRow.all().using_db(transaction).order_by("-id").first()
    row = AuditRow(
        id=last.id + 1 if last else 1,
        at=at.astimezone(UTC),
        account=by.account,
        team=by.team,
        act=act,
        about=about,
        detail=json.dumps(dict(detail), ensure_ascii=False, sort_keys=True),
        previous=last.hash if last else BEGINNING,
    )
    row.hash = hash_of(row)
    await row.save(using_db=transaction, force_create=True)
    return row.id


async def one_at_a_time(transaction: BaseDBAsyncClient, lock: int) -> None:
    """Until the transaction ends nobody else has this lock. SQLite's own holds already."""
    if transaction.capabilities.dialect != "sqlite":
        await transaction.execute_query(f"SELECT pg_advisory_xact_lock({int(lock)})")


def hash_of(row: AuditRow) -> str:
    """The hash that belongs to a row as it stands."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [row.id, at, row.account, row.team, row.act, row.about, row.detail, row.previous]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


async def standing(connection: BaseDBAsyncClient) -> Standing:
    """Reads the whole log, a thousand rows at a time."""
    last, count, broken = BEGINNING, 0, None
    while broken is None:
        rows = await AuditRow.filter(id__gt=count).using_db(connection).order_by("id").limit(_CHUNK)
        for row in rows:
            if row.id != count + 1 or row.previous != last or row.hash != hash_of(row):
                broken = count + 1
                break
            last, count = row.hash, row.id
        if len(rows) < _CHUNK:
            break
    if broken is None and count == 0 and await AuditRow.all().using_db(connection).exists():
        broken = 1  # numbers below one
    return Standing(count, last, broken, await is_guarded(connection))


async def newest(connection: BaseDBAsyncClient, most: int) -> list[AuditRow]:
    """The last rows, the newest first."""
    return await AuditRow.all().using_db(connection).order_by("-id").limit(most)
