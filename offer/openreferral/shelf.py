"""What the database holds of a feed, read once before an import and written a few records at a time."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from pydantic import ValidationError
from tortoise.backends.base.client import BaseDBAsyncClient

from directory.openreferral.likeness import Known, Traits, traits_of
from directory.openreferral.reading import RecordKind
from directory.records import Location, Record, Service
from offer.catalogue.documents import Body, digest_of, document_of
from offer.catalogue.revisions import State, writing
from offer.db.models import Document, Feed, ImportedRecord, Revision

Key = tuple[RecordKind, str]  # kind and remote id
KINDS: tuple[RecordKind, ...] = ("organisation", "location", "service")
AUTHOR = "local-offer import oruk"
_NEWEST = (
    "SELECT d.id, d.kind, d.slug, d.newest, r.state, r.body FROM document d "
    "JOIN revision r ON r.document_id = d.id AND r.number = d.newest WHERE d.kind <> 'entitlement'"
)


@dataclass(frozen=True, slots=True)
class Held:
    """A record of the feed that we have, as it stands here now. `opened` is its newest revision."""

    document_id: int
    slug: str
    opened: int
    body: Body
    state: State
    staged: Body
    first_seen: date
    missed: int
    size: int  # characters of what is kept of it as it was given


@dataclass(slots=True)
class Shelf:
    """All that an import compares with. `since`: when the last reading of the whole feed began."""

    url: str
    since: datetime | None = None
    held: dict[Key, Held] = field(default_factory=dict)
    taken: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    known: Known = field(default_factory=Known)


@dataclass(frozen=True, slots=True)
class Action:
    """One record to write. `given` and `body` None: they stay as they are. `opened` 0: there is none yet."""

    kind: RecordKind
    remote_id: str
    slug: str
    given: str | None
    staged: str
    body: str | None
    opened: int
    first_seen: date
    missed: int = 0
    state: State = "draft"
    note: str = ""


async def read_shelf(connection: BaseDBAsyncClient, url: str) -> Shelf:
    """What we hold of the feed, and of everything its records may be the same as."""
    feed = await Feed.get_or_none(url=url, using_db=connection)
    shelf = Shelf(url, feed.read_at if feed else None)
    newest = await connection.execute_query_dict(_NEWEST)
    rows = {row["id"]: row for row in newest}
    given: dict[int, dict[str, Any]] = {}
    for record in await ImportedRecord.filter(document_id__in=list(rows)).using_db(connection):
        given[record.document_id] = json.loads(record.given)
        if feed is not None and record.feed_id == feed.id:
            held = _held(record, rows[record.document_id])
            shelf.held[cast(RecordKind, record.kind), record.remote_id] = held
    for row in newest:
        shelf.taken[row["kind"]].add(row["slug"])
    for traits in _all_traits(newest, given):
        shelf.known.add(traits)
    return shelf


def _held(record: ImportedRecord, row: dict[str, Any]) -> Held:
    return Held(
        document_id=row["id"],
        slug=row["slug"],
        opened=row["newest"],
        body=json.loads(row["body"]),
        state=row["state"],
        staged=json.loads(record.staged),
        first_seen=record.first_seen,
        missed=record.missed,
        size=len(record.given),
    )


def _all_traits(newest: Sequence[dict[str, Any]], given: dict[int, dict[str, Any]]) -> Iterator[Traits]:
    """The traits of every record that this version can read."""
    found: dict[int, tuple[str, Record]] = {}
    for row in newest:
        try:
            found[row["id"]] = row["kind"], cast(Record, document_of(row["kind"], row["body"]))
        except ValidationError:
            continue
    postcodes = {each.id: each.postcode for _, each in found.values() if isinstance(each, Location)}
    for id_, (kind, record) in found.items():
        at = [postcodes.get(each.location) for each in record.at] if isinstance(record, Service) else []
        yield traits_of(kind, record, given.get(id_, {}), filter(None, at))


async def write(url: str, actions: Sequence[Action], at: datetime) -> list[Action]:
    """Writes records in one transaction; gives back those that somebody changed meanwhile, unwritten."""
    left = []
    async with writing() as transaction:
        feed, _ = await Feed.get_or_create(url=url, using_db=transaction)
        for action in actions:
            if not await _write(transaction, feed, action, at):
                left.append(action)
    return left


async def _write(transaction: BaseDBAsyncClient, feed: Feed, action: Action, at: datetime) -> bool:
    document = await Document.get_or_none(kind=action.kind, slug=action.slug, using_db=transaction)
    if (document.newest if document else 0) != action.opened:
        return False
    if action.body is not None:
        document = await _revise(transaction, document, action, action.body, at)
    assert document is not None
    key = {"feed_id": feed.id, "kind": action.kind, "remote_id": action.remote_id}
    rest: dict[str, Any] = {
        "document_id": document.id, "staged": action.staged,
        "first_seen": action.first_seen, "missed": action.missed,
    }  # fmt: skip
    rest |= {} if action.given is None else {"given": action.given}
    await ImportedRecord.update_or_create(defaults=rest, using_db=transaction, **key)
    return True


async def _revise(
    transaction: BaseDBAsyncClient, document: Document | None, action: Action, body: str, at: datetime
) -> Document:
    digest = digest_of(body)
    if document is None:
        document = Document(kind=action.kind, slug=action.slug)
    document.newest, document.newest_digest = action.opened + 1, digest
    await document.save(using_db=transaction)
    await Revision.create(
        using_db=transaction, document_id=document.id, number=document.newest, body=body, digest=digest,
        author=AUTHOR, at=at, origin="imported", state=action.state, note=action.note,
    )  # fmt: skip
    return document


async def read_whole(url: str, began: datetime) -> None:
    """Notes that the whole feed was read, so that the next import may ask only for what changed."""
    async with writing() as transaction:
        await Feed.filter(url=url).using_db(transaction).update(read_at=began)


def text_of(body: Body) -> str:
    """A body as the database keeps it."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
