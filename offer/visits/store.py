"""Visits in the database: every step is one transaction, and what is shared stands there sealed.

Two changes at the same instant are both kept: each is made on what it read, and made again where
somebody was quicker. Of two answers to one question the later stands, and both people see whose it is.
How somebody comes in stands in joining.py.
"""

import asyncio
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, cast

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from offer.db.visit_models import VisitKnock, VisitRow
from offer.visits.codes import fingerprint, new_code
from offer.visits.cookies import Member
from offer.visits.keys import NotForThisKey, new_key, seal, unseal
from offer.visits.shared import Role, Shared, dumped, loaded

NOTHING: Mapping[str, str] = MappingProxyType({})
LASTS = timedelta(hours=2)
AHEAD = timedelta(hours=1)  # a visit that began later than this from now began by a clock that was wrong
_TRIES = 20  # to make one change while the other person is quicker


class Over(Exception):  # noqa: N818 - it is an answer
    """The visit has ended, or there never was one, or this cookie is not of it."""


class Full(Exception):  # noqa: N818 - it is an answer
    """Two people are there already, or too many have knocked."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as one of its members sees it.

    `here`: who has not left. `open`: its code still works. `knocking`: ids of who waits.
    """

    id: str
    ends_at: datetime
    version: int
    here: frozenset[Role]
    open: bool
    knocking: tuple[str, ...]
    shared: Shared


@dataclass(frozen=True, slots=True)
class Started:
    """A new visit, with the code to read out, which is nowhere else."""

    visit: str
    signing: str
    code: str
    member: Member


async def start(
    connection: BaseDBAsyncClient, role: Role, at: datetime, typed: Mapping[str, str] = NOTHING
) -> Started:
    """A new visit with one member, who may bring answers."""
    while True:
        code, visit, member = new_code(), secrets.token_urlsafe(16), Member(new_id(), role, new_key())
        signing = secrets.token_urlsafe(32)
        hashed = await asyncio.to_thread(fingerprint, code)
        try:
            await VisitRow.create(
                id=visit, code=hashed, signing=signing, version=0, members=json.dumps({member.id: role}),
                sealed=seal(member.key, visit, dumped(Shared(typed=typed, code=code))), knocks=0,
                started_at=at, ends_at=at + LASTS,
                using_db=connection,
            )  # fmt: skip
        except IntegrityError:  # one code of 113 million is taken: draw again
            continue
        return Started(visit, signing, code, member)


def could_be_visit(text: str) -> bool:
    """Whether it has the shape of a visit's own random name."""
    return re.fullmatch(r"[A-Za-z0-9_-]{22}", text) is not None


async def signing_key(connection: BaseDBAsyncClient, visit: str, at: datetime) -> str:
    """What signs the cookies of a visit that is not over. Raises Over."""
    if not could_be_visit(visit):  # else the database would be asked somebody's words
        raise Over
    row = await VisitRow.get_or_none(id=visit, **lasting(at), using_db=connection)
    if row is None:
        raise Over
    return row.signing


async def read(connection: BaseDBAsyncClient, visit: str, member: Member, at: datetime) -> Visit:
    """The visit as it stands. Raises Over."""
    row = await VisitRow.get_or_none(id=visit, **lasting(at), using_db=connection)
    if row is None or member.id not in members_of(row):
        raise Over
    shared = opened(member, row)
    rows = VisitKnock.filter(visit_id=visit).using_db(connection).order_by("at", "id")
    knocks = cast(list[tuple[str, str | None]], await rows.values_list("id", "handed"))
    if member.id in dict(knocks):  # they are in: what was handed over to them goes
        await VisitKnock.filter(id=member.id).using_db(connection).delete()
    waiting = tuple(id_ for id_, handed in knocks if handed is None)
    here = frozenset(members_of(row).values())
    return Visit(row.id, row.ends_at, row.version, here, row.code is not None, waiting, shared)


