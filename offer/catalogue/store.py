"""Files into the database and out of it. Loading never publishes.

A file is compared with the document as it was last loaded:

* the same: nothing;
* changed, and staff have not touched the document: a new revision;
* changed, and staff have touched it: theirs is kept, and the difference waits
  for a person in the review queue;
* a file that cannot be read is refused with its line, and the rest load.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.documents import KINDS, digest_of, is_public, read_body, slug_of, text_of
from offer.catalogue.files import FileRecord, RefusedRecord, files_of, read_file, write_file
from offer.catalogue.revisions import Stamp, revision_of, writing
from offer.db.errors import Refused
from offer.db.models import Document, ReviewItem, Revision
from offer.staff import audit
from offer.staff.audit import By

Key = tuple[str, str]  # kind and slug
Progress = Callable[[int, int], object]  # done, of how many


def silent(done: int, total: int) -> None:
    """The progress of somebody who does not look."""


@dataclass(slots=True)
class LoadReport:
    """What a load did, or with `dry_run` would do: kind and slug of each document."""

    added: list[Key] = field(default_factory=list)
    changed: list[Key] = field(default_factory=list)
    unchanged: list[Key] = field(default_factory=list)
    queued: list[Key] = field(default_factory=list)  # kept as staff have it; the file waits for review
    waiting: list[Key] = field(default_factory=list)  # as before: already in the queue, or declined
    without_file: list[Key] = field(default_factory=list)  # came from a file that is gone; kept
    refused: list[RefusedRecord] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, str]:
        """What was written, for the audit log; empty for nothing."""
        done = {"new": self.added, "changed": self.changed, "for review": self.queued}
        return {name: str(len(keys)) for name, keys in done.items() if keys}

    def lines(self) -> list[str]:
        """The report in plain lines: the refused files first, then one line of counts."""
        said = [str(fault) for fault in self.refused]
        files = len({fault.file for fault in self.refused})
        said += [
            f"kept as staff have it, the file waits for review: {kind} {slug}" for kind, slug in self.queued
        ]
        said += [f"kept, though its file is gone: {kind} {slug}" for kind, slug in self.without_file]
        counts = f"{len(self.added)} new, {len(self.changed)} changed, {len(self.unchanged)} as before"
        return [*said, f"{counts}, {len(self.queued)} for review, {files} refused"]


def read_folders(
    folders: Mapping[str, Path], progress: Progress = silent
) -> tuple[list[FileRecord], list[RefusedRecord]]:
    """Every document of the folders, by kind and name, and every fault. Touches no database."""
    todo = [(KINDS[name], file) for name, folder in folders.items() for file in files_of(folder)]
    records: list[FileRecord] = []
    refused: list[RefusedRecord] = []
    for done, (kind, file) in enumerate(todo, 1):
        found = read_file(kind, file)
        if isinstance(found, FileRecord):
            records.append(found)
        else:
            refused.extend(found)
        progress(done, len(todo))
    return [*records, *_carried(records)], refused


def _carried(records: Sequence[FileRecord]) -> Iterator[FileRecord]:
    """What files of the first edition hold besides their service, where it has no file of its own."""
    held = {(record.kind, slug_of(record.document)) for record in records}
    for record in sorted(records, key=lambda each: not is_public(each.document)):
        for kind, document in record.carried:
            key = (kind, slug_of(document))
            if key not in held:
                held.add(key)
                yield FileRecord(kind, document, record.file)


async def load(
    folders: Mapping[str, Path],
    *,
    at: datetime,
    author: str = "local-offer load",
    dry_run: bool = False,
    progress: Progress = silent,
    by: By | None = None,
) -> LoadReport:
    """Loads the files of `folders` (kind → folder) in one transaction. Raises `Refused` for bad folders.

    `by`: whose act it is, for the audit log.
    """
    records, refused = read_folders(folders, progress)
    if not records and not refused:
        where = ", ".join(str(folder) for folder in folders.values())
        raise Refused(
            f"There is no catalogue file in {where}.", "Give a folder that 'local-offer dump' wrote."
        )
    async with writing() as transaction:
        report = await load_in(transaction, records, refused, at=at, author=author)
        if by and report.counts:
            await audit.append(transaction, by, "loaded files", "catalogue", at, report.counts)
        if dry_run:
            await transaction.rollback()  # type: ignore[attr-defined]  # its type says less than it is
    return report


async def load_in(
    transaction: BaseDBAsyncClient,
    records: Sequence[FileRecord],
    refused: Sequence[RefusedRecord],
    *,
    at: datetime,
    author: str,
) -> LoadReport:
    """Loads what was read of files, as a part of somebody's own `writing()`."""
    report = LoadReport(refused=list(refused))
    await _Load(transaction, Stamp(author, at, "loaded"), report).run(records)
    return report


