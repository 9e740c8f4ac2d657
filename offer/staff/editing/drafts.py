"""Opening a document to edit it, and putting what was typed into a change, over nobody else's words."""

import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.db.models import Document, Revision
from offer.staff.audit import By
from offer.staff.change import Change, Item, canonical, scope_of_body
from offer.staff.change_rows import change_of, open_changes_of
from offer.staff.changes import open_change, put
from offer.staff.editing.merging import Body, Compared, compared
from offer.staff.versions import body_of_version

LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True)
class Opened:
    """A document as it stands, in a change or in its newest revision. `base`, `edition`: see `Item`."""

    kind: str
    slug: str
    base: int
    edition: int
    body: Body
    change: Change | None
    newest: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed, and what they began from. `was`: the draft they saw, where it was one."""

    kind: str
    slug: str
    body: Body
    change: int | None
    base: int
    edition: int
    was: Body


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody else made of the document since it was opened; `mine` begins from there if kept.

    `published`: it is a newer revision; else another save of the same draft.
    """

    found: Compared
    theirs: Body
    base: int
    edition: int
    published: bool

    @property
    def mark(self) -> str:
        """Which state of the document a choice was made about."""
        return f"{self.base}.{self.edition}"


async def open_document(
    connection: BaseDBAsyncClient, kind: str, slug: str, change: int | None
) -> Opened | None:
    """The draft in that change, else the newest revision; None where there is neither."""
    held = await change_of(connection, change) if change else None
    item = held.item(kind, slug) if held else None
    newest, body = await _newest(connection, kind, slug)
    if held and item:
        return Opened(kind, slug, item.base, item.edition, item.body, held, newest)
    if body is None:
        return None
    return Opened(kind, slug, newest, 0, body, held, newest)


async def _newest(connection: BaseDBAsyncClient, kind: str, slug: str) -> tuple[int, Body | None]:
    row = await Document.filter(kind=kind, slug=slug).using_db(connection).first()
    if row is None:
        return 0, None
    revision = await Revision.get(document_id=row.id, number=row.newest, using_db=connection)
    return row.newest, json.loads(revision.body)


async def meanwhile(connection: BaseDBAsyncClient, draft: Draft) -> Meanwhile | None:
    """What somebody else saved or published since the draft was opened; None for nothing that differs."""
    opened = await open_document(connection, draft.kind, draft.slug, draft.change)
    if opened is None:
        return None
    mine = canonical(draft.kind, draft.body)
    if opened.edition != draft.edition:
        found = compared(draft.was, mine, opened.body)
        return Meanwhile(found, opened.body, opened.base, opened.edition, published=False)
    if opened.newest <= draft.base:
        return None
    was = await body_of_version(connection, draft.kind, draft.slug, draft.base) or {}
    _, theirs = await _newest(connection, draft.kind, draft.slug)
    found = compared(was, mine, theirs or {})
    return Meanwhile(found, theirs or {}, opened.newest, draft.edition, published=True)


async def keep(
    connection: BaseDBAsyncClient, draft: Draft, by: By, at: datetime, scope: str | None = None
) -> int:
    """Puts the draft into its change, or into a new one of `scope` (None: its own); the number of the change.

    The same words sent twice by one person make one change. Raises `ChangedMeanwhile` where somebody was
    faster, and `Refused` for a change that is over or of another scope.
    """
    item = Item(draft.kind, draft.slug, "save", draft.base, draft.body, draft.edition, by.account)
    change = draft.change or await _sent_before(connection, item)
    if change is not None and draft.change is None:
        return change
    async with in_transaction(connection.connection_name) as transaction:  # no change without its draft
        if change is None:
            title = str(draft.body.get("title") or draft.body.get("name") or draft.slug)
            words = f"{'Change' if draft.base else 'New'}: {title}"[:200]
            change = await open_change(transaction, scope or scope_of_body(draft.body), words, by, at)
        await put(transaction, change, item, by, at)
    return change


async def _sent_before(connection: BaseDBAsyncClient, item: Item) -> int | None:
    """The change of the same person with just these words: a button was pressed twice."""
    body = canonical(item.kind, item.body)
    for change in await open_changes_of(connection, item.kind, item.slug):
        held = change.item(item.kind, item.slug)
        if held and (held.account, held.base, held.body) == (item.account, item.base, body):
            return change.id
    return None


async def own_draft(connection: BaseDBAsyncClient, draft: Draft, account: int) -> Change | None:
    """The change in which the same person saved a draft of it already, from the same version; None for none.

    They went back in their browser, or have it open twice: without this a second change would begin.
    """
    for change in await open_changes_of(connection, draft.kind, draft.slug):
        held = change.item(draft.kind, draft.slug)
        if held and change.state == "draft" and (held.account, held.base) == (account, draft.base):
            return change
    return None


async def taken(connection: BaseDBAsyncClient, kind: str, slug: str) -> bool:
    """Whether a document of that address is there, or on its way."""
    there = await Document.filter(kind=kind, slug=slug).using_db(connection).exists()
    return there or bool(await open_changes_of(connection, kind, slug))


async def sent_before(connection: BaseDBAsyncClient, kind: str, slug: str, body: Body, by: By) -> int | None:
    """The change in which the same person began just this new document a moment ago."""
    return await _sent_before(connection, Item(kind, slug, "save", 0, body, 0, by.account))


def slug_from(title: str) -> str:
    """An address made from a title: "Bus passes (Lincoln)" → "bus-passes-lincoln"; "" for none."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain.replace("'", "")))[:LONGEST_SLUG].strip("-")


def in_order(names: Collection[str], *bodies: Mapping[str, Any]) -> dict[str, Any]:
    """Several parts of a body as one, in the schema's order."""
    whole = {name: value for body in bodies for name, value in body.items()}
    return {name: whole[name] for name in names if name in whole}
