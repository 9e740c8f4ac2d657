"""What is published, and what was: reading only."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from pydantic import BaseModel, ValidationError
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import Q

from directory.records import Record
from offer.catalogue.documents import document_of, is_public, read_body, slug_of
from offer.clock import LONDON
from offer.db.models import THE_ROW, CatalogueVersion, Publication, PublishedRevision
from offer.eligibility.wording import said_day
from offer.entitlements.schema import Entitlement
from offer.errors import PlainError


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


async def read_published(connection: BaseDBAsyncClient, at_version: int | None = None) -> PublishedDocuments:
    """Every public document of the catalogue now published, or as it was at an earlier version.

    The spans of a version never change once it is published, so the documents
    belong together even when somebody publishes between the two queries. A draft
    never comes back, whatever the rows say. Raises `NotPublished` for a version
    that does not exist.
    """
    number, moment = await _publication(connection, at_version)
    shown = Q(since__lte=number) & (Q(until__isnull=True) | Q(until__gt=number))
    fields = ("revision__document__kind", "revision__document__slug", "revision__body")
    spans = PublishedRevision.filter(shown).using_db(connection).order_by(*fields[:2])
    rows = await spans.values_list(*fields)
    found = PublishedDocuments(number, moment, [], [], [])
    await asyncio.to_thread(_sort_all, found, rows)  # half a second for the whole country
    return found


def _sort_all(found: PublishedDocuments, rows: Iterable[tuple[str, str, str]]) -> None:
    carried: dict[tuple[str, str], BaseModel] = {}
    keys = set()
    for kind, slug, body in rows:
        keys.add((kind, slug))
        _sort_in(found, carried, kind, slug, body)
    for key, document in carried.items():
        if key not in keys:
            _put(found, document)


def _sort_in(
    found: PublishedDocuments, carried: dict[tuple[str, str], BaseModel], kind: str, slug: str, body: str
) -> None:
    """One row that this version cannot read must not take the whole catalogue away."""
    try:
        read = read_body(kind, body)
    except (ValidationError, KeyError):
        found.unreadable.append(f"{kind} {slug}")
        return
    if is_public(read.document):
        _put(found, read.document)
        for of, document in read.carried:
            carried.setdefault((of, slug_of(document)), document)


def _put(found: PublishedDocuments, document: BaseModel) -> None:
    if isinstance(document, Entitlement):
        found.entitlements.append(document)
    elif isinstance(document, Record):
        found.records.append(document)


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