async def change(
    connection: BaseDBAsyncClient, visit: str, member: Member, how: Callable[[Shared], Shared], at: datetime
) -> None:
    """Changes what is shared. Raises Over, and whatever `how` raises."""
    for _ in range(_TRIES):
        row = await VisitRow.get_or_none(id=visit, **lasting(at), using_db=connection)
        if row is None or member.id not in members_of(row):
            raise Over
        sealed = seal(member.key, visit, dumped(how(opened(member, row))))
        same = VisitRow.filter(id=visit, version=row.version).using_db(connection)
        if await same.update(sealed=sealed, version=row.version + 1):
            return
    raise TimeoutError("a visit changed too fast")


async def leave(connection: BaseDBAsyncClient, visit: str, member: Member) -> None:
    """One person goes; with the last of them everything is erased. No fault where it is over already."""
    async with in_transaction(connection.connection_name) as transaction:
        row = await held(transaction, id=visit)
        if row is None or member.id not in (members := members_of(row)):
            return
        del members[member.id]
        if members:
            row.members = json.dumps(members)
            await changed(transaction, row)
            return
        await row.delete(using_db=transaction)
    await scrub(connection)


async def wipe(connection: BaseDBAsyncClient, visit: str, member: Member) -> None:
    """Ends the visit for both and erases it. No fault where it is over already."""
    async with in_transaction(connection.connection_name) as transaction:
        row = await held(transaction, id=visit)
        if row is None or member.id not in members_of(row):
            return
        await row.delete(using_db=transaction)
    await scrub(connection)


async def sweep(connection: BaseDBAsyncClient, at: datetime) -> bool:
    """Erases the visits whose time is over; whether there were any."""
    over = Q(ends_at__lte=at) | Q(ends_at__gt=at + LASTS + AHEAD)
    gone = await VisitRow.filter(over).using_db(connection).delete()
    await scrub(connection)  # also where the end of a visit met somebody reading, and could not empty it
    return gone > 0


async def versions(connection: BaseDBAsyncClient, visits: list[str], at: datetime) -> dict[str, int]:
    """The version of each of these visits that is not over: what every process watches."""
    rows = VisitRow.filter(id__in=visits, **lasting(at)).using_db(connection)
    return dict(cast(list[tuple[str, int]], await rows.values_list("id", "version")))


async def scrub(connection: BaseDBAsyncClient) -> None:
    """On SQLite empties the journal too: the rows themselves are overwritten (`secure_delete`)."""
    if connection.capabilities.dialect == "sqlite":
        await connection.execute_query("PRAGMA wal_checkpoint(TRUNCATE)")


async def locked(transaction: BaseDBAsyncClient, **which: object) -> VisitRow:
    """The row, as `held`. Raises Over where there is none."""
    row = await held(transaction, **which)
    if row is None:
        raise Over
    return row


async def held(transaction: BaseDBAsyncClient, **which: object) -> VisitRow | None:
    """The row, which nobody else can change before the transaction ends."""
    return await VisitRow.filter(**which).using_db(transaction).select_for_update().first()


async def changed(transaction: BaseDBAsyncClient, row: VisitRow) -> None:
    """Keeps who is in and whether the code works; every open page hears of it."""
    row.version += 1
    await row.save(using_db=transaction, update_fields=["version", "members", "code", "knocks"])


def opened(member: Member, row: VisitRow) -> Shared:
    """What is shared, with this member's key. Raises Over where it is not the key."""
    try:
        return loaded(unseal(member.key, row.id, row.sealed))
    except NotForThisKey as fault:
        raise Over from fault


def lasting(at: datetime, of: str = "") -> dict[str, Any]:
    """What holds of a visit that is not over. One that a clock set back would make much longer is over."""
    return {f"{of}ends_at__gt": at, f"{of}ends_at__lte": at + LASTS + AHEAD}


def members_of(row: VisitRow) -> dict[str, Role]:
    """Who is let in: role by id."""
    return cast(dict[str, Role], json.loads(row.members))


def new_id() -> str:
    """A random name for one person in one visit."""
    return secrets.token_urlsafe(12)
