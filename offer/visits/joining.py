"""The door of a visit: knocking, being let in, and coming in with the key that was handed over.

A knock is one row. Its `public` is what the visit's key will be sealed to; its `handed` says how far it is:
NULL while somebody waits; the sealed key once they are let in; "" once the key was taken out, until they are
seen inside. Then the row is deleted (store.read).

With script the browser makes the pair and keeps the private key in its tab, so that what is handed over may
lie here until they are in: a reply that is lost costs nothing. Without, we make the pair, the waiting cookie
carries the private key, and the row is deleted with the one request that reads it. Should that reply be
lost, whoever was let in may knock once more, and is let in again.
"""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.db.visit_models import LONGEST_ID, VisitKnock, VisitRow
from offer.visits.codes import fingerprint
from offer.visits.cookies import Member, Waiting
from offer.visits.keys import (
    NotForThisKey,
    for_browser,
    hand_over,
    new_pair,
    take_over,
    to_bytes,
    to_text,
)
from offer.visits.shared import other
from offer.visits.store import Full, Over, changed, lasting, locked, members_of, new_id, opened, scrub

MOST_KNOCKS = 10  # of one visit, before its code stops working


@dataclass(frozen=True, slots=True)
class Knocked:
    """The visit a code led to, and what the cookie of the person waiting holds."""

    visit: str
    signing: str
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class Handed:
    """They are let in, and their tab has to open this (keys.for_browser); "": it was taken out before."""

    box: str


async def visit_of(connection: BaseDBAsyncClient, code: str, at: datetime) -> str:
    """The visit that a code leads to. Raises Over where it leads nowhere, Full where too many knocked."""
    hashed = await asyncio.to_thread(fingerprint, code)
    row = await VisitRow.get_or_none(code=hashed, **lasting(at), using_db=connection)
    if row is None:
        raise Over
    if row.knocks >= MOST_KNOCKS:
        raise Full
    return row.id


async def knock(
    connection: BaseDBAsyncClient, visit: str, at: datetime, public: bytes | None = None
) -> Knocked:
    """Asks to be let into a visit; `public`: the browser's own key. Raises Over, Full where it is late."""
    private, public = (None, public) if public else new_pair()
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, id=visit, **lasting(at))
        if row.code is None or row.knocks >= MOST_KNOCKS:
            raise Full
        waiting = Waiting(new_id(), private)
        await VisitKnock.create(
            id=waiting.id, visit_id=row.id, public=to_text(public), at=at, using_db=transaction
        )
        row.knocks += 1
        await changed(transaction, row)
    return Knocked(row.id, row.signing, waiting)


async def knock_again(
    connection: BaseDBAsyncClient, visit: str, waiting: Waiting, at: datetime,
    public: bytes | None = None, *, lost: bool = False,
) -> Waiting | None:  # fmt: skip
    """Waits on under the same number, with the key of this tab (`public`) or with one of ours.

    `lost`: they were let in and cannot open what was handed over, so they wait once more. None where nothing
    has to change. Raises Over where nobody waits here under this name.
    """
    private, new = (None, public) if public else new_pair()
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, id=visit, **lasting(at))
        found = await _found(transaction, row, waiting)
        if found.handed is not None:
            settled = not lost
        else:
            settled = found.public == to_text(public) if public else waiting.private is not None
        if settled:
            return None
        members = members_of(row)
        members.pop(waiting.id, None)
        if members:
            this = VisitKnock.filter(id=found.id).using_db(transaction)
            await this.update(public=to_text(new), handed=None)
            row.members = json.dumps(members)
            await changed(transaction, row)
            return Waiting(waiting.id, private, waiting.language)
        await row.delete(using_db=transaction)  # nobody is left who could let them in
    await scrub(connection)
    raise Over


