"""Taking something away from the public: at once, or at the end of its last day. One act of an approver."""

import json
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.revisions import ChangedMeanwhile, writing
from offer.db.change_models import StaffChange, StaffChangeItem
from offer.db.errors import Refused
from offer.db.models import Document, PublishedRevision, Revision
from offer.staff.audit import By
from offer.staff.change import scope_of_body
from offer.staff.change_publishing import publish_row
from offer.staff.change_rows import note_change


async def withdraw(
    connection: BaseDBAsyncClient,
    kind: str,
    slug: str,
    opened: int,
    reason: str,
    by: By,
    at: datetime,
    publish_at: datetime | None = None,
) -> int:
    """Takes a public document away now, or at `publish_at`; the number of the change that holds it.

    No second person is asked: what harms somebody must be gone at once, and it can be brought back.
    Raises `ChangedMeanwhile` where somebody saved after revision `opened`, and `Refused` for no reason,
    for what is not public, and where what stays public leads to it.
    """
    if not reason:
        raise Refused("Say why.", "One sentence is enough.")
    async with writing() as transaction:
        newest = await _newest(transaction, kind, slug, opened)
        body = json.loads(newest.body)
        row = await StaffChange.create(
            scope=scope_of_body(body), title=f"Take away: {body.get('title') or body.get('name')}"[:200],
            note=reason[:400], state="approved", account=by.account, team=by.team, created_at=at,
            changed_at=at, approved_by=by.account, approved_at=at, publish_at=publish_at,
            using_db=transaction,
        )  # fmt: skip
        await StaffChangeItem.create(
            change_id=row.id, kind=kind, slug=slug, act="withdraw", base=opened, body=newest.body, edition=1,
            account=by.account, using_db=transaction,
        )  # fmt: skip
        when = publish_at.isoformat() if publish_at else "at once"
        await note_change(transaction, row.id, "withdrew", by, at, about=f"{kind} {slug}", when=when)
        if publish_at is None:
            await publish_row(transaction, row, by, at)
    return row.id


async def withdrawn_before(
    connection: BaseDBAsyncClient,
    kind: str,
    slug: str,
    opened: int,
    reason: str,
    by: By,
    publish_at: datetime | None = None,
) -> int | None:
    """The change in which that account did just this already: a button pressed twice. None for none."""
    rows = StaffChangeItem.filter(
        kind=kind, slug=slug, act="withdraw", base=opened, account=by.account,
        change__state="approved" if publish_at else "published", change__publish_at=publish_at,
        change__note=reason[:400],
    )  # fmt: skip
    found = await rows.using_db(connection).first()
    return found.change_id if found else None


async def _newest(transaction: BaseDBAsyncClient, kind: str, slug: str, opened: int) -> Revision:
    """The newest version of a document that is public in some version."""
    document = await Document.get_or_none(kind=kind, slug=slug, using_db=transaction)
    if document is None or document.newest != opened:
        raise ChangedMeanwhile("Somebody else saved this after you opened it.", "Look at it again.")
    live = PublishedRevision.filter(until=None, revision__document_id=document.id).using_db(transaction)
    if not await live.exists():
        raise Refused("The public does not see it, so there is nothing to take away.")
    return await Revision.get(document_id=document.id, number=opened, using_db=transaction)
