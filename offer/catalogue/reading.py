"""What is published, and what was: reading only."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from typing import Self

from pydantic import BaseModel, ValidationError
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import Q

from directory.records import Record
from offer.catalogue.documents import KINDS, document_of, is_public, read_body, slug_of
from offer.clock import LONDON
from offer.db.models import THE_ROW, CatalogueVersion, Publication, PublishedRevision
from offer.eligibility.wording import said_day
from offer.entitlements.schema import Entitlement
from offer.errors import PlainError

_AT_ONCE = 5_000  # rows of documents read at once
_KIND_OF = {kind.model: name for name, kind in KINDS.items()}


class NotPublished(PlainError):  # noqa: N818 - what a person is told
    """There was no catalogue, or no such document in it, on the day or at the version asked about."""


@dataclass(frozen=True, slots=True)
class PublishedDocuments:
    """All that the public may see, as of one catalogue version."""

    version: int  # 0: nothing was ever published
    published_at: datetime | None
    entitlements: list[Entitlement]
    records: list[Record]  # the directory: organisations, locations and services
    unreadable: list[str]  # kind and slug of rows that this version of the service cannot read
    since: int | None = None  # the version it was read on top of; None where all of it was read
    holds_more: bool = False  # some bodies, of the first edition, hold other documents besides their own


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """One document as the public saw it, and the catalogue version that first showed it so."""

    document: BaseModel
    since: int
    published_at: datetime  # of the catalogue version asked about


async def version(connection: BaseDBAsyncClient) -> int:
    """The number of the catalogue now published: one row, cheap enough to ask twice a second."""
    row = await CatalogueVersion.get(id=THE_ROW, using_db=connection)
    return row.number


async def read_published(
    connection: BaseDBAsyncClient, at_version: int | None = None, known: PublishedDocuments | None = None
) -> PublishedDocuments:
    """Every public document of the catalogue now published, or as it was at an earlier version.

    The spans of a version never change once it is published, so the documents
    belong together even when somebody publishes between the queries. A draft
    never comes back, whatever the rows say. Where `known` was read before, only what was
    published since is read, and all else is the very same objects. Raises `NotPublished`
    for a version that does not exist.
    """
    number, moment = await _publication(connection, at_version)
    if known and not known.holds_more and await _follows(connection, known, number):
        found = await _what_is_new(connection, known, number, moment)
        if not found.holds_more:
            return found
    return await _all(connection, number, moment)


async def _all(connection: BaseDBAsyncClient, number: int, moment: datetime | None) -> PublishedDocuments:
    shown = Q(since__lte=number) & (Q(until__isnull=True) | Q(until__gt=number))
    read, last = _Reading(), 0
    while rows := await _page(connection, shown, last):
        last = rows[-1][0]
        await asyncio.to_thread(read.add, [row[1:] for row in rows])  # half a minute for the whole country
    return await asyncio.to_thread(read.sorted, number, moment, None)


async def _what_is_new(
    connection: BaseDBAsyncClient, known: PublishedDocuments, number: int, moment: datetime | None
) -> PublishedDocuments:
    """`known` without what ended since, and with what began."""
    read = _Reading.of(known)
    ended = PublishedRevision.filter(until__gt=known.version, until__lte=number).using_db(connection)
    for kind, slug in await ended.values_list("revision__document__kind", "revision__document__slug"):
        read.drop(kind, slug)
    begun, last = Q(since__gt=known.version, since__lte=number), 0
    begun &= Q(until__isnull=True) | Q(until__gt=number)
    while rows := await _page(connection, begun, last):
        last = rows[-1][0]
        await asyncio.to_thread(read.add, [row[1:] for row in rows])
    return await asyncio.to_thread(read.sorted, number, moment, known.version)


async def _follows(connection: BaseDBAsyncClient, known: PublishedDocuments, number: int) -> bool:
    """Whether this is still the database `known` was read from, some publications on: no older copy of it."""
    if not 0 < known.version <= number:
        return False
    publication = await Publication.get_or_none(version=known.version, using_db=connection)
    return publication is not None and publication.at == known.published_at


async def _page(connection: BaseDBAsyncClient, where: Q, after: int) -> list[tuple[int, str, str, str]]:
    """Some thousand spans with their documents, so that nobody waits long for the connection."""
    fields = ("id", "revision__document__kind", "revision__document__slug", "revision__body")
    spans = PublishedRevision.filter(where, id__gt=after).using_db(connection).order_by("id").limit(_AT_ONCE)
    return [(row[0], row[1], row[2], row[3]) for row in await spans.values_list(*fields)]


class _Reading:
    """Documents by kind and slug, while they are being read."""

    def __init__(self) -> None:
        self._shown: dict[tuple[str, str], BaseModel] = {}
        self._before: dict[tuple[str, str], BaseModel] = {}  # shown until now
        self._unreadable: set[tuple[str, str]] = set()
        self._held: set[tuple[str, str]] = set()
        # what they hold besides, with the key of the one that holds it: of several the first counts
        self._carried: dict[tuple[str, str], tuple[tuple[str, str], BaseModel]] = {}

    @classmethod
    def of(cls, known: PublishedDocuments) -> Self:
        """What was read before."""
        read = cls()
        for document in (*known.entitlements, *known.records):
            read._shown[_KIND_OF[type(document)], slug_of(document)] = document
        read._unreadable = {
            (kind, slug) for kind, _, slug in (said.partition(" ") for said in known.unreadable)
        }
        return read

    def drop(self, kind: str, slug: str) -> None:
        """No longer shown, or not in these words."""
        before = self._shown.pop((kind, slug), None)
        if before is not None:
            self._before[kind, slug] = before
        self._unreadable.discard((kind, slug))

    def add(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Reads kind, slug and body of some rows."""
        for kind, slug, body in rows:
            self._held.add((kind, slug))
            self._add_one(kind, slug, body)

    def _add_one(self, kind: str, slug: str, body: str) -> None:
        """One row that this version cannot read must not take the whole catalogue away.

        While a newer version is rolled out, what stood before is shown until this process ends.
        """
        try:
            read = read_body(kind, body)
        except (ValidationError, KeyError):
            self._unreadable.add((kind, slug))
            if (kind, slug) in self._before:
                self._shown[kind, slug] = self._before[kind, slug]
            return
        if is_public(read.document):
            self._shown[kind, slug] = read.document
            for of, document in read.carried:
                key, holder = (of, slug_of(document)), (kind, slug)
                if key not in self._carried or holder < self._carried[key][0]:
                    self._carried[key] = holder, document

    def sorted(self, number: int, moment: datetime | None, since: int | None) -> PublishedDocuments:
        """All of it in one order, whichever way it was read."""
        carried = {key: each for key, (_, each) in self._carried.items() if key not in self._held}
        found = PublishedDocuments(
            number, moment, [], [], sorted(f"{kind} {slug}" for kind, slug in self._unreadable),
            since=since, holds_more=bool(self._carried),
        )  # fmt: skip
        for _, document in sorted({**self._shown, **carried}.items(), key=itemgetter(0)):
            if isinstance(document, Entitlement):
                found.entitlements.append(document)
            elif isinstance(document, Record):
                found.records.append(document)
        return found