async def admit(connection: BaseDBAsyncClient, visit: str, member: Member, knock: str, at: datetime) -> None:
    """Lets somebody in: the visit's key is sealed to theirs. Everybody else who waits is sent away.

    The code stops working. Raises Over, and Full where two are there or nobody waits under this id.
    """
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, id=visit, **lasting(at))
        members = members_of(row)
        found = await _waiting(transaction, visit, knock)
        if member.id not in members:
            raise Over
        if len(members) > 1 or found is None:
            raise Full
        opened(member, row)  # a key that does not open the visit must not be handed on
        found.handed = hand_over(member.key, to_bytes(found.public))
        await found.save(using_db=transaction, update_fields=["handed"])
        await VisitKnock.filter(visit_id=visit).exclude(id=knock).using_db(transaction).delete()
        row.members, row.code = json.dumps({**members, found.id: other(members[member.id])}), None
        await changed(transaction, row)


async def _waiting(transaction: BaseDBAsyncClient, visit: str, knock: str) -> VisitKnock | None:
    """Who waits under that id; None also for what is too long to be one, which the database would refuse."""
    if len(knock) > LONGEST_ID:
        return None
    return await VisitKnock.get_or_none(id=knock, visit_id=visit, handed__isnull=True, using_db=transaction)


async def turn_away(
    connection: BaseDBAsyncClient, visit: str, member: Member, knock: str, at: datetime
) -> None:
    """Does not let somebody in. Raises Over."""
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, id=visit, **lasting(at))
        if member.id not in members_of(row):
            raise Over
        found = await _waiting(transaction, visit, knock)
        if found is not None:
            await found.delete(using_db=transaction)
        await changed(transaction, row)


async def enter(
    connection: BaseDBAsyncClient, visit: str, waiting: Waiting, at: datetime
) -> Member | Handed | None:
    """Who knocked, now a member; what their tab has to open; None while nobody has decided.

    Raises Over where they were turned away, or are in already. With a private key of the cookie, what was
    handed over is deleted now; in its place stands, without any key, that they were let in.
    """
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, id=visit, **lasting(at))
        found = await _found(transaction, row, waiting)
        if found.handed is None:
            return None
        if not found.handed or waiting.private is None:
            return Handed(for_browser(found.handed, to_bytes(found.public)) if found.handed else "")
        try:
            key = take_over(waiting.private, found.handed)
        except NotForThisKey as fault:
            raise Over from fault
        await found.delete(using_db=transaction)
        await VisitKnock.create(
            id=waiting.id, visit_id=visit, public="", handed="", at=at, using_db=transaction
        )
        return Member(waiting.id, members_of(row)[waiting.id], key, waiting.language)


async def come_in(
    connection: BaseDBAsyncClient, visit: str, waiting: Waiting, key: bytes, at: datetime
) -> Member:
    """Who was let in, with the key their tab opened. It may be asked again until they are seen inside.

    Raises NotForThisKey where the key does not open the visit or nobody has let them in, Over as `enter`.
    """
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, id=visit, **lasting(at))
        found = await _found(transaction, row, waiting)
        if found.handed is None:
            raise NotForThisKey
        member = Member(waiting.id, members_of(row)[waiting.id], key, waiting.language)
        try:
            opened(member, row)
        except Over as fault:
            raise NotForThisKey from fault
        return member


async def waits(connection: BaseDBAsyncClient, visit: str, knock: str, at: datetime) -> bool:
    """Whether nobody has decided about somebody at the door yet."""
    found = VisitKnock.filter(id=knock, visit_id=visit, handed__isnull=True, **lasting(at, "visit__"))
    return await found.using_db(connection).exists()


async def _found(transaction: BaseDBAsyncClient, row: VisitRow, waiting: Waiting) -> VisitKnock:
    """The knock of whoever waits. Raises Over where it is gone, or they have left since."""
    found = await VisitKnock.get_or_none(id=waiting.id, visit_id=row.id, using_db=transaction)
    if found is None or (found.handed is not None and waiting.id not in members_of(row)):
        raise Over
    return found
