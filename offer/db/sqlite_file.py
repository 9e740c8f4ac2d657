"""Looks at a SQLite file before it is opened, so that a fault is one plain line.

The driver opens files in a thread of its own, which prints a trace when it cannot.
"""

import os
from pathlib import Path

from offer.db.errors import DatabaseUnusable

HEADER = b"SQLite format 3\x00"
MEMORY = ":memory:"


def path_of(url: str) -> Path:
    """The file of a SQLite address: `sqlite:///abs/file`, `sqlite://rel/file` or a bare path."""
    return Path(url.removeprefix("sqlite:").removeprefix("//").partition("?")[0])


def check_file(file: Path, *, create: bool = False) -> None:
    """Raises `DatabaseUnusable` for a path where no SQLite database can be opened or, with `create`, made."""
    if str(file) == MEMORY:
        return
    if file.is_dir():
        raise DatabaseUnusable(f"{file} is a folder, not a database file.", "Give the path of a file.")
    if file.exists():
        _check_existing(file)
        return
    if not create:
        raise DatabaseUnusable(f"There is no database file {file}.", "Run: local-offer migrate")
    if not file.parent.is_dir():
        cure = f"Make it (mkdir -p {file.parent}), or set DATA_DIR to a folder that exists."
        raise DatabaseUnusable(f"The folder {file.parent} does not exist.", cure)
    if not os.access(file.parent, os.W_OK | os.X_OK):
        cure = "Set DATA_DIR to a folder you may write in."
        raise DatabaseUnusable(f"We may not write in the folder {file.parent}.", cure)


def _check_existing(file: Path) -> None:
    if os.statvfs(file).f_flag & os.ST_RDONLY:
        cure = "Mount it so that it can be written, or set DATA_DIR to another folder."
        raise DatabaseUnusable(f"The disk that {file} is on can only be read.", cure)
    if not os.access(file, os.R_OK | os.W_OK) or not os.access(file.parent, os.W_OK | os.X_OK):
        cure = "Change who owns it and its folder, or set DATA_DIR to another folder."
        raise DatabaseUnusable(f"We may not read and write the file {file}.", cure)
    with file.open("rb") as handle:
        start = handle.read(len(HEADER))
    if start and start != HEADER:
        cure = "Move it away, or bring back a copy with 'local-offer restore'."
        raise DatabaseUnusable(f"{file} is not a SQLite database.", cure)
