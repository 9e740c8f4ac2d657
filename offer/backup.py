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
from offer.whole_file import whole

OURS = "catalogue_version"  # a table that only our database has
_ROOM = "Check that the disk has room and can be written."
_BESIDE = ("-wal", "-shm")  # SQLite's own files next to a database in use
# Broken, no database at all, or of another page size.
_CANNOT_BE_WRITTEN_OVER = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_READONLY)


async def backup(database: str, file: Path, at: datetime, progress: Progress) -> Path:
    """Writes a whole, tidy copy while the service may run. Raises PlainError; never writes over a file."""
    _refuse_taken(file)
    if is_sqlite(database):
        _copy_sqlite(path_of(database), file)
        return file
    with whole(file) as part:  # nobody takes half a copy for one
        await move(database, f"sqlite://{part.resolve()}", at=at, progress=progress)
    return file


def _refuse_taken(file: Path) -> None:
    if file.exists():
        raise PlainError(f"{file} is already there.", "Give the name of a new file.")


def _copy_sqlite(source: Path, file: Path) -> None:
    check_file(source)
    try:
        with whole(file) as part, closing(sqlite3.connect(source)) as connection:
            connection.execute("VACUUM INTO ?", [str(part)])
    except (sqlite3.Error, OSError) as fault:
        raise PlainError(f"{file} cannot be written: {fault}.", _ROOM) from fault


async def restore(database: str, file: Path, at: datetime, progress: Progress) -> Path | None:
    """Puts a copy in the place of the database; what a file held is kept beside it, and its path given.

    A PostgreSQL database must be empty: nothing of it is ever thrown away here. Raises PlainError
    for a file that is not a sound copy of such a database, before touching anything.
    """
    _check_copy(file)
    try:
        return await _restored(database, file, at, progress)
    except OSError as fault:
        raise PlainError(f"The copy cannot be put in place: {fault.strerror}.", _ROOM) from fault


async def _restored(database: str, file: Path, at: datetime, progress: Progress) -> Path | None:
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
    if not target.exists():
        _put_in_place(file, target)
        return None
    kept = _keep(target, at)
    try:
        _write_over(file, target)
    except sqlite3.DatabaseError as fault:
        if fault.sqlite_errorcode not in _CANNOT_BE_WRITTEN_OVER:
            raise PlainError(f"{target} cannot be written: {fault}.", _ROOM) from fault
        _put_in_place(file, target)
    return kept


def _write_over(file: Path, target: Path) -> None:
    """All pages in one transaction of SQLite's own: processes that read go on, and half of it is undone."""
    copy = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    with closing(copy), closing(sqlite3.connect(target)) as database:
        copy.backup(database)


def _put_in_place(file: Path, target: Path) -> None:
    """For no database, or one that SQLite cannot read any more."""
    with whole(target) as part:
        shutil.copyfile(file, part)
        for name in _BESIDE:
            target.with_name(target.name + name).unlink(missing_ok=True)


def _keep(target: Path, at: datetime) -> Path:
    """The database from before as a tidy copy, its pending writes included."""
    kept = target.with_name(f"{target.stem}-before-{at:%Y%m%dT%H%M%S%f}{target.suffix}")
    try:
        with whole(kept) as part, closing(sqlite3.connect(target)) as connection:
            connection.execute("VACUUM INTO ?", [str(part)])
    except sqlite3.Error:
        with whole(kept) as part:
            shutil.copyfile(target, part)  # broken, which may be why somebody restores: kept as it is
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