async def _publication(connection: BaseDBAsyncClient, number: int | None) -> tuple[int, datetime | None]:
    if number is None:
        row = await CatalogueVersion.get(id=THE_ROW, using_db=connection)
        return row.number, row.published_at
    publication = await Publication.get_or_none(version=number, using_db=connection)
    if publication is None:
        raise NotPublished(f"There is no catalogue version {number}.")
    return number, publication.at


async def as_published_on(connection: BaseDBAsyncClient, kind: str, slug: str, on: date) -> PublishedDocument:
    """One document as the public saw it at the end of a civil day in England.

    Raises `NotPublished` for a day before the first publication, and for a
    document that was not public then.
    """
    publication = await published_on(connection, on)
    shown = Q(since__lte=publication.version) & (Q(until__isnull=True) | Q(until__gt=publication.version))
    spans = PublishedRevision.filter(
        shown, revision__document__kind=kind, revision__document__slug=slug
    ).using_db(connection)
    rows = await spans.values_list("since", "revision__body")
    if not rows:
        raise NotPublished(f"'{slug}' was not published on {said_day(on)}.")
    since, body = rows[0]
    return PublishedDocument(document_of(kind, body), since, publication.at)


async def published_on(connection: BaseDBAsyncClient, on: date) -> Publication:
    """The publication that the public saw at the end of a civil day in England.

    Raises `NotPublished` for a day before the first publication.
    """
    midnight = datetime.combine(on + timedelta(days=1), time.min, LONDON).astimezone(
        UTC
    )  # SQLite compares text
    earlier = Publication.filter(at__lt=midnight).using_db(connection).order_by("-version")
    publication = await earlier.first()
    if publication is None:
        raise NotPublished(f"Nothing was published by {said_day(on)}.")
    return publication


async def publications(connection: BaseDBAsyncClient, limit: int = 50) -> list[Publication]:
    """The history of publishing, newest first."""
    return await Publication.all().using_db(connection).order_by("-version").limit(limit)
