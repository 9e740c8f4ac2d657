"""Everything of one place as a zip, made as it is sent: neither memory nor disk grows with it.

No secret, no code of a report, nothing of an account but its team.
"""

import io
import json
import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.documents import KINDS
from offer.catalogue.files import file_text
from offer.db.change_models import StaffChange, StaffChangeItem, StaffComment, StaffScope, YouSaid
from offer.db.models import Document, Feedback, Publication, PublishedRevision, ReviewItem, Revision
from offer.db.staff_models import AuditRow
from offer.staff.exchange import held_of

_AT_ONCE = 100  # rows read together
_ACCOUNT = re.compile(r", account [0-9]+")
Line = dict[str, Any]

README = """Everything this service holds of one place.

documents/      each document as it stands now, as YAML: `local-offer load documents` brings them in again
revisions       every version of every document: who (team), when, why, and its body
published       which version the public saw, from which published list until which
lists           every published list: when, why, how much changed
changes         changes of staff, with the documents in them and what was said about them
reports         what people told us about these pages; no report's code is here
you-said        what we told everybody about them
files           files that differed from what staff wrote, and what was decided
settings        what this place has set for itself
log             what staff did to these documents, changes and reports, with the seals of the rows

Each but the first is a file of JSON lines: one row a line. Staff are named by their team only; the seal of
a row of the log was made with the account's number, so it can be compared with the log, not made again.
"""


