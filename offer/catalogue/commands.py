"""The catalogue's commands, each with the database opened and closed around it.

The command line calls these and prints; it holds no database code of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from directory.places import Places
from offer.catalogue import store
from offer.catalogue.advice import advice
from offer.catalogue.files import folders_in, starter_folders
from offer.catalogue.findings import findings
from offer.catalogue.publishing import PublishReport, preview, publish_in
from offer.catalogue.publishing import publish as publish_now
from offer.catalogue.revisions import writing
from offer.catalogue.store import LoadReport, Progress, silent
from offer.db.connections import orm
from offer.db.migrate import Migrated
from offer.db.migrate import migrate as migrate_database
from offer.db.models import Document
from offer.entitlements.schema import Entitlement
from offer.staff.audit import COMMAND_LINE

Say = Callable[[str], object]
STARTER = "starter catalogue"


def unsaid(line: str) -> None:
    """The listener of somebody who does not listen."""


async def migrate(database: str, *, at: datetime, say: Say = unsaid) -> Migrated:
    """`local-offer migrate`: see offer/db/migrate.py."""
    return await migrate_database(database, at=at, progress=say)


async def load(
    database: str,
    folder: Path | None = None,
    *,
    at: datetime,
    dry_run: bool = False,
    progress: Progress = silent,
) -> LoadReport:
    """`local-offer load [DIR]`: the starter catalogue without a folder. Ends 1 when `report.refused`."""
    folders = folders_in(folder) if folder else starter_folders()
    async with orm(database):
        return await store.load(folders, at=at, dry_run=dry_run, progress=progress, by=COMMAND_LINE)


async def dump(database: str, folder: Path, *, progress: Progress = silent) -> int:
    """`local-offer dump DIR`: the number of files that changed."""
    async with orm(database):
        return await store.dump(folder, progress)


async def publish(database: str, *, at: datetime, author: str, note: str = "") -> PublishReport:
    """`local-offer publish`: checked by offer/catalogue/findings.py. Ends 1 when `report.refused`."""
    async with orm(database):
        return await publish_now(at=at, author=author, note=note, findings=findings, by=COMMAND_LINE)


async def look_over(database: str, places: Places, *, today: date) -> tuple[list[str], bool]:
    """`local-offer publish --check`: every finding as a line, and whether something would be refused."""
    async with orm(database):
        refused, candidates = await preview(findings)
    entries = [each.document for each in candidates if isinstance(each.document, Entitlement)]
    odd = [f"look at: {finding}" for finding in advice(entries, places, today)]
    lines = [f"not to be published: {finding}" for finding in refused] + odd
    return [*lines, f"{len(refused)} to mend, {len(odd)} to look at; nothing was published"], bool(refused)


@dataclass(frozen=True, slots=True)
class SetUp:
    """What `make run` had to do before serving."""

    migrated: Migrated
    loaded: LoadReport | None
    published: PublishReport | None


async def set_up(database: str, *, at: datetime, say: Say = unsaid, progress: Progress = silent) -> SetUp:
    """Migrates, then loads and publishes the starter catalogue only into an empty database.

    Loading and publishing are one transaction: what is loaded would not be published by the next start.
    """
    migrated = await migrate(database, at=at, say=say)
    async with orm(database):
        if await Document.exists():
            return SetUp(migrated, None, None)
        records, refused = store.read_folders(starter_folders(), progress)
        async with writing() as transaction:
            if await Document.exists(using_db=transaction):  # another process was first
                return SetUp(migrated, None, None)
            loaded = await store.load_in(transaction, records, refused, at=at, author=STARTER)
            published = await publish_in(transaction, at=at, author=STARTER, findings=findings)
    return SetUp(migrated, loaded, published)
