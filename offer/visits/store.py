"""Visits in the database: every step is one transaction, and what is shared stands there sealed.

Two changes at the same instant are both kept: each is made on what it read, and made again where
somebody was quicker. Of two answers to one question the later stands, and both people see whose it is.
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
from offer.visits.cookies import Member, Waiting
from offer.visits.keys import (
    NotForThisKey,
    hand_over,
    new_key,
    new_pair,
    seal,
    take_over,
    to_bytes,
    to_text,
    unseal,
)
from offer.visits.shared import Role, Shared, dumped, loaded, other

NOTHING: Mapping[str, str] = MappingProxyType({})
LASTS = timedelta(hours=2)
AHEAD = timedelta(hours=1)  # a visit that began later than this from now began by a clock that was wrong
MOST_KNOCKS = 10  # of one visit, before its code stops working
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


@dataclass(frozen=True, slots=True)
class Knocked:
    """The visit a code led to, and what the cookie of the person waiting holds."""

    visit: str
    signing: str
    waiting: Waiting


async def start(
    connection: BaseDBAsyncClient, role: Role, at: datetime, typed: Mapping[str, str] = NOTHING
) -> Started:
    """A new visit with one member, who may bring answers."""
    while True:
        code, visit, member = new_code(), secrets.token_urlsafe(16), Member(_id(), role, new_key())
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
    row = await VisitRow.get_or_none(id=visit, **_lasting(at), using_db=connection)
    if row is None:
        raise Over
    return row.signing


async def visit_of(connection: BaseDBAsyncClient, code: str, at: datetime) -> str:
    """The visit that a code leads to. Raises Over where it leads nowhere, Full where too many knocked."""
    hashed = await asyncio.to_thread(fingerprint, code)
    row = await VisitRow.get_or_none(code=hashed, **_lasting(at), using_db=connection)
    if row is None:
        raise Over
    if row.knocks >= MOST_KNOCKS:
        raise Full
    return row.id


async def knock(connection: BaseDBAsyncClient, visit: str, at: datetime) -> Knocked:
    """Asks to be let into a visit. Raises Over where it is none, Full where it is late."""
    private, public = new_pair()
    async with in_transaction(connection.connection_name) as transaction:
        row = await _locked(transaction, id=visit, **_lasting(at))
        if row.code is None or row.knocks >= MOST_KNOCKS:
            raise Full
        waiting = Waiting(_id(), private)
        await VisitKnock.create(
            id=waiting.id, visit_id=row.id, public=to_text(public), at=at, using_db=transaction
        )
        row.knocks += 1
        await _changed(transaction, row)
    return Knocked(row.id, row.signing, waiting)


async def admit(connection: BaseDBAsyncClient, visit: str, member: Member, knock: str, at: datetime) -> None:
    """Lets somebody in: their cookie can now take the key out. Everybody else who waits is sent away.

    The code stops working. Raises Over, and Full where two are there or nobody waits under this id.
    """
    async with in_transaction(connection.connection_name) as transaction:
        row = await _locked(transaction, id=visit, **_lasting(at))
        members = _members(row)
        found = await VisitKnock.get_or_none(id=knock, visit_id=visit, using_db=transaction)
        if member.id not in members:
            raise Over
        if len(members) > 1 or found is None:
            raise Full
        _opened(member, row)  # a key that does not open the visit must not be handed on
        found.handed = hand_over(member.key, to_bytes(found.public))
        await found.save(using_db=transaction, update_fields=["handed"])
        await VisitKnock.filter(visit_id=visit).exclude(id=knock).using_db(transaction).delete()
        row.members, row.code = json.dumps({**members, found.id: other(members[member.id])}), None
        await _changed(transaction, row)


async def turn_away(
    connection: BaseDBAsyncClient, visit: str, member: Member, knock: str, at: datetime
) -> None:
    """Does not let somebody in. Raises Over."""
    async with in_transaction(connection.connection_name) as transaction:
        row = await _locked(transaction, id=visit, **_lasting(at))
        if member.id not in _members(row):
            raise Over
        await VisitKnock.filter(id=knock, visit_id=visit, handed__isnull=True).using_db(transaction).delete()
        await _changed(transaction, row)


async def enter(connection: BaseDBAsyncClient, visit: str, waiting: Waiting, at: datetime) -> Member | None:
    """Who knocked, now a member; None while nobody has decided. Raises Over where they were turned away.

    What was handed over is erased as soon as it was taken.
    """
    async with in_transaction(connection.connection_name) as transaction:
        row = await _locked(transaction, id=visit, **_lasting(at))
        found = await VisitKnock.get_or_none(id=waiting.id, visit_id=visit, using_db=transaction)
        if found is None:
            raise Over
        if found.handed is None:
            return None
        try:
            key = take_over(waiting.private, found.handed)
        except NotForThisKey as fault:
            raise Over from fault
        await found.delete(using_db=transaction)
        return Member(waiting.id, _members(row)[waiting.id], key, waiting.language)


async def waits(connection: BaseDBAsyncClient, visit: str, knock: str, at: datetime) -> bool:
    """Whether nobody has decided about somebody at the door yet."""
    found = VisitKnock.filter(id=knock, visit_id=visit, handed__isnull=True, **_lasting(at, "visit__"))
    return await found.using_db(connection).exists()


async def read(connection: BaseDBAsyncClient, visit: str, member: Member, at: datetime) -> Visit:
    """The visit as it stands. Raises Over."""
    row = await VisitRow.get_or_none(id=visit, **_lasting(at), using_db=connection)
    if row is None or member.id not in _members(row):
        raise Over
    rows = VisitKnock.filter(visit_id=visit, handed__isnull=True).using_db(connection).order_by("at", "id")
    knocking = cast(list[str], await rows.values_list("id", flat=True))
    here = frozenset(_members(row).values())
    return Visit(
        row.id, row.ends_at, row.version, here, row.code is not None, tuple(knocking), _opened(member, row)
    )


async def change(
    connection: BaseDBAsyncClient, visit: str, member: Member, how: Callable[[Shared], Shared], at: datetime
) -> None:
    """Changes what is shared. Raises Over, and whatever `how` raises."""
    for _ in range(_TRIES):
        row = await VisitRow.get_or_none(id=visit, **_lasting(at), using_db=connection)
        if row is None or member.id not in _members(row):
            raise Over
        sealed = seal(member.key, visit, dumped(how(_opened(member, row))))
        same = VisitRow.filter(id=visit, version=row.version).using_db(connection)
        if await same.update(sealed=sealed, version=row.version + 1):
            return
    raise TimeoutError("a visit changed too fast")


async def leave(connection: BaseDBAsyncClient, visit: str, member: Member) -> None:
    """One person goes; with the last of them everything is erased. No fault where it is over already."""
    async with in_transaction(connection.connection_name) as transaction:
        row = await _held(transaction, id=visit)
        if row is None or member.id not in (members := _members(row)):
            return
        del members[member.id]
        if members:
            row.members = json.dumps(members)
            await _changed(transaction, row)
            return
        await row.delete(using_db=transaction)
    await _scrub(connection)


async def wipe(connection: BaseDBAsyncClient, visit: str, member: Member) -> None:
    """Ends the visit for both and erases it. No fault where it is over already."""
    async with in_transaction(connection.connection_name) as transaction:
        row = await _held(transaction, id=visit)
        if row is None or member.id not in _members(row):
            return
        await row.delete(using_db=transaction)
    await _scrub(connection)


async def sweep(connection: BaseDBAsyncClient, at: datetime) -> int:
    """Erases the visits whose time is over; how many."""
    over = Q(ends_at__lte=at) | Q(ends_at__gt=at + LASTS + AHEAD)
    gone = await VisitRow.filter(over).using_db(connection).delete()
    await _scrub(connection)  # also where the end of a visit met somebody reading, and could not empty it
    return gone


async def versions(connection: BaseDBAsyncClient, visits: list[str], at: datetime) -> dict[str, int]:
    """The version of each of these visits that is not over: what every process watches."""
    rows = VisitRow.filter(id__in=visits, **_lasting(at)).using_db(connection)
    return dict(cast(list[tuple[str, int]], await rows.values_list("id", "version")))


async def _scrub(connection: BaseDBAsyncClient) -> None:
    """On SQLite empties the journal too: the rows themselves are overwritten (`secure_delete`)."""
    if connection.capabilities.dialect == "sqlite":
        await connection.execute_query("PRAGMA wal_checkpoint(TRUNCATE)")


async def _locked(transaction: BaseDBAsyncClient, **which: object) -> VisitRow:
    row = await _held(transaction, **which)
    if row is None:
        raise Over
    return row


async def _held(transaction: BaseDBAsyncClient, **which: object) -> VisitRow | None:
    """The row, which nobody else can change before the transaction ends."""
    return await VisitRow.filter(**which).using_db(transaction).select_for_update().first()


async def _changed(transaction: BaseDBAsyncClient, row: VisitRow) -> None:
    row.version += 1
    await row.save(using_db=transaction, update_fields=["version", "members", "code", "knocks"])


def _opened(member: Member, row: VisitRow) -> Shared:
    try:
        return loaded(unseal(member.key, row.id, row.sealed))
    except NotForThisKey as fault:
        raise Over from fault


def _lasting(at: datetime, of: str = "") -> dict[str, Any]:
    """What holds of a visit that is not over. One that a clock set back would make much longer is over."""
    return {f"{of}ends_at__gt": at, f"{of}ends_at__lte": at + LASTS + AHEAD}


def _members(row: VisitRow) -> dict[str, Role]:
    return cast(dict[str, Role], json.loads(row.members))


def _id() -> str:
    return secrets.token_urlsafe(12)
