"""A change becomes public: at once, or by itself on its hour. All of it in one transaction, or nothing."""

from dataclasses import replace
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.catalogue.findings import findings
from offer.catalogue.publishing import PublishReport, publish_in
from offer.catalogue.revisions import ChangedMeanwhile, Stamp, save_in, writing
from offer.db.change_models import StaffChange
from offer.db.connections import AWAY
from offer.db.errors import Refused
from offer.logs import log
from offer.staff.acts import author_of
from offer.staff.audit import COMMAND_LINE, By
from offer.staff.change import Item, document_of_item, refuse_unready, scope_of_body
from offer.staff.change_rows import items_of, locked, newest_of, note_change, stand
from offer.staff.own_rows import rebased
from offer.staff.versions import body_of_version

SURPRISE = "Something went wrong here. Publish it by hand, or ask whoever runs the service."


async def publish_change(
    connection: BaseDBAsyncClient, change: int, by: By, at: datetime, *, seen: str = ""
) -> PublishReport:
    """Publishes every document of an approved change in one transaction, or none.

    Raises `ChangedMeanwhile` where a document was published after its draft began, and `Refused`
    where a check fails; both leave everything as it was.
    """
    async with writing() as transaction:
        row = await locked(transaction, change, "approved", seen=seen)
        return await publish_row(transaction, row, by, at)


async def publish_due(connection: BaseDBAsyncClient, at: datetime) -> list[int]:
    """Publishes what was approved for an hour that has come; the numbers of those changes.

    Every process asks: the row is looked at again under the catalogue's lock, so one of them does it.
    A change that cannot be published waits for somebody, and says why.
    """
    due = StaffChange.filter(state="approved", publish_at__lte=at).using_db(connection).order_by("publish_at")
    done: list[int] = []
    for row in await due.only("id"):
        change = row.id
        try:
            if await _publish_on_its_hour(change, at):
                done.append(change)
        except AWAY:
            raise
        except Refused as fault:
            await _refused(connection, change, str(fault), at)
        except Exception as fault:  # whatever it is: the others' hours come too
            log().error("could not publish on its hour", change=change, kind=type(fault).__name__)
            await _refused(connection, change, f"{SURPRISE} ({type(fault).__name__})", at)
    return done


async def _publish_on_its_hour(change: int, at: datetime) -> bool:
    async with writing() as transaction:
        row = await StaffChange.get(id=change, using_db=transaction)
        if row.state != "approved" or row.publish_at is None or row.publish_at > at:
            return False
        await publish_row(transaction, row, By(row.approved_by, row.team), at)
        return True


async def _refused(connection: BaseDBAsyncClient, change: int, why: str, at: datetime) -> None:
    async with in_transaction(connection.connection_name) as transaction:
        rows = StaffChange.filter(id=change, state="approved").using_db(transaction)
        if await rows.update(publish_at=None, refused=why[:400]):
            await note_change(transaction, change, "could not publish", COMMAND_LINE, at)


async def _on_newest(transaction: BaseDBAsyncClient, scope: str, item: Item) -> Item:
    """A council's rows of a national entry, laid over what others published there since."""
    newest = await newest_of(transaction, item.kind, item.slug)
    if scope_of_body(item.body) == scope or item.base == newest:
        return item
    bodies = [await body_of_version(transaction, item.kind, item.slug, each) for each in (item.base, newest)]
    base, now = (each or {} for each in bodies)
    body = rebased(base, item.body, now)
    if body is None:
        raise ChangedMeanwhile("Somebody else changed the same rows meanwhile.", "Look at theirs first.")
    return replace(item, base=newest, body=body)


async def publish_row(
    transaction: BaseDBAsyncClient, row: StaffChange, by: By, at: datetime
) -> PublishReport:
    """Publishes an approved change inside somebody's own `writing()`. Raises as `publish_change` does."""
    items = [await _on_newest(transaction, row.scope, item) for item in await items_of(transaction, row.id)]
    refuse_unready(items)
    note = row.note or row.title
    for item in items:
        stamp = Stamp(author_of(by), at, note=note[:400])
        await save_in(transaction, item.kind, document_of_item(item), stamp, opened=item.base)
    keys = {(item.kind, item.slug) for item in items}
    report = await publish_in(
        transaction, at=at, author=author_of(by), note=note[:400], findings=findings, only=keys
    )
    withdrawn = [f"'{item.slug}'" for item in items if item.act == "withdraw"]
    refused = [str(each) for each in report.refused if (each.kind, each.slug) in keys]
    # what stays public must not lead to what goes: the finding names it in these marks
    refused += [str(each) for each in report.doubtful if any(name in each.problem for name in withdrawn)]
    if refused:
        raise Refused(f"It was not published: {'; '.join(refused)}.")
    row.version = report.version
    await stand(transaction, row, "published", at, keep=True)
    await note_change(transaction, row.id, "published a change", by, at, version=str(report.version))
    return report
