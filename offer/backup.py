"""A copy of the database in one file, and back. For SQLite; PostgreSQL has better tools of its own."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from offer.db.connections import is_sqlite
from offer.db.sqlite_file import check_file, path_of
from offer.errors import PlainError

OURS = "catalogue_version"  # a table that only our database has
_BESIDE = ("-wal", "-shm")  # SQLite's own files next to a database in use


def backup(database: str, file: Path) -> Path:
    """Writes a whole, tidy copy while the service may run. Raises PlainError; never writes over a file."""
    source = _sqlite_of(database, "pg_dump")
    check_file(source)
    if file.exists():
        raise PlainError(f"{file} is already there.", "Give the name of a new file.")
    try:
        with closing(sqlite3.connect(source)) as connection:
            connection.execute("VACUUM INTO ?", [str(file)])
    except sqlite3.Error as fault:
        raise PlainError(f"{file} cannot be written: {fault}.") from fault
    return file


def restore(database: str, file: Path, at: datetime) -> Path | None:
    """Puts a copy in the place of the database; what was there is kept beside it, and its path given.

    Raises PlainError for a file that is not a sound copy of such a database, before touching anything.
    """
    target = _sqlite_of(database, "pg_restore")
    if not file.is_file():
        raise PlainError(f"There is no file {file}.", "Give a file that 'local-offer backup' wrote.")
    check_file(file)
    _check_content(file)
    check_file(target, create=True)
    beside = target.with_suffix(".restoring")
    shutil.copyfile(file, beside)
    kept = _keep(target, at)
    for name in _BESIDE:
        target.with_name(target.name + name).unlink(missing_ok=True)
    beside.replace(target)
    return kept


def _sqlite_of(database: str, tool: str) -> Path:
    if not is_sqlite(database):
        raise PlainError("The database is PostgreSQL.", f"Use its own tool: {tool}.")
    return path_of(database)


def _keep(target: Path, at: datetime) -> Path | None:
    """The database from before as a tidy copy, its pending writes included."""
    if not target.exists():
        return None
    kept = target.with_name(f"{target.stem}-before-{at:%Y%m%dT%H%M%S%f}{target.suffix}")
    try:
        with closing(sqlite3.connect(target)) as connection:
            connection.execute("VACUUM INTO ?", [str(kept)])
    except sqlite3.Error:
        shutil.copyfile(target, kept)  # broken, which may be why somebody restores: kept as it is
    return kept


def _check_content(file: Path) -> None:
    cure = "Give a file that 'local-offer backup' wrote."
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            (sound,) = connection.execute("PRAGMA quick_check").fetchone()
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except sqlite3.Error as fault:
        raise PlainError(f"{file} cannot be read: {fault}.", cure) from fault
    if sound != "ok":
        raise PlainError(f"{file} is damaged: {sound}.", cure)
    if OURS not in tables:
        raise PlainError(f"{file} is a database, but not one of this service.", cure)
