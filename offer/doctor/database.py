"""What is in the database: its steps, the catalogue, what waits for staff, the audit log."""

from datetime import timedelta

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.reading import read_published, version
from offer.clock import now, today
from offer.db.change_models import StaffChange
from offer.db.connections import orm
from offer.db.models import Feed
from offer.db.staff_models import StaffRole
from offer.db.steps import steps_of
from offer.doctor.finding import Finding
from offer.errors import PlainError
from offer.seen.troubles import LATE
from offer.settings import Settings
from offer.staff.audit import standing
from offer.staff.sealed_again import Standing as Secrets
from offer.staff.sealed_again import standing as kept_how
from offer.staff.sealing import seals_of

UNREAD = timedelta(days=35)  # a feed is read once a month or so


async def of_database(settings: Settings) -> list[Finding]:
    """Everything that is asked of it; one finding where it cannot be asked."""
    try:
        async with orm(settings.database) as connection:
            steps = await _steps(connection)
            if not steps.well:
                return [steps]
            parts = (_catalogue, _documents, _publishing, _feeds, _people, _audit)
            found = [await part(connection) for part in parts]
            return [steps, *found, _codes(await kept_how(connection, seals_of(settings)))]
    except PlainError as fault:
        return [Finding("database", "missing", fault.message, fault.cure)]
    except Exception as fault:  # a damaged file may break whatever reads it: to say so is what this is for
        says = f"The database could not be read through ({type(fault).__name__}): it is damaged."
        return [Finding("database", "broken", says, "Bring back a copy: local-offer restore")]


async def _steps(connection: BaseDBAsyncClient) -> Finding:
    steps = await steps_of(connection)
    if steps.missing:
        says = f"The database is of an older version: {', '.join(steps.missing)} not run yet."
        return Finding("database", "old", says, "Run: local-offer migrate")
    if steps.unknown:
        says = f"The database was changed by a newer version ({', '.join(steps.unknown)})."
        return Finding(
            "database", "broken", says, "Start that version, or bring back a copy: local-offer restore"
        )
    return Finding("database", "ok", "the database is of this version")


async def _catalogue(connection: BaseDBAsyncClient) -> Finding:
    number = await version(connection)
    if number == 0:
        cure = "Run: local-offer load, then: local-offer publish"
        return Finding("catalogue", "missing", "nothing is published.", cure)
    return Finding("catalogue", "ok", f"catalogue version {number}")


async def _documents(connection: BaseDBAsyncClient) -> Finding:
    """Whether each public document can be read, and how many are past the day of their next check."""
    found = await read_published(connection)
    if found.unreadable:
        names = ", ".join(found.unreadable[:5])
        says = f"{len(found.unreadable)} public documents cannot be read: {names}."
        return Finding("documents", "broken", says, "See what is wrong: local-offer publish --check")
    held = [*found.entitlements, *found.records]
    late = sum(each.review_by < today() for each in held)
    if late:
        says = f"{late} of {len(held)} public documents are past the day of their next check."
        return Finding(
            "documents", "due", says, "See them under /staff/entries, or: local-offer staff remind --dry-run"
        )
    return Finding("documents", "ok", f"{len(held)} public documents, none past the day of its next check")


async def _publishing(connection: BaseDBAsyncClient) -> Finding:
    """Whether a change waits that should be public, or could not be published."""
    approved = StaffChange.filter(state="approved").using_db(connection)
    late = await approved.filter(publish_at__lt=now() - timedelta(seconds=LATE)).count()
    if late:
        says = f"{late} approved changes have missed the hour on which they were to be public."
        cure = "Publish them by hand under /staff/changes, and see that a process serves."
        return Finding("publishing", "due", says, cure)  # a process that serves makes it up by itself
    refused = await approved.exclude(refused="").count()
    if refused:
        says = f"{refused} changes could not be published on their hour."
        return Finding("publishing", "due", says, "Their pages under /staff/changes say why.")
    return Finding("publishing", "ok", "no change has missed its hour")


async def _feeds(connection: BaseDBAsyncClient) -> Finding:
    feeds = await Feed.all().using_db(connection)
    old = [each.url for each in feeds if each.read_at is None or now() - each.read_at > UNREAD]
    if old:
        says = f"{len(old)} of {len(feeds)} directories we import from were last read over a month ago."
        return Finding("feeds", "due", says, f"Run: local-offer import oruk {old[0]} --dry-run")
    return Finding("feeds", "ok" if feeds else "none", f"{len(feeds)} directories are imported from")


async def _people(connection: BaseDBAsyncClient) -> Finding:
    """Whether anybody can let others in."""
    admins = StaffRole.filter(role="admin", account__closed_at=None).using_db(connection)
    able = await admins.exclude(account__password=None).count()
    if able:
        return Finding(
            "staff", "ok", f"{able} admins have signed in" if able > 1 else "1 admin has signed in"
        )
    if await admins.exists():
        says = "Nobody who is an admin has set up a password."
        return Finding(
            "staff",
            "due",
            says,
            "Send the address again: local-offer staff list, then: local-offer staff reset",
        )
    cure = "Begin with: local-offer staff add --help"
    return Finding("staff", "none", "Nobody is an admin of the staff pages.", cure)


async def _audit(connection: BaseDBAsyncClient) -> Finding:
    """Whether every row of the audit log is as it was written, and still guarded."""
    stands = await standing(connection)
    if stands.broken is not None:
        words = "is not as it was written: somebody changed the database past this service."
        cure = "Keep a copy of it: local-offer backup evidence.sqlite3"
        return Finding("audit", "broken", f"row {stands.broken} of the audit log {words}", cure)
    if not stands.guarded:
        return Finding(
            "audit",
            "missing",
            "the triggers that guard the audit log are gone.",
            "Run: local-offer staff guard",
        )
    return Finding("audit", "ok", f"audit log of {stands.rows} rows, its last seal {stands.last[:12]}")


def _codes(kept: Secrets) -> Finding:
    """Whether a copy of the database is enough to make codes of staff."""
    if kept.lost:
        says = f"{kept.lost} code apps are sealed with a key that is not in SEAL_KEYS: their owners"
        return Finding("codes", "broken", f"{says} cannot sign in.", "Put that key back behind the newest.")
    if kept.readable == kept.apps > 0 and not kept.older:
        says = "The secrets of code apps are readable in the database."
        return Finding("codes", "due", says, "Set SEAL_KEYS, then run: local-offer staff seal")
    if kept.older or kept.codes:
        says = f"{kept.older} code apps and {kept.codes} recovery codes are kept as an older version did."
        return Finding("codes", "due", says, "Run: local-offer staff seal")
    return Finding("codes", "ok" if kept.apps else "none", f"{kept.apps} code apps, none of them readable")
