"""What came from other directories, beside what people here made of it: taken or declined by a person.

An import never publishes: it leaves drafts (offer/openreferral). So of each record there may be three
versions: what the public sees, what waits here, and what the feed said last.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from pydantic import ValidationError
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.catalogue.documents import KINDS, SERVICE, Body
from offer.catalogue.revisions import ChangedMeanwhile, Stamp, save_in, writing
from offer.db.errors import Refused
from offer.db.models import Document, Feed, ImportedRecord, PublishedRevision, Revision
from offer.openreferral.merging import OURS
from offer.staff import audit
from offer.staff.acts import author_of
from offer.staff.audit import By
from offer.staff.change import Item
from offer.staff.changes import open_change, put
from offer.staff.due import next_review
from offer.staff.roles import scope_of

Standing = Literal["new", "changed", "ended", "missing", "ours", "same", "declined"]
STANDINGS: Mapping[Standing, tuple[str, str]] = MappingProxyType(
    {
        "new": ("+", "New, never public"),
        "changed": ("↥", "Changed by the feed"),
        "ended": ("✗", "The feed says it has ended"),
        "missing": ("◔", "Gone from the feed; withdrawn if it is gone next time too"),
        "ours": ("=", "Ours differs from the feed"),
        "same": ("✓", "As the feed has it"),
        "declined": ("○", "Declined"),
    }
)
TO_DECIDE: tuple[Standing, ...] = ("new", "changed", "ended", "missing")
NOT_TAKEN = "Not taken from the feed."


@dataclass(frozen=True, slots=True)
class Came:
    """A record of a feed. `ready`: the newest version that may be public; None: there is none yet."""

    feed: int
    url: str
    kind: str
    slug: str
    number: int
    waiting: Body
    is_draft: bool
    ready: Body | None
    feed_says: Body
    missed: int

    @property
    def scope(self) -> str:
        """Whose directory it came into."""
        return scope_of(str(self.waiting.get("authority", "")))

    @property
    def name(self) -> str:
        """What it is called here."""
        return str(self.waiting.get("name", self.slug))

    @property
    def standing(self) -> Standing:
        """What there is to decide about it, if anything."""
        if self.ready is None:
            return "declined" if self.waiting.get("status") == "closed" else "new"
        if self.waiting.get("status") == "closed" and self.ready.get("status") != "closed":
            return "ended"
        if self.is_draft:
            return "changed"
        if self.missed and self.waiting.get("status") != "closed":
            return "missing"
        return "ours" if self.differs else "same"

    @property
    def differs(self) -> tuple[str, ...]:
        """The fields in which what stands here is not what the feed says."""
        fields = dict.fromkeys((*self.waiting, *self.feed_says))
        return tuple(
            each for each in fields
            if each not in OURS and self.waiting.get(each) != self.feed_says.get(each)
        )  # fmt: skip


async def came(connection: BaseDBAsyncClient, scopes: Collection[str]) -> list[Came]:
    """Every record of every feed that stands in one of the scopes, by feed and name."""
    found = await _gathered(connection, await ImportedRecord.all().using_db(connection))
    mine = [each for each in found if each.scope in scopes]
    return sorted(mine, key=lambda each: (each.url, each.kind != SERVICE, each.name.casefold()))


async def record_of(connection: BaseDBAsyncClient, feed: int, kind: str, slug: str) -> Came | None:
    """One of them; None where there is none."""
    rows = ImportedRecord.filter(feed_id=feed, document__kind=kind, document__slug=slug)
    found = await _gathered(connection, await rows.using_db(connection))
    return found[0] if found else None


async def _gathered(connection: BaseDBAsyncClient, records: Sequence[ImportedRecord]) -> list[Came]:
    """The records with their versions, in a few questions however many there are."""
    ids = [each.document_id for each in records]
    feeds = dict(await Feed.all().using_db(connection).values_list("id", "url"))
    versions: dict[int, list[Revision]] = {each: [] for each in ids}
    listed = Revision.filter(document_id__in=ids).using_db(connection).order_by("-number")
    for revision in await listed.only("id", "document_id", "number", "state", "origin"):
        versions[revision.document_id].append(revision)
    wanted = {revision.id for each in versions.values() for revision in _worth(each)}
    bodies = dict(await Revision.filter(id__in=wanted).using_db(connection).values_list("id", "body"))
    live = PublishedRevision.filter(until=None, revision_id__in=wanted).using_db(connection)
    public = {id_ for (id_,) in await live.values_list("revision_id")}
    names = Document.filter(id__in=ids).using_db(connection)
    slugs = dict(await names.values_list("id", "slug"))
    return [
        _came(each, feeds[each.feed_id], slugs[each.document_id], versions[each.document_id], bodies, public)
        for each in records
        if versions[each.document_id]
    ]


def _worth(versions: Sequence[Revision]) -> list[Revision]:
    """The newest version, and the two newest that were ready."""
    return [*versions[:1], *[each for each in versions if each.state == "ready"][:2]]


def _came(
    record: ImportedRecord,
    url: str,
    slug: str,
    versions: Sequence[Revision],
    bodies: Mapping[int, str],
    public: Collection[int],
) -> Came:
    newest, *ready = _worth(versions)
    waiting = json.loads(bodies[newest.id])
    closed_by_import = newest.origin == "imported" and newest.state == "ready" and newest.id not in public
    if closed_by_import and waiting.get("status") == "closed":
        ready = ready[1:] or ready
    held = json.loads(bodies[ready[0].id]) if ready else None
    return Came(
        record.feed_id, url, record.kind, slug, newest.number, waiting,
        newest.state == "draft", held, json.loads(record.staged), record.missed,
    )  # fmt: skip


async def take(
    connection: BaseDBAsyncClient, record: Came, confidence: str, by: By, at: datetime, today: date
) -> int:
    """Puts what waits into a new draft change; its number. A new record goes with what it stands on.

    Raises `Refused` where it would not be a document we can show.
    """
    items = [_item(record, confidence, today), *await _beneath(connection, record, confidence, today)]
    async with in_transaction(connection.connection_name) as transaction:
        await _refuse_stale(transaction, record)
        change = await open_change(transaction, record.scope, f"From a feed: {record.name}", by, at)
        for item in items:
            await put(transaction, change, item, by, at)
        told = {"change": str(change)}
        await audit.append(transaction, by, "took from a feed", f"{record.kind} {record.slug}", at, told)
    return change


def _item(record: Came, confidence: str, today: date) -> Item:
    """A record as it is to be public. What was never public needs somebody who says how sure they are."""
    body = dict(record.waiting)
    if record.standing == "missing":
        body["status"] = "closed"
    if record.ready is None:
        review = next_review(today, has_amount=False)
        body |= {"stage": "public", "confidence": confidence, "checked_on": today.isoformat()}
        body["review_by"] = review.isoformat()
    try:
        document = KINDS[record.kind].model.model_validate(body)
    except ValidationError as fault:
        first = fault.errors()[0]
        raise Refused(f"{'.'.join(map(str, first['loc']))}: {first['msg']}", "Edit it first.") from fault
    for wrong in KINDS[record.kind].check(document):
        raise Refused(wrong.reason, "Say how sure you are.")
    return Item(record.kind, record.slug, "save", record.number, body)


async def _beneath(connection: BaseDBAsyncClient, record: Came, confidence: str, today: date) -> list[Item]:
    """The organisations and places of a new service that are new too."""
    if record.kind != SERVICE or record.ready is not None:
        return []
    body = record.waiting
    keys = [("organisation", each) for each in (body.get("organisation"), *body.get("partners", ())) if each]
    keys += [("location", each["location"]) for each in body.get("at", ())]
    found = [await record_of(connection, record.feed, kind, slug) for kind, slug in keys]
    return [_item(each, confidence, today) for each in found if each and each.standing == "new"]


async def decline(connection: BaseDBAsyncClient, record: Came, by: By, at: datetime) -> None:
    """Leaves things as they are for the public, and remembers it, so that the next import does too.

    What waits is followed by the version that was ready; a new service is closed before it opened; one
    that went missing counts as seen.
    """
    async with writing() as transaction:
        await _refuse_stale(transaction, record)
        if record.standing == "missing":
            rows = ImportedRecord.filter(feed_id=record.feed, document__slug=record.slug, kind=record.kind)
            ids = await rows.using_db(transaction).values_list("id", flat=True)
            await ImportedRecord.filter(id__in=ids).using_db(transaction).update(missed=0)
        else:
            body, state = _instead(record)
            document = KINDS[record.kind].model.model_validate(body)
            stamp = Stamp(author_of(by), at, state=state, note=NOT_TAKEN)  # type: ignore[arg-type]
            await save_in(transaction, record.kind, document, stamp, opened=record.number)
        await audit.append(transaction, by, "declined from a feed", f"{record.kind} {record.slug}", at)


def _instead(record: Came) -> tuple[Body, str]:
    if record.ready is not None:
        return record.ready, "ready"
    if record.kind != SERVICE:
        raise Refused("Only a service is declined; its place and who runs it stay drafts with it.")
    return {**record.waiting, "status": "closed"}, "draft"


async def _refuse_stale(transaction: BaseDBAsyncClient, record: Came) -> None:
    row = await Document.get(kind=record.kind, slug=record.slug, using_db=transaction)
    if row.newest != record.number:
        raise ChangedMeanwhile("Somebody saved this after you opened it.", "Look at it again.")
