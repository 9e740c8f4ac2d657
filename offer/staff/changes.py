"""What is done to a change before it is public. Each act is one transaction with its audit row."""

import json
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.catalogue.revisions import ChangedMeanwhile
from offer.db.change_models import StaffChange, StaffChangeItem, StaffComment
from offer.db.errors import Refused
from offer.staff.audit import By
from offer.staff.change import OPEN, Item, canonical, refuse_unready, scope_of_body
from offer.staff.change_rows import SAVED, TAKEN_OUT, items_of, locked, note_change, stand, writers_of
from offer.staff.own_rows import touched
from offer.staff.scope_settings import settings_of
from offer.staff.versions import body_of_version

YOURS = "You wrote a part of this."


async def open_change(connection: BaseDBAsyncClient, scope: str, title: str, by: By, at: datetime) -> int:
    """Begins an empty change; its number."""
    async with in_transaction(connection.connection_name) as transaction:
        row = await StaffChange.create(
            scope=scope, title=title[:200], state="draft", account=by.account, team=by.team,
            created_at=at, changed_at=at, using_db=transaction,
        )  # fmt: skip
        await note_change(transaction, row.id, "began a change", by, at)
    return row.id


async def rename(
    connection: BaseDBAsyncClient, change: int, title: str, note: str, by: By, at: datetime, *, seen: str = ""
) -> None:
    """Gives a change that nobody approved yet another title and reason. Raises `Refused` for no title."""
    if not title:
        raise Refused("Give it a title.", "Say in a few words what it changes.")
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, change, "draft", "review", seen=seen)
        row.title, row.note, row.changed_at = title[:200], note[:400], at
        await row.save(using_db=transaction)
        await note_change(transaction, change, "named a change", by, at)


async def put(connection: BaseDBAsyncClient, change: int, item: Item, by: By, at: datetime) -> int:
    """Saves a document's draft in a change; its new edition. What was in review or approved is a draft again.

    Raises `ChangedMeanwhile` where `item.edition` is not the one that stands (0: none yet), and
    `Refused` where the change is over or the document belongs to another scope.
    """
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, change, *OPEN)
        if scope_of_body(item.body) != row.scope and not await _is_own_rows(transaction, item, row.scope):
            raise Refused("One change holds entries of one council only.", "Begin another change for it.")
        held = await _item(transaction, change, item.kind, item.slug)
        if (held.edition if held else 0) != item.edition:
            message = f"Somebody else saved '{item.slug}' in this change after you opened it."
            raise ChangedMeanwhile(message, "Look at their words, then choose.")
        held = held or StaffChangeItem(change_id=change, kind=item.kind, slug=item.slug)
        held.act, held.base, held.edition, held.account = item.act, item.base, item.edition + 1, by.account
        held.body = json.dumps(canonical(item.kind, item.body), ensure_ascii=False, separators=(",", ":"))
        await held.save(using_db=transaction)
        await stand(transaction, row, "draft", at)
        await note_change(transaction, change, SAVED, by, at, about=f"{item.kind} {item.slug}")
    return held.edition


async def _is_own_rows(transaction: BaseDBAsyncClient, item: Item, scope: str) -> bool:
    """Whether a draft of another's entry changes only the rows of this scope's districts."""
    before = await body_of_version(transaction, item.kind, item.slug, item.base)
    if before is None or item.act != "save":
        return False
    return touched(before, canonical(item.kind, item.body)) <= {scope}


async def take_out(
    connection: BaseDBAsyncClient, change: int, kind: str, slug: str, by: By, at: datetime, *, seen: str = ""
) -> None:
    """Takes a document's draft out of a change: its words are gone."""
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, change, *OPEN, seen=seen)
        gone = StaffChangeItem.filter(change_id=change, kind=kind, slug=slug).using_db(transaction)
        if await gone.delete():
            await stand(transaction, row, "draft", at)
            await note_change(transaction, change, TAKEN_OUT, by, at, about=f"{kind} {slug}")


async def submit(connection: BaseDBAsyncClient, change: int, by: By, at: datetime, *, seen: str = "") -> None:
    """Hands a draft to whoever approves. Raises `Refused` for one with faults, or with nothing in it."""
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, change, "draft", seen=seen)
        refuse_unready(await items_of(transaction, change))
        await stand(transaction, row, "review", at)
        await note_change(transaction, change, "asked for review", by, at)


async def send_back(
    connection: BaseDBAsyncClient, change: int, by: By, at: datetime, *, seen: str = "", text: str = ""
) -> None:
    """Makes what was in review or approved a draft again; `text`: what is to be done about it."""
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, change, "review", "approved", seen=seen)
        await stand(transaction, row, "draft", at)
        if text:
            await StaffComment.create(
                change_id=change, at=at, account=by.account, team=by.team, text=text[:1000],
                using_db=transaction,
            )  # fmt: skip
        await note_change(transaction, change, "sent a change back", by, at)


async def approve(
    connection: BaseDBAsyncClient, change: int, by: By, at: datetime, *, seen: str = ""
) -> None:
    """Says that it may be published. Raises `Refused` where four eyes are asked for and two looked."""
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, change, "review", seen=seen)
        refuse_unready(await items_of(transaction, change))
        settings = await settings_of(transaction, row.scope)
        if settings.four_eyes and by.account in await writers_of(transaction, change):
            raise Refused(YOURS, "Somebody else has to approve it.")
        await stand(transaction, row, "approved", at, approved_by=by.account, approved_at=at)
        await note_change(transaction, change, "approved a change", by, at)


async def schedule(
    connection: BaseDBAsyncClient,
    change: int,
    publish_at: datetime | None,
    by: By,
    at: datetime,
    *,
    seen: str = "",
) -> None:
    """Sets the moment at which an approved change is published by itself; None takes it back."""
    if publish_at is not None and publish_at <= at:
        raise Refused("That moment is past.", "Do it now, or choose a later one.")
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, change, "approved", seen=seen)
        row.publish_at, row.refused, row.changed_at = publish_at, "", at
        await row.save(using_db=transaction)
        when = publish_at.isoformat() if publish_at else "not by itself"
        await note_change(transaction, change, "set the hour of a change", by, at, when=when)


async def drop(connection: BaseDBAsyncClient, change: int, by: By, at: datetime, *, seen: str = "") -> None:
    """Gives a change up; it can still be read."""
    async with in_transaction(connection.connection_name) as transaction:
        row = await locked(transaction, change, *OPEN, seen=seen)
        await stand(transaction, row, "dropped", at)
        await note_change(transaction, change, "dropped a change", by, at)


async def comment(connection: BaseDBAsyncClient, change: int, text: str, by: By, at: datetime) -> None:
    """Says something about a change, or nothing where it was said just now. Raises `Refused` for no words."""
    if not text:
        raise Refused("There are no words in it.", "Write what should be looked at.")
    async with in_transaction(connection.connection_name) as transaction:
        said = StaffComment.filter(change_id=change).using_db(transaction).order_by("-id")
        last = await said.first()
        if last is not None and (last.account, last.text) == (by.account, text[:1000]):
            return  # a button pressed twice
        await StaffComment.create(
            change_id=change, at=at, account=by.account, team=by.team, text=text[:1000], using_db=transaction
        )
        await note_change(transaction, change, "commented", by, at)


async def _item(transaction: BaseDBAsyncClient, change: int, kind: str, slug: str) -> StaffChangeItem | None:
    rows = StaffChangeItem.filter(change_id=change, kind=kind, slug=slug)
    return await rows.using_db(transaction).first()