@dataclass(slots=True)
class _Pipe(io.RawIOBase):
    """What a zip writes into: a little at a time, taken out again at once."""

    held: bytearray

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.held += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since."""
        data = bytes(self.held)
        self.held.clear()
        return data


async def full_copy(connection: BaseDBAsyncClient, scope: str, at: datetime) -> AsyncIterator[bytes]:
    """The zip of a place, in pieces."""
    pipe = _Pipe(bytearray())
    held = await held_of(connection, scope)
    ids = await _ids(connection, set(held))
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", f"{README}\nPlace: {scope}. Made: {at.isoformat()}\n")
        for each in held.values():
            name = f"documents/{KINDS[each.kind].plural}/{each.slug}.yaml"
            archive.writestr(name, file_text(each.document))
            yield pipe.taken()
        for name, lines in _tables(connection, scope, ids, {f"{kind} {slug}" for kind, slug in held}):
            with archive.open(f"{name}.jsonl", "w") as part:
                async for line in lines:
                    part.write(json.dumps(line, ensure_ascii=False, default=str).encode() + b"\n")
                    yield pipe.taken()
    yield pipe.taken()


async def _ids(connection: BaseDBAsyncClient, keys: set[tuple[str, str]]) -> dict[int, tuple[str, str]]:
    rows = await Document.all().using_db(connection).values_list("id", "kind", "slug")
    return {id_: (kind, slug) for id_, kind, slug in rows if (kind, slug) in keys}


def _tables(
    connection: BaseDBAsyncClient, scope: str, ids: Mapping[int, tuple[str, str]], about: set[str]
) -> Iterable[tuple[str, AsyncIterator[Line]]]:
    """Each file of rows with what fills it."""
    slugs = sorted({slug for kind, slug in ids.values() if kind in ("entitlement", "service")})
    mine = sorted(ids)

    def rows(query: Any, said: Callable[[Any], Line]) -> AsyncIterator[Line]:
        return _rows(query.using_db(connection), said)

    def named(row: Any) -> Line:
        kind, slug = ids[row.document_id]
        return {"kind": kind, "id": slug}

    yield "revisions", rows(Revision.filter(document_id__in=mine), lambda row: named(row) | _revision(row))
    yield (
        "published",
        rows(
            PublishedRevision.filter(revision__document_id__in=mine).select_related("revision"),
            lambda row: (
                named(row.revision) | {"version": row.revision.number, "since": row.since, "until": row.until}
            ),
        ),
    )
    yield "lists", rows(Publication.all(), _publication)
    yield "changes", _changes(connection, scope)
    yield "reports", rows(Feedback.filter(slug__in=slugs), _report)
    yield "you-said", rows(YouSaid.filter(scope=scope), _you_said)
    yield "files", rows(ReviewItem.filter(document_id__in=mine), lambda row: named(row) | _file(row))
    yield "settings", _settings(connection, scope)
    yield "log", _log(connection, scope, about, slugs)


async def _rows(query: Any, said: Callable[[Any], Line]) -> AsyncIterator[Line]:
    last = 0
    while True:
        found = await query.filter(id__gt=last).order_by("id").limit(_AT_ONCE)
        for row in found:
            yield said(row)
            last = row.id
        if len(found) < _AT_ONCE:
            return


def _team(author: str) -> str:
    return _ACCOUNT.sub("", author)


def _revision(row: Revision) -> Line:
    return {
        "version": row.number, "at": row.at, "by": _team(row.author), "origin": row.origin,
        "state": row.state, "note": row.note, "body": json.loads(row.body),
    }  # fmt: skip


def _publication(row: Publication) -> Line:
    return {
        "list": row.version, "at": row.at, "by": _team(row.author), "note": row.note,
        "added": row.added, "changed": row.changed, "removed": row.removed,
    }  # fmt: skip


def _report(row: Feedback) -> Line:
    return {
        "id": row.slug, "list": row.version, "day": row.day, "kind": row.kind, "text": row.text,
        "state": row.state, "answer": row.answer,
    }  # fmt: skip


def _you_said(row: YouSaid) -> Line:
    return {"id": row.slug, "you_said": row.you_said, "we_did": row.we_did, "on": row.on}


def _file(row: ReviewItem) -> Line:
    return {
        "file": row.file, "at": row.at, "state": row.state, "decided_at": row.decided_at,
        "decided_by": _team(row.decided_by or ""), "body": json.loads(row.body),
    }  # fmt: skip


async def _changes(connection: BaseDBAsyncClient, scope: str) -> AsyncIterator[Line]:
    async for row in _rows(StaffChange.filter(scope=scope).using_db(connection), lambda row: {"row": row}):
        change = row["row"]
        items = await StaffChangeItem.filter(change_id=change.id).using_db(connection).order_by("id")
        said = await StaffComment.filter(change_id=change.id).using_db(connection).order_by("id")
        yield {
            "change": change.id, "title": change.title, "note": change.note, "state": change.state,
            "by": change.team, "at": change.created_at, "changed_at": change.changed_at,
            "list": change.version,
            "documents": [
                {"kind": i.kind, "id": i.slug, "act": i.act, "base": i.base, "body": json.loads(i.body)}
                for i in items
            ],
            "said": [{"at": each.at, "by": each.team, "text": each.text} for each in said],
        }  # fmt: skip


async def _settings(connection: BaseDBAsyncClient, scope: str) -> AsyncIterator[Line]:
    row = await StaffScope.get_or_none(scope=scope, using_db=connection)
    if row is not None:
        yield {
            "four_eyes": row.four_eyes, "team": row.team, "mail": row.mail,
            "escalate_mail": row.escalate_mail, "colour": row.colour, "words": json.loads(row.words),
            "started_at": row.started_at,
        }  # fmt: skip


async def _log(
    connection: BaseDBAsyncClient, scope: str, about: set[str], slugs: list[str]
) -> AsyncIterator[Line]:
    changes = await StaffChange.filter(scope=scope).using_db(connection).values_list("id", flat=True)
    reports = await Feedback.filter(slug__in=slugs).using_db(connection).values_list("id", flat=True)
    wanted = {*about, scope, f"scope {scope}", *(f"change {each}" for each in changes)}
    wanted |= {f"report {each}" for each in reports}
    async for row in _rows(AuditRow.all().using_db(connection), lambda row: {"row": row}):
        each: AuditRow = row["row"]
        if each.about in wanted:
            yield {
                "row": each.id, "at": each.at, "by": each.team, "act": each.act, "about": each.about,
                "detail": json.loads(each.detail), "previous": each.previous, "seal": each.hash,
            }  # fmt: skip