class _Load:
    """One load: compares all records in memory, then writes in a few bulk statements."""

    def __init__(self, transaction: BaseDBAsyncClient, stamp: Stamp, report: LoadReport) -> None:
        self._transaction = transaction
        self._stamp = stamp
        self._report = report
        self._new: list[FileRecord] = []
        self._revisions: list[Revision] = []
        self._documents: list[Document] = []
        self._items: list[ReviewItem] = []
        self._moved: list[ReviewItem] = []

    async def run(self, records: Sequence[FileRecord]) -> None:
        held = await Document.all().using_db(self._transaction)
        documents = {(row.kind, row.slug): row for row in held}
        items: dict[int, list[ReviewItem]] = defaultdict(list)
        for item in await ReviewItem.all().using_db(self._transaction):
            items[item.document_id].append(item)
        for record in records:
            key = (record.kind, slug_of(record.document))
            row = documents.get(key)
            if row is None:
                self._report.added.append(key)
                self._new.append(record)
            else:
                self._compare(key, row, record, items[row.id])
        given = {(record.kind, slug_of(record.document)) for record in records}
        given |= {(fault.kind, fault.file.stem) for fault in self._report.refused}
        kinds = {kind for kind, _ in given}
        gone = [
            key
            for key, row in documents.items()
            if row.loaded_digest and key[0] in kinds and key not in given
        ]
        self._report.without_file += sorted(gone)
        await self._write()

    def _compare(self, key: Key, row: Document, record: FileRecord, items: list[ReviewItem]) -> None:
        digest = digest_of(text_of(record.document))
        self._outdate(items, digest)
        if digest == row.newest_digest:
            self._report.unchanged.append(key)
            if row.loaded_digest != digest:  # staff's version has reached the files
                row.loaded_digest = digest
                self._documents.append(row)
        elif digest == row.loaded_digest:
            self._report.unchanged.append(key)
        elif row.newest_digest == row.loaded_digest:
            self._report.changed.append(key)
            self._revisions.append(revision_of(row.id, row.newest + 1, record.document, self._stamp))
            row.newest, row.newest_digest, row.loaded_digest = row.newest + 1, digest, digest
            self._documents.append(row)
        else:
            self._queue(key, row, record, [item for item in items if item.digest == digest])

    def _outdate(self, items: list[ReviewItem], digest: str) -> None:
        for item in items:
            if item.state == "open" and item.digest != digest:
                item.state = "outdated"
                self._moved.append(item)

    def _queue(self, key: Key, row: Document, record: FileRecord, same: list[ReviewItem]) -> None:
        if same and same[0].state != "outdated":
            self._report.waiting.append(key)
            return
        self._report.queued.append(key)
        if same:
            same[0].state = "open"
            self._moved.append(same[0])
            return
        text = text_of(record.document)
        self._items.append(
            ReviewItem(
                document_id=row.id,
                body=text,
                digest=digest_of(text),
                file=record.file.name,
                at=self._stamp.at,
                state="open",
            )
        )

    async def _write(self) -> None:
        using = self._transaction
        await self._add_new()
        if self._documents:
            fields = ["newest", "newest_digest", "loaded_digest"]
            await Document.bulk_update(self._documents, fields, using_db=using)
        if self._moved:
            await ReviewItem.bulk_update(self._moved, ["state"], using_db=using)
        await Revision.bulk_create(self._revisions, using_db=using)
        await ReviewItem.bulk_create(self._items, using_db=using)

    async def _add_new(self) -> None:
        rows = []
        for record in self._new:
            digest = digest_of(text_of(record.document))
            row = Document(
                kind=record.kind,
                slug=slug_of(record.document),
                newest=1,
                newest_digest=digest,
                loaded_digest=digest,
            )
            rows.append(row)
        await Document.bulk_create(rows, using_db=self._transaction)
        listed = await Document.all().using_db(self._transaction).values_list("kind", "slug", "id")
        ids = {(kind, slug): number for kind, slug, number in listed}
        for record in self._new:
            document_id = ids[record.kind, slug_of(record.document)]
            self._revisions.append(revision_of(document_id, 1, record.document, self._stamp))


async def dump(folder: Path, progress: Progress = silent) -> int:
    """Writes the newest revision of every document to `folder`; the number of files that changed."""
    rows = await Document.all().order_by("kind", "slug").values("id", "kind", "slug", "newest")
    carried: dict[Key, BaseModel] = {}  # of services still kept as the first edition did
    try:
        for each in KINDS.values():
            (folder / each.plural).mkdir(parents=True, exist_ok=True)
        written = 0
        for done, row in enumerate(rows, 1):
            revision = await Revision.get(document_id=row["id"], number=row["newest"])
            read = read_body(str(row["kind"]), revision.body)
            written += write_file(folder / KINDS[str(row["kind"])].plural, read.document)
            for kind, document in read.carried:
                if is_public(document) or (kind, slug_of(document)) not in carried:
                    carried[kind, slug_of(document)] = document
            progress(done, len(rows))
        held = {(str(row["kind"]), str(row["slug"])) for row in rows}
        for kind, slug in carried.keys() - held:
            written += write_file(folder / KINDS[kind].plural, carried[kind, slug])
    except OSError as fault:
        raise Refused(
            f"{folder} cannot be written: {fault.strerror}.", "Give a folder you may write in."
        ) from fault
    return written
