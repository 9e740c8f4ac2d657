"""What staff lists read from the database: documents in their newest revision, reports, review items."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.db.change_models import StaffChange
from offer.db.models import Document, Feedback, PublishedRevision, ReviewItem, Revision
from offer.feedback.subject import key_of, read_key
from offer.logs import log
from offer.staff.due import Held, held_of
from offer.staff.roles import NATIONAL, scope_of

WAITING = ("new", "read")  # states of a report that nobody has answered


@dataclass(frozen=True, slots=True)
class Told:
    """A report, for staff: its number, never its code. `scope`: of what it is about, national where gone."""

    id: int
    scope: str
    slug: str
    version: int
    day: date
    kind: str
    text: str
    state: str
    answer: str


@dataclass(frozen=True, slots=True)
class Item:
    """A difference between a file and what staff have, waiting for a person."""

    id: int
    kind: str
    slug: str
    file: str
    at: datetime


async def documents(connection: BaseDBAsyncClient, scopes: Collection[str] | None = None) -> list[Held]:
    """Every document of the scopes (None: of all), in its newest revision."""
    newest = dict(await Document.all().using_db(connection).values_list("id", "newest"))
    numbers = await Revision.all().using_db(connection).values_list("id", "document_id", "number")
    ids = [id_ for id_, document, number in numbers if newest.get(document) == number]
    return await _held(connection, ids, scopes)


async def document(connection: BaseDBAsyncClient, kind: str, slug: str) -> Held | None:
    """One document; None where there is none, or none we can read."""
    row = await Document.filter(kind=kind, slug=slug).using_db(connection).first()
    if row is None:
        return None
    newest = Revision.filter(document_id=row.id, number=row.newest).using_db(connection)
    found = await _held(connection, [row.id for row in await newest.only("id")], None)
    return found[0] if found else None


async def _held(connection: BaseDBAsyncClient, ids: list[int], scopes: Collection[str] | None) -> list[Held]:
    live = PublishedRevision.filter(until=None).using_db(connection)
    public = set(await live.values_list("revision_id", flat=True))
    fields = ("id", "document__kind", "document__slug", "number", "body", "state")
    rows = await Revision.filter(id__in=ids).using_db(connection).values_list(*fields)
    found = []
    for id_, kind, slug, number, body, state in rows:
        try:
            held = held_of(kind, slug, number, body, state, is_public=id_ in public)
        except (KeyError, ValueError) as fault:  # of an edition we cannot read: doctor and load say so
            log().warning("document not listed", document_kind=kind, slug=slug, fault=type(fault).__name__)
            continue
        if scopes is None or scope_of(held.authority) in scopes:
            found.append(held)
    return found


async def scope_of_entry(connection: BaseDBAsyncClient, kind: str, slug: str) -> str | None:
    """The scope a document belongs to; None where there is no such document."""
    held = await document(connection, kind, slug)
    return scope_of(held.authority) if held else None


async def scope_of_report(connection: BaseDBAsyncClient, report: int) -> str | None:
    """The scope of the entry a report is about; national where that entry is gone; None for no report."""
    row = await Feedback.get_or_none(id=report, using_db=connection)
    return (await scope_of_entry(connection, *read_key(row.slug)) or NATIONAL) if row else None


async def scope_of_change(connection: BaseDBAsyncClient, change: int) -> str | None:
    """The scope of a change; None for no change."""
    row = await StaffChange.get_or_none(id=change, using_db=connection)
    return row.scope if row else None


async def told(
    connection: BaseDBAsyncClient, scopes: Collection[str], *, waiting: bool = False
) -> list[Told]:
    """The reports about entries of the scopes, the oldest first; all, or those that wait."""
    rows = Feedback.filter(state__in=WAITING) if waiting else Feedback.all()
    owners = {key_of(each.kind, each.slug): scope_of(each.authority) for each in await documents(connection)}
    held = await rows.using_db(connection).order_by("day", "id")
    found = (_told(row, owners.get(row.slug, NATIONAL)) for row in held)
    return [each for each in found if each.scope in scopes]


async def report_of(connection: BaseDBAsyncClient, report: int) -> Told | None:
    """One report."""
    row = await Feedback.get_or_none(id=report, using_db=connection)
    scope = await scope_of_report(connection, report) if row else None
    return _told(row, scope) if row and scope else None


async def reports_about(connection: BaseDBAsyncClient, kind: str, slug: str, scope: str) -> list[Told]:
    """The reports about one entry or service of a scope, the newest first."""
    key = key_of(kind, slug)
    rows = await Feedback.filter(slug=key).using_db(connection).order_by("-day", "-id") if key else []
    return [_told(row, scope) for row in rows]


def _told(row: Feedback, scope: str) -> Told:
    return Told(row.id, scope, row.slug, row.version, row.day, row.kind, row.text, row.state, row.answer)


async def open_items(connection: BaseDBAsyncClient) -> list[Item]:
    """Every open review item, the oldest first."""
    fields = ("id", "document__kind", "document__slug", "file", "at")
    rows = ReviewItem.filter(state="open").using_db(connection).order_by("at", "id")
    return [Item(*each) for each in await rows.values_list(*fields)]
