"""Publishing: one transaction moves the public to the newest checked revisions, and counts one up.

What is already published stays until something better replaces it: a document
that fails a check keeps its published revision, or stays out if it has none.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import BaseModel, ValidationError
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.functions import Max

from offer.catalogue.documents import is_public, read_body
from offer.catalogue.revisions import writing
from offer.db.models import THE_ROW, CatalogueVersion, Publication, PublishedRevision, Revision

CHANNEL = "local_offer_catalogue"  # PostgreSQL: a wake-up only, the version row is the truth
Key = tuple[str, str]  # kind and slug


@dataclass(frozen=True, slots=True)
class Candidate:
    """A public document that would be published, and the revision it stands in."""

    kind: str
    slug: str
    document: BaseModel
    revision_id: int
    carried: tuple[tuple[str, BaseModel], ...] = ()  # what a body of the first edition holds besides


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a document may not be published."""

    kind: str
    slug: str
    problem: str

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}: {self.problem}"


Findings = Callable[[Sequence[Candidate]], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class PublishReport:
    """`version` is the catalogue now public; it did not move when `moved` is false."""

    version: int
    moved: bool
    added: tuple[Key, ...]
    changed: tuple[Key, ...]
    removed: tuple[Key, ...]
    refused: tuple[Finding, ...]  # these revisions were not published
    doubtful: tuple[Finding, ...]  # already public and left so, though they fail a check now

    def lines(self) -> list[str]:
        """The report in plain lines: what was refused first."""
        said = [f"not published: {finding}" for finding in self.refused]
        said += [f"still published, but look at it: {finding}" for finding in self.doubtful]
        if not self.moved:
            return [*said, f"nothing new to publish; the catalogue is version {self.version}"]
        counts = f"{len(self.added)} new, {len(self.changed)} changed, {len(self.removed)} taken away"
        return [*said, f"published version {self.version}: {counts}"]


def no_findings(candidates: Sequence[Candidate]) -> Iterable[Finding]:
    """Checks nothing beyond the schema."""
    return ()


async def publish(
    *,
    at: datetime,
    author: str,
    note: str = "",
    findings: Findings = no_findings,
    only: Collection[Key] | None = None,
) -> PublishReport:
    """Publishes the newest ready revision of every public document, or of those in `only`.

    `findings` sees all candidates together, so that it can check what one says of
    another; a document it names is refused, and the rest are checked again.
    """
    async with writing() as transaction:
        return await publish_in(transaction, at=at, author=author, note=note, findings=findings, only=only)


async def publish_in(
    transaction: BaseDBAsyncClient,
    *,
    at: datetime,
    author: str,
    note: str = "",
    findings: Findings = no_findings,
    only: Collection[Key] | None = None,
) -> PublishReport:
    """`publish` as a part of somebody's own `writing()`."""
    row = await CatalogueVersion.get(id=THE_ROW, using_db=transaction)
    choice = await _choose(transaction, only)
    await asyncio.to_thread(choice.check, findings)  # other requests go on meanwhile
    before, after = choice.current, choice.after()
    moved = before != after
    report = PublishReport(
        version=row.number + moved,
        moved=moved,
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(key for key in after.keys() & before.keys() if after[key] != before[key])),
        removed=tuple(sorted(before.keys() - after.keys())),
        refused=tuple(choice.refused),
        doubtful=tuple(choice.doubtful),
    )
    if moved:
        await _move(transaction, report, before, after)
        await _record(transaction, report, at, author, note)
    return report


async def publish_settings(connection: BaseDBAsyncClient, *, at: datetime, author: str, note: str) -> int:
    """A version with the same documents, so that every process reads what a council set; its number.

    Within a transaction of `writing`.
    """
    row = await CatalogueVersion.get(id=THE_ROW, using_db=connection)
    report = PublishReport(row.number + 1, True, (), (), (), (), ())
    await _record(connection, report, at, author, note)
    return report.version


async def preview(findings: Findings) -> tuple[list[Finding], list[Candidate]]:
    """What `publish` would refuse or doubt now, and all that would then be public. Changes nothing."""
    async with writing() as transaction:
        choice = await _choose(transaction)
    choice.check(findings)
    return [*choice.refused, *choice.doubtful], list(choice.chosen.values())


