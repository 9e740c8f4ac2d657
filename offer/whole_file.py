"""A file that is there whole or not at all, whatever ends the process that writes it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OF_SQLITE = ("", "-journal", "-wal", "-shm")  # the files that SQLite may put beside one it writes


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """The path of a part beside `file`, which takes its name when the block ends well.

    A part that a process left when it was killed is written over by the next, and never taken for the file.
    """
    part = file.with_name(f"{file.name}.part")
    _clear(part)
    try:
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(file)
    finally:
        _clear(part)


def _clear(part: Path) -> None:
    for end in _OF_SQLITE:
        part.with_name(part.name + end).unlink(missing_ok=True)
