"""A file that says something else than staff wrote: taken into a change, or declined, by a person."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.catalogue.revisions import ChangedMeanwhile
from offer.db.errors import Refused
from offer.db.models import Document, ReviewItem, Revision
from offer.staff import audit
from offer.staff.acts import author_of
from offer.staff.audit import By
from offer.staff.change import Item
from offer.staff.changes import open_change, put
from offer.staff.roles import scope_of

STATES: Mapping[str, str] = {
    "open": "Waits for somebody", "taken": "Taken into a change", "declined": "Declined",
    "outdated": "Over: the file has changed since",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileItem:
    """A file against what staff have. `number`: the newest revision, whose body is `ours`."""

    id: int
    kind: str
    slug: str
    file: str
    at: datetime
    state: str
    decided_by: str
    number: int
    ours: Mapping[str, Any]
    theirs: Mapping[str, Any]

    @property
    def scope(self) -> str:
        """Whose document it is."""
        return scope_of(str(self.ours.get("authority", "")))


async def item_of(connection: BaseDBAsyncClient, item: int) -> FileItem | None:
    """One of them; None where there is none."""
    row = await ReviewItem.get_or_none(id=item, using_db=connection)
    if row is None:
        return None
    document = await Document.get(id=row.document_id, using_db=connection)
    newest = await Revision.get(document_id=document.id, number=document.newest, using_db=connection)
    return FileItem(
        row.id, document.kind, document.slug, row.file, row.at, row.state, row.decided_by or "",
        document.newest, json.loads(newest.body), json.loads(row.body),
    )  # fmt: skip


async def scope_of_item(connection: BaseDBAsyncClient, item: int) -> str | None:
    """The scope of the document it is about; None where there is no such item."""
    held = await item_of(connection, item)
    return held.scope if held else None


async def take(connection: BaseDBAsyncClient, item: int, opened: int, by: By, at: datetime) -> int:
    """Puts what the file says into a new draft change; its number. Staff's words stay till that is public.

    Raises `ChangedMeanwhile` where somebody saved the document after revision `opened`, or decided before.
    """
    async with in_transaction(connection.connection_name) as transaction:
        held = await _decide(transaction, item, "taken", by, at)
        if held.number != opened:
            raise ChangedMeanwhile("Somebody saved this after you opened it.", "Look at it again.")
        change = await open_change(transaction, held.scope, f"From the file {held.file}", by, at)
        await put(transaction, change, Item(held.kind, held.slug, "save", held.number, held.theirs), by, at)
        told = {"change": str(change)}
        await audit.append(transaction, by, "took a file", f"{held.kind} {held.slug}", at, told)
    return change


async def decline(connection: BaseDBAsyncClient, item: int, by: By, at: datetime) -> None:
    """Leaves the document as staff have it; the same file is not asked about again."""
    async with in_transaction(connection.connection_name) as transaction:
        held = await _decide(transaction, item, "declined", by, at)
        await audit.append(transaction, by, "declined a file", f"{held.kind} {held.slug}", at)


async def _decide(transaction: BaseDBAsyncClient, item: int, state: str, by: By, at: datetime) -> FileItem:
    row = ReviewItem.filter(id=item, state="open").using_db(transaction)
    if not await row.update(state=state, decided_by=author_of(by), decided_at=at):
        raise ChangedMeanwhile("Somebody decided this before you.", "Look at it again.")
    held = await item_of(transaction, item)
    if held is None:
        raise Refused("It is gone.")
    return held