@dataclass(slots=True)
class _Choice:
    """Which revision of each document the public is to see."""

    current: dict[Key, int]  # revision ids now public
    chosen: dict[Key, Candidate]
    fallback: Mapping[Key, Candidate]  # the public revisions, read, for falling back to
    unread: dict[Key, int] = field(default_factory=dict)  # public, not readable now, left where it is
    refused: list[Finding] = field(default_factory=list)
    doubtful: list[Finding] = field(default_factory=list)

    def check(self, findings: Findings) -> None:
        """Refuses what fails, until nothing new fails; each round settles at least one document."""
        while True:
            found = list(findings(tuple(self.chosen.values())))
            new = [f for f in found if self._is_new((f.kind, f.slug))]
            if not new:
                self.doubtful = [f for f in found if (f.kind, f.slug) in self.chosen]
                return
            self.refused += new
            for key in {(f.kind, f.slug) for f in new}:
                self.fall_back(key)

    def _is_new(self, key: Key) -> bool:
        return key in self.chosen and self.chosen[key].revision_id != self.current.get(key)

    def fall_back(self, key: Key) -> None:
        """Back to what is public now, or to nothing."""
        self.chosen.pop(key, None)
        if key in self.fallback:
            self.chosen[key] = self.fallback[key]
        elif key in self.current:
            self.unread[key] = self.current[key]

    def after(self) -> dict[Key, int]:
        """The revision ids to be public."""
        return self.unread | {key: candidate.revision_id for key, candidate in self.chosen.items()}


async def _choose(connection: BaseDBAsyncClient, only: Collection[Key] | None = None) -> _Choice:
    current = await _current(connection)
    newest = await _newest(connection)
    if only is not None:
        newest = current | {key: id_ for key, id_ in newest.items() if key in only}
    read = await _read(connection, set(current.values()) | set(newest.values()))
    fallback = {key: read[id_] for key, id_ in current.items() if isinstance(read[id_], Candidate)}
    choice = _Choice(current, {}, fallback)  # type: ignore[arg-type]
    for key, id_ in newest.items():
        found = read[id_]
        if isinstance(found, Finding):
            choice.refused.append(found)
            choice.fall_back(key)
        elif is_public(found.document):
            choice.chosen[key] = found
    return choice


async def _current(connection: BaseDBAsyncClient) -> dict[Key, int]:
    fields = ("revision_id", "revision__document__kind", "revision__document__slug")
    spans = await PublishedRevision.filter(until=None).using_db(connection).values_list(*fields)
    return {(kind, slug): revision_id for revision_id, kind, slug in spans}


async def _newest(connection: BaseDBAsyncClient) -> dict[Key, int]:
    """The newest ready revision of every document; a staff draft waits without holding it back."""
    ready = Revision.filter(state="ready").using_db(connection)
    tops = await ready.annotate(top=Max("number")).group_by("document_id").values_list("document_id", "top")
    top = dict(tops)
    fields = ("id", "document_id", "number", "document__kind", "document__slug")
    rows = await ready.values_list(*fields)
    return {(kind, slug): id_ for id_, document, number, kind, slug in rows if number == top[document]}


async def _read(connection: BaseDBAsyncClient, ids: set[int]) -> dict[int, Candidate | Finding]:
    fields = ("id", "body", "document__kind", "document__slug")
    rows = await Revision.filter(id__in=sorted(ids)).using_db(connection).values_list(*fields)
    return await asyncio.to_thread(_read_all, rows)


def _read_all(rows: Iterable[tuple[int, str, str, str]]) -> dict[int, Candidate | Finding]:
    found: dict[int, Candidate | Finding] = {}
    for id_, body, kind, slug in rows:
        try:
            read = read_body(kind, body)
            found[id_] = Candidate(kind, slug, read.document, id_, read.carried)
        except ValidationError as fault:
            first = fault.errors()[0]
            place = ".".join(map(str, first["loc"]))
            found[id_] = Finding(kind, slug, f"{place}: {first['msg']}")
    return found


async def _move(
    connection: BaseDBAsyncClient, report: PublishReport, before: Mapping[Key, int], after: Mapping[Key, int]
) -> None:
    """Closes the spans that end and opens those that begin at the new version."""
    ended = [before[key] for key in (*report.changed, *report.removed)]
    if ended:
        spans = PublishedRevision.filter(revision_id__in=ended, until=None).using_db(connection)
        await spans.update(until=report.version)
    begun = [
        PublishedRevision(revision_id=after[key], since=report.version)
        for key in (*report.added, *report.changed)
    ]
    await PublishedRevision.bulk_create(begun, using_db=connection)


async def _record(
    connection: BaseDBAsyncClient, report: PublishReport, at: datetime, author: str, note: str
) -> None:
    """The history row and the version row; on PostgreSQL a wake-up that arrives after the commit."""
    await Publication.create(
        using_db=connection, version=report.version, at=at, author=author, note=note,
        added=len(report.added), changed=len(report.changed), removed=len(report.removed),
    )  # fmt: skip
    row = CatalogueVersion.filter(id=THE_ROW).using_db(connection)
    await row.update(number=report.version, published_at=at)
    if connection.capabilities.dialect == "postgres":
        await connection.execute_query(f"SELECT pg_notify('{CHANNEL}', '{report.version}')")
