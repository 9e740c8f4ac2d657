"""Documents in and out: our own files, what is published, and other directories' feeds."""

import asyncio
from pathlib import Path

from directory.openreferral.faults import FeedFault
from directory.openreferral.paging import Window, page_json, to_json
from directory.records import ENGLAND
from offer.catalogue import commands as catalogue
from offer.clock import now, today
from offer.commands.opened import Progress, open_places, read_edition
from offer.errors import PlainError
from offer.openreferral.importing import Order, import_feed
from offer.settings import Settings
from offer.whole_file import whole


async def load(
    settings: Settings, folder: Path | None, *, dry_run: bool, progress: Progress
) -> tuple[list[str], bool]:
    """Load files; the second value tells whether any was refused."""
    report = await catalogue.load(settings.database, folder, at=now(), dry_run=dry_run, progress=progress)
    return report.lines(), bool(report.refused)


async def dump(settings: Settings, folder: Path, progress: Progress) -> int:
    """Write the files; the number that changed."""
    return await catalogue.dump(settings.database, folder, progress=progress)


async def publish(settings: Settings, note: str) -> tuple[list[str], bool]:
    """Publish; the second value tells whether any document was refused."""
    report = await catalogue.publish(settings.database, at=now(), author="command line", note=note)
    return report.lines(), bool(report.refused)


async def look_over(settings: Settings) -> tuple[list[str], bool]:
    """All that is wrong or odd in what would be published; the second value tells whether any is wrong."""
    return await catalogue.look_over(settings.database, open_places(settings), today=today())


async def import_oruk(settings: Settings, order: Order, progress: Progress) -> tuple[list[str], bool]:
    """Import an Open Referral feed as drafts; the second value tells whether it could be read to its end."""
    places = open_places(settings)
    if order.authority and order.authority != ENGLAND and not places.authority(order.authority):
        raise PlainError("That is not the code of a council.", "Find it with: local-offer places")
    try:
        report = await import_feed(settings.database, order, places, at=now(), progress=progress)
    except FeedFault as fault:
        raise PlainError(f"The feed cannot be imported: {fault}.") from None
    return report.lines(), not report.stopped


async def export_oruk(settings: Settings, file: Path) -> str:
    """Write every service of the published feed, whole, as one page."""
    feed = (await read_edition(settings)).open_referral
    records = [to_json(feed.whole_service(number)) for number in range(len(feed.services))]
    try:
        page = page_json(Window(1, max(1, len(records))), len(records), records)
        await asyncio.to_thread(_write, file, page)
    except OSError as fault:
        raise PlainError(f"{file} cannot be written: {fault.strerror}.") from fault
    return f"{len(records)} services written to {file}"


def _write(file: Path, content: bytes) -> None:
    with whole(file) as part:
        part.write_bytes(content)
