"""Publishing: one transaction moves the public to the newest checked revisions, and counts one up.

What is already published stays until something better replaces it: a document
that fails a check keeps its published revision, or stays out if it has none.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.candidates import Candidate, Finding, Findings, Key
from offer.catalogue.choosing import AT_ONCE, choose
from offer.catalogue.revisions import writing
from offer.db.models import THE_ROW, CatalogueVersion, Publication, PublishedRevision
from offer.staff import audit
from offer.staff.audit import By

CHANNEL = "local_offer_catalogue"  # PostgreSQL: a wake-up only, the version row is the truth


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

    @property
    def counts(self) -> dict[str, str]:
        """What became public and what no longer is, for the audit log."""
        done = {"new": self.added, "changed": self.changed, "taken away": self.removed}
        return {name: str(len(keys)) for name, keys in done.items() if keys}

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
    by: By | None = None,
) -> PublishReport:
    """Publishes the newest ready revision of every public document, or of those in `only`.

    `findings` sees all candidates together, so that it can check what one says of
    another; a document it names is refused, and the rest are checked again. `by`: whose act it is, for
    the audit log.
    """
    async with writing() as transaction:
        report = await publish_in(transaction, at=at, author=author, note=note, findings=findings, only=only)
        if by and report.moved:
            about = f"catalogue version {report.version}"
            await audit.append(transaction, by, "published", about, at, report.counts)
    return report


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
    choice = await choose(transaction, only)
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
        choice = await choose(transaction)
    choice.check(findings)
    return [*choice.refused, *choice.doubtful], list(choice.chosen.values())


async def _move(
    connection: BaseDBAsyncClient, report: PublishReport, before: Mapping[Key, int], after: Mapping[Key, int]
) -> None:
    """Closes the spans that end and opens those that begin at the new version."""
    ended = [before[key] for key in (*report.changed, *report.removed)]
    for start in range(0, len(ended), AT_ONCE):
        some = ended[start : start + AT_ONCE]
        spans = PublishedRevision.filter(revision_id__in=some, until=None).using_db(connection)
        await spans.update(until=report.version)
    begun = [
        PublishedRevision(revision_id=after[key], since=report.version)
        for key in (*report.added, *report.changed)
    ]
    await PublishedRevision.bulk_create(begun, AT_ONCE, using_db=connection)


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
