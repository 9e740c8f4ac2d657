"""The rows of changes: read whole, held while one is moved on, and moved on with a row of the audit log."""

import json
from collections.abc import Collection
from datetime import UTC, datetime

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.functions import Count

from offer.catalogue.revisions import ChangedMeanwhile
from offer.db.change_models import StaffChange, StaffChangeItem, StaffComment
from offer.db.models import Document
from offer.db.staff_models import AuditRow
from offer.staff import audit
from offer.staff.audit import By
from offer.staff.change import OPEN, Change, Comment, Item, State

SAVED, TAKEN_OUT = "saved a draft", "took a draft out"  # acts of the audit log


async def change_of(connection: BaseDBAsyncClient, change: int) -> Change | None:
    """One change with all that is in it; None where there is none."""
    row = await StaffChange.get_or_none(id=change, using_db=connection)
    return await _read(connection, row) if row else None


async def changes(
    connection: BaseDBAsyncClient,
    scopes: Collection[str],
    states: Collection[State] = OPEN,
    most: int = 500,
) -> list[Change]:
    """The changes of those scopes in those states, the newest first."""
    rows = StaffChange.filter(scope__in=list(scopes), state__in=list(states)).using_db(connection)
    return [await _read(connection, row) for row in await rows.order_by("-changed_at", "-id").limit(most)]


async def counts_of(connection: BaseDBAsyncClient, scopes: Collection[str]) -> dict[str, int]:
    """How many changes of those scopes stand in each state."""
    rows = StaffChange.filter(scope__in=list(scopes)).using_db(connection)
    counted = await rows.annotate(many=Count("id")).group_by("state").values_list("state", "many")
    return dict(counted)


async def open_changes_of(connection: BaseDBAsyncClient, kind: str, slug: str) -> list[Change]:
    """The changes, not yet published or dropped, that hold a document; the newest first."""
    rows = StaffChange.filter(items__kind=kind, items__slug=slug, state__in=list(OPEN)).using_db(connection)
    return [await _read(connection, row) for row in await rows.order_by("-changed_at", "-id")]


async def newest_of(connection: BaseDBAsyncClient, kind: str, slug: str) -> int:
    """The number of a document's newest revision: what a draft begins from; 0 for none."""
    row = await Document.filter(kind=kind, slug=slug).using_db(connection).first()
    return row.newest if row else 0


async def items_of(connection: BaseDBAsyncClient, change: int) -> tuple[Item, ...]:
    rows = await StaffChangeItem.filter(change_id=change).using_db(connection).order_by("kind", "slug")
    return tuple(
        Item(each.kind, each.slug, each.act, each.base, json.loads(each.body), each.edition, each.account)  # type: ignore[arg-type]
        for each in rows
    )


async def _read(connection: BaseDBAsyncClient, row: StaffChange) -> Change:
    said = await StaffComment.filter(change_id=row.id).using_db(connection).order_by("at", "id")
    return Change(
        row.id, row.scope, row.title, row.note, row.state, row.account, row.team, row.created_at,  # type: ignore[arg-type]
        row.changed_at, row.publish_at, row.approved_by, row.approved_at, row.version, row.refused,
        await items_of(connection, row.id),
        tuple(Comment(each.at, each.team, each.account, each.text) for each in said),
    )  # fmt: skip


def mark_of(changed_at: datetime) -> str:
    """The mark of a change as somebody sees it: another once it is edited or moved on."""
    return changed_at.astimezone(UTC).isoformat()


async def locked(transaction: BaseDBAsyncClient, change: int, *states: State, seen: str = "") -> StaffChange:
    """The row of a change in one of those states, held until the transaction ends.

    `seen` is the mark of the change on the page somebody pressed a button of; "" for no page.
    """
    row = await StaffChange.select_for_update().using_db(transaction).get_or_none(id=change)
    if row is None or row.state not in states:
        raise ChangedMeanwhile(_why_not(row.state if row else "dropped"), "Look at it again.")
    if seen and seen != mark_of(row.changed_at):
        raise ChangedMeanwhile("Somebody edited this change after you opened it.", "Look at it again.")
    return row


def _why_not(state: str) -> str:
    if state in OPEN:
        return f"Somebody moved this change on: it is now {'in review' if state == 'review' else state}."
    return "This change was published or dropped meanwhile."


async def stand(
    transaction: BaseDBAsyncClient,
    row: StaffChange,
    state: State,
    at: datetime,
    *,
    approved_by: int | None = None,
    approved_at: datetime | None = None,
    keep: bool = False,
) -> None:
    """Moves a change on. Whatever was approved before is approved no more, but for one that is published."""
    row.state, row.changed_at, row.refused = state, at, ""
    if not keep:
        row.approved_by, row.approved_at, row.publish_at = approved_by, approved_at, None
    await row.save(using_db=transaction)


async def note_change(
    transaction: BaseDBAsyncClient,
    change: int,
    act: str,
    by: By,
    at: datetime,
    **detail: str,
) -> None:
    await audit.append(transaction, by, act, f"change {change}", at, detail)


async def writers_of(connection: BaseDBAsyncClient, change: int) -> frozenset[int]:
    """The accounts that wrote a part of what stands in a change, also where somebody saved after them.

    By the audit log: the change itself keeps only who saved each document last.
    """
    items = await items_of(connection, change)
    wrote, open_ = {each.account for each in items}, {f"{each.kind} {each.slug}" for each in items}
    for row in reversed(await acts_of(connection, change)):
        about = json.loads(row.detail).get("about", "")
        if row.act == SAVED and about in open_:
            wrote.add(row.account)
        elif row.act == TAKEN_OUT:  # what was saved of it before is gone
            open_.discard(about)
    return frozenset(account for account in wrote if account is not None)


async def acts_of(connection: BaseDBAsyncClient, change: int) -> list[AuditRow]:
    """What was done to a change, the oldest first."""
    return await AuditRow.filter(about=f"change {change}").using_db(connection).order_by("id")


async def was_last(connection: BaseDBAsyncClient, change: int, act: str, by: By) -> bool:
    """Whether the last thing done to a change was that act, by that account: a button pressed twice."""
    last = await AuditRow.filter(about=f"change {change}").using_db(connection).order_by("-id").first()
    return last is not None and (last.act, last.account) == (act, by.account)
