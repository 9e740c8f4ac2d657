"""Every version of every document is kept. All writing goes through here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.catalogue.documents import digest_of, slug_of, text_of
from offer.db.errors import Refused
from offer.db.models import THE_ROW, CatalogueVersion, Document, Revision

Origin = Literal["loaded", "imported", "staff"]
State = Literal["ready", "draft"]


class ChangedMeanwhile(Refused):
    """Somebody else saved the document after it was opened; nothing was saved over their work."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who wrote, when, where from and why."""

    author: str
    at: datetime
    origin: Origin = "staff"
    state: State = "ready"
    note: str = ""


@asynccontextmanager
async def writing() -> AsyncIterator[BaseDBAsyncClient]:
    """One transaction that writes to the catalogue; a second writer waits for the first to end.

    SQLite takes its write lock at BEGIN, PostgreSQL the version row's lock.
    """
    async with in_transaction() as transaction:
        await CatalogueVersion.select_for_update().using_db(transaction).get(id=THE_ROW)
        yield transaction


def revision_of(document_id: int, number: int, document: BaseModel, stamp: Stamp) -> Revision:
    """A revision not yet saved."""
    text = text_of(document)
    return Revision(
        document_id=document_id, number=number, body=text, digest=digest_of(text), author=stamp.author,
        at=stamp.at, origin=stamp.origin, state=stamp.state, note=stamp.note,
    )  # fmt: skip


async def save(kind: str, document: BaseModel, stamp: Stamp, *, opened: int | None = None) -> int:
    """Saves a document as its next revision and returns that number; the same content is not saved twice.

    `opened` is the revision the writer began from: when the document has moved on
    since, `ChangedMeanwhile` is raised. 0 means "there was none".
    """
    async with writing() as transaction:
        return await save_in(transaction, kind, document, stamp, opened=opened)


async def save_in(
    transaction: BaseDBAsyncClient, kind: str, document: BaseModel, stamp: Stamp, *, opened: int | None = None
) -> int:
    """`save` as a part of somebody's own `writing()`."""
    slug = slug_of(document)
    row = await Document.filter(kind=kind, slug=slug).using_db(transaction).first()
    newest = row.newest if row else 0
    if opened is not None and opened != newest:
        message = f"Somebody else saved '{slug}' after you opened it."
        raise ChangedMeanwhile(message, "Look at their version, then make your change again.")
    revision = revision_of(0, newest + 1, document, stamp)
    if row is None:
        row = Document(kind=kind, slug=slug, newest=1, newest_digest=revision.digest)
    elif row.newest_digest == revision.digest and await _stands(transaction, row, stamp.state):
        return newest
    row.newest, row.newest_digest = revision.number, revision.digest
    await row.save(using_db=transaction)
    revision.document_id = row.id
    await revision.save(using_db=transaction)
    return revision.number


async def _stands(connection: BaseDBAsyncClient, row: Document, state: State) -> bool:
    """Whether the newest revision is already in that state."""
    newest = await Revision.get(document_id=row.id, number=row.newest, using_db=connection)
    return newest.state == state


async def history(kind: str, slug: str) -> list[Revision]:
    """The revisions of a document, newest first; empty where there is no such document."""
    return await Revision.filter(document__kind=kind, document__slug=slug).order_by("-number")
