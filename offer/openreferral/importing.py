"""Another directory's feed into our catalogue, as drafts: `local-offer import oruk`.

Records come one at a time and are put by in a file, so that the memory does not grow with the feed. When
it was read to its end, or broke off, all are written in one transaction: who is killed before has written
nothing. Nothing here publishes. What becomes of each record: `planning.py`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from directory.openreferral.faults import FeedFault
from directory.openreferral.fetching import fetching
from directory.openreferral.harvesting import Harvest, Progress, base_of, harvest, harvest_file, unseen
from directory.openreferral.limits import Limits
from directory.places import Places
from offer.db.connections import orm
from offer.openreferral.planning import Planner
from offer.openreferral.report import ImportReport
from offer.openreferral.shelf import Shelf, read_shelf, write
from offer.openreferral.spool import Spool


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for. `source`: an address or a file; `authority`: whose directory it comes into."""

    source: str
    authority: str | None = None
    dry_run: bool = False
    allow_private: bool = False
    limits: Limits = field(default_factory=Limits)

    @property
    def file(self) -> Path | None:
        """The file; None for an address."""
        return None if "://" in self.source else Path(self.source)


async def import_feed(
    database: str, order: Order, places: Places, *, at: datetime, progress: Progress = unseen
) -> ImportReport:
    """Reads the feed and writes drafts. Raises FeedFault where there is nothing that could be read."""
    async with orm(database) as connection:
        if order.file is not None:
            found = harvest_file(order.file, order.limits)
            shelf = await read_shelf(connection, f"file:{order.file.name}"[:600])
            return await _import(order, shelf, found, places, at)
        shelf = await read_shelf(connection, base_of(order.source)[:600])
        known = frozenset(remote_id for kind, remote_id in shelf.held if kind == "service")
        async with fetching(order.limits, allow_private=order.allow_private) as fetcher:
            found = await harvest(fetcher, order.source, shelf.since, known, progress)
            return await _import(order, shelf, found, places, at)


async def _import(order: Order, shelf: Shelf, found: Harvest, places: Places, at: datetime) -> ImportReport:
    report = ImportReport(order.source, order.dry_run, list(found.notes))
    planner = Planner(shelf, found, report, places, at.date(), order.authority, order.limits)
    with Spool() as spool:
        try:
            async for fetched in found.services:
                planner.take(fetched)
                spool.add(planner.handed_over())
        except FeedFault as fault:
            report.stopped = str(fault)
        planner.take_missing()
        spool.add(planner.handed_over())
        if not order.dry_run:
            whole = found.listing.complete and not (report.stopped or report.bad)
            if whole or not spool.is_empty:
                left = await write(shelf.url, spool.actions(), at, whole=whole)
                report.waiting += [f"{each.kind} {each.slug}" for each in left]
    return report
