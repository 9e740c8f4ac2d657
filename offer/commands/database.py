"""The database as a whole: brought up to date, copied, put back, moved to the other engine."""

from pathlib import Path

from offer.backup import backup as backup_to
from offer.backup import restore as restore_from
from offer.catalogue import commands as catalogue
from offer.clock import now
from offer.commands.opened import Say, Steps, make_folder
from offer.db.connections import public_name
from offer.db.moving import move as move_to
from offer.settings import Settings


async def migrate(settings: Settings, say: Say) -> list[str]:
    """Migrate safely."""
    make_folder(settings.data_dir)
    done = await catalogue.migrate(settings.database, at=now(), say=say)
    steps = ", ".join(done.steps) or "nothing to do"
    copy = [f"a copy of the database from before is {done.copy}"] if done.copy else []
    return [f"migrated: {steps}", *copy]


async def backup(settings: Settings, file: Path, progress: Steps) -> str:
    """Write a copy of the database."""
    return f"The database is copied to {await backup_to(settings.database, file, now(), progress)}."


async def restore(settings: Settings, file: Path, progress: Steps) -> list[str]:
    """Put a copy in the place of the database."""
    kept = await restore_from(settings.database, file, now(), progress)
    return [f"The database is that of {file}.", *([f"What was there before is {kept}."] if kept else [])]


async def move(settings: Settings, target: str, progress: Steps) -> list[str]:
    """Copy every row into an empty database of the other engine."""
    moved = await move_to(settings.database, target, at=now(), progress=progress)
    rows = sum(moved.values())
    return [
        f"{rows:,} rows of {len(moved)} tables are in {public_name(target)}, each compared with its first.",
        "This database is as it was. To serve the new one set DATABASE_URL to its address.",
    ]
