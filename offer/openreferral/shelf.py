"""What the database holds of a feed: read once before an import, and written all at once after it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, cast

from pydantic import ValidationError
from tortoise.backends.base.client import BaseDBAsyncClient

from directory.openreferral.likeness import Known, Traits, traits_of
from directory.openreferral.reading import RecordKind
from directory.records import Location, Record, Service
from offer.catalogue.documents import Body, digest_of, document_of
from offer.catalogue.revisions import State, writing
from offer.db.models import Document, Feed, ImportedRecord, Revision
from offer.staff import audit
from offer.staff.audit import COMMAND_LINE

Key = tuple[RecordKind, str]  # kind and remote id
KINDS: tuple[RecordKind, ...] = ("organisation", "location", "service")
AUTHOR = "local-offer import oruk"
AT_ONCE = 100  # records written by one statement
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


async def write(url: str, actions: Iterable[Action], at: datetime, *, whole: bool = False) -> list[Action]:
    """Writes records in one transaction; gives back those that somebody changed meanwhile, unwritten.

    `whole`: the feed was read to its end, so that the next import may ask only for what changed since `at`.
    """
    left: list[Action] = []
    coming, count = iter(actions), 0
    async with writing() as transaction:
        feed, _ = await Feed.get_or_create(url=url, using_db=transaction)
        while some := list(islice(coming, AT_ONCE)):
            left += await _write(transaction, feed, some, at)
            count += len(some)
        if whole:
            await Feed.filter(id=feed.id).using_db(transaction).update(read_at=at)
        if written := count - len(left):
            told = {"records": str(written)}
            await audit.append(transaction, COMMAND_LINE, "imported", f"directory {feed.id}", at, told)
    return left


async def _write(
    transaction: BaseDBAsyncClient, feed: Feed, actions: Sequence[Action], at: datetime
) -> list[Action]:
    documents = await _documents(transaction, actions)
    newest = {key: row.newest for key, row in documents.items()}
    ready = [each for each in actions if newest.get((each.kind, each.slug), 0) == each.opened]
    await _revise(transaction, documents, [each for each in ready if each.body is not None], at)
    ids = {key: row.id for key, row in (await _documents(transaction, ready)).items()}
    rows = ImportedRecord.filter(feed_id=feed.id, remote_id__in=[each.remote_id for each in ready])
    known = {(row.kind, row.remote_id): row for row in await rows.using_db(transaction)}
    fresh: list[ImportedRecord] = []
    held: list[ImportedRecord] = []
    for each in ready:
        row = known.get((each.kind, each.remote_id))
        (held if row else fresh).append(_noted(row, feed, each, ids[each.kind, each.slug]))
    await ImportedRecord.bulk_create(fresh, using_db=transaction)
    if held:
        fields = ["document_id", "given", "staged", "first_seen", "missed"]
        await ImportedRecord.bulk_update(held, fields, using_db=transaction)
    return [each for each in actions if each not in ready]


async def _documents(
    transaction: BaseDBAsyncClient, actions: Sequence[Action]
) -> dict[tuple[str, str], Document]:
    """Those that the actions are about and that are there already, by kind and slug."""
    rows = Document.filter(slug__in=[each.slug for each in actions]).using_db(transaction)
    return {(row.kind, row.slug): row for row in await rows}


async def _revise(
    transaction: BaseDBAsyncClient,
    documents: Mapping[tuple[str, str], Document],
    actions: Sequence[Action],
    at: datetime,
) -> None:
    """The next revision of each, of a document that may be new."""
    fresh: list[Document] = []
    held: list[Document] = []
    for each in actions:
        row = documents.get((each.kind, each.slug))
        (held if row else fresh).append(row := row or Document(kind=each.kind, slug=each.slug))
        row.newest, row.newest_digest = each.opened + 1, digest_of(str(each.body))
    await Document.bulk_create(fresh, using_db=transaction)
    if held:
        await Document.bulk_update(held, ["newest", "newest_digest"], using_db=transaction)
    ids = {key: row.id for key, row in (await _documents(transaction, actions)).items()}
    revisions = [
        Revision(
            document_id=ids[each.kind, each.slug], number=each.opened + 1, body=each.body,
            digest=digest_of(str(each.body)), author=AUTHOR, at=at, origin="imported", state=each.state,
            note=each.note,
        )
        for each in actions
    ]  # fmt: skip
    await Revision.bulk_create(revisions, using_db=transaction)


def _noted(row: ImportedRecord | None, feed: Feed, action: Action, document: int) -> ImportedRecord:
    """What we keep of a record of the feed, as the action has it."""
    row = row or ImportedRecord(feed_id=feed.id, kind=action.kind, remote_id=action.remote_id)
    row.document_id, row.staged = document, action.staged
    row.first_seen, row.missed = action.first_seen, action.missed
    if action.given is not None:
        row.given = action.given
    return row


def text_of(body: Body) -> str:
    """A body as the database keeps it."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
