"""A copy of the database in one SQLite file, of whichever engine it is, and back into either."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from offer.db.connections import is_sqlite
from offer.db.moving import Progress, move
from offer.db.sqlite_file import check_file, path_of
from offer.errors import PlainError

OURS = "catalogue_version"  # a table that only our database has
_BESIDE = ("-wal", "-shm")  # SQLite's own files next to a database in use


async def backup(database: str, file: Path, at: datetime, progress: Progress) -> Path:
    """Writes a whole, tidy copy while the service may run. Raises PlainError; never writes over a file."""
    into = _new(file)
    if is_sqlite(database):
        _copy_sqlite(path_of(database), file)
        return file
    try:
        await move(database, into, at=at, progress=progress)
    except BaseException:
        for name in ("", *_BESIDE):
            file.with_name(file.name + name).unlink(missing_ok=True)  # nobody takes half a copy for one
        raise
    return file


def _new(file: Path) -> str:
    """The address of a database that is to be made in a file."""
    if file.exists():
        raise PlainError(f"{file} is already there.", "Give the name of a new file.")
    return f"sqlite://{file.resolve()}"


def _copy_sqlite(source: Path, file: Path) -> None:
    check_file(source)
    try:
        with closing(sqlite3.connect(source)) as connection:
            connection.execute("VACUUM INTO ?", [str(file)])
    except sqlite3.Error as fault:
        raise PlainError(f"{file} cannot be written: {fault}.") from fault


async def restore(database: str, file: Path, at: datetime, progress: Progress) -> Path | None:
    """Puts a copy in the place of the database; what a file held is kept beside it, and its path given.

    A PostgreSQL database must be empty: nothing of it is ever thrown away here. Raises PlainError
    for a file that is not a sound copy of such a database, before touching anything.
    """
    _check_copy(file)
    if is_sqlite(database):
        return _restore_sqlite(path_of(database), file, at)
    with TemporaryDirectory() as folder:
        copy = Path(folder, "copy.sqlite3")  # brought up to today's tables: the file itself is left alone
        shutil.copyfile(file, copy)
        await move(f"sqlite://{copy}", database, at=at, progress=progress)
    return None


def _check_copy(file: Path) -> None:
    if not file.is_file():
        raise PlainError(f"There is no file {file}.", "Give a file that 'local-offer backup' wrote.")
    check_file(file)
    _check_content(file)


def _restore_sqlite(target: Path, file: Path, at: datetime) -> Path | None:
    check_file(target, create=True)
    beside = target.with_suffix(".restoring")
    shutil.copyfile(file, beside)
    kept = _keep(target, at)
    for name in _BESIDE:
        target.with_name(target.name + name).unlink(missing_ok=True)
    beside.replace(target)
    return kept


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
