"""The versions of a document: who wrote each, when the public saw it, what differs, and going back to one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ValidationError
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.documents import document_of
from offer.catalogue.findings import findings
from offer.catalogue.publishing import publish_in
from offer.catalogue.revisions import ChangedMeanwhile, Stamp, save_in, writing
from offer.db.errors import Refused
from offer.db.models import PublishedRevision, Revision
from offer.staff import audit
from offer.staff.acts import author_of, refuse_unpublished
from offer.staff.audit import By
from offer.staff.change_rows import open_changes_of


@dataclass(frozen=True, slots=True)
class Version:
    """One kept version. `since`, `until`: which catalogue versions showed it; None for never, or still."""

    number: int
    author: str
    at: datetime
    origin: str
    state: str
    note: str
    digest: str  # of its content: two versions that say the same have the same
    since: int | None
    until: int | None

    @property
    def is_public(self) -> bool:
        """Whether the public sees it now."""
        return self.since is not None and self.until is None


def why_not_back(held: Sequence[Version], number: int) -> str:
    """What keeps a version from being brought back, in words; "" where nothing does."""
    wanted = next((each for each in held if each.number == number), None)
    if wanted is None or wanted.since is None or wanted.is_public:
        return "Only a version that the public saw before can be brought back."
    if any(each.is_public and each.digest == wanted.digest for each in held):
        return "The public reads the very same now: there is nothing to bring back."
    return ""


async def versions(connection: BaseDBAsyncClient, kind: str, slug: str) -> list[Version]:
    """Every version, the newest first."""
    shown: dict[int, tuple[int, int | None]] = {}
    spans = PublishedRevision.filter(revision__document__kind=kind, revision__document__slug=slug)
    ordered = spans.using_db(connection).order_by("since")
    for revision, since, until in await ordered.values_list("revision_id", "since", "until"):
        shown[revision] = (shown.get(revision, (since, None))[0], until)
    rows = Revision.filter(document__kind=kind, document__slug=slug).using_db(connection).order_by("-number")
    fields = ("id", "number", "author", "at", "origin", "state", "note", "digest")
    listed = await rows.values_list(*fields)
    return [Version(*each[1:], *shown.get(each[0], (None, None))) for each in listed]


async def body_of_version(
    connection: BaseDBAsyncClient, kind: str, slug: str, number: int
) -> Mapping[str, Any] | None:
    """A version as it is kept; None where there is none."""
    row = await _revision(connection, kind, slug, number)
    body: dict[str, Any] | None = json.loads(row.body) if row else None
    return body


def words_of_back(number: int) -> str:
    """Why a version was saved that says again what an earlier one said."""
    return f"Back to version {number}."


async def go_back(
    connection: BaseDBAsyncClient, kind: str, slug: str, number: int, opened: int, by: By, at: datetime
) -> int:
    """Makes an earlier version, once public, the newest again and publishes it alone; its number.

    All of it, or nothing. The versions between stay in the history. Raises `ChangedMeanwhile` where
    somebody saved after revision `opened`, `Refused` for a version the
    public never saw or sees now, and where an approved change of it waits: its hour would pass in vain.
    """
    words, author = words_of_back(number), author_of(by)
    async with writing() as transaction:
        await _refuse_to_go_back(transaction, kind, slug, number, opened)
        wanted = await _document(transaction, kind, slug, number)
        made = await save_in(transaction, kind, wanted, Stamp(author, at, note=words), opened=opened)
        report = await publish_in(
            transaction, at=at, author=author, note=words, findings=findings, only={(kind, slug)}
        )
        refuse_unpublished(report, kind, slug)
        told = {"to": str(number), "revision": str(made)}
        await audit.append(transaction, by, "went back", f"{kind} {slug}", at, told)
    return made


async def _refuse_to_go_back(
    connection: BaseDBAsyncClient, kind: str, slug: str, number: int, opened: int
) -> None:
    held = await versions(connection, kind, slug)
    if not held or held[0].number != opened:
        raise ChangedMeanwhile("Somebody else saved this after you opened it.", "Look at it again.")
    if why := why_not_back(held, number):
        raise Refused(why)
    waiting = [each for each in await open_changes_of(connection, kind, slug) if each.state == "approved"]
    if waiting:
        title = waiting[0].title
        raise Refused(f"The change “{title}” is approved and begins from this.", "Send that back first.")


async def _document(connection: BaseDBAsyncClient, kind: str, slug: str, number: int) -> BaseModel:
    row = await _revision(connection, kind, slug, number)
    try:
        return document_of(kind, row.body if row else "")
    except ValidationError as fault:
        raise Refused("This version of the service cannot read it any more.") from fault


async def _revision(connection: BaseDBAsyncClient, kind: str, slug: str, number: int) -> Revision | None:
    rows = Revision.filter(document__kind=kind, document__slug=slug, number=number).using_db(connection)
    return await rows.first()
