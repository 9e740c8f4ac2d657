"""What an import is to write, put by in a file until the feed was read: it may be larger than the memory."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from tempfile import TemporaryFile

from offer.openreferral.shelf import Action


class Spool:
    """Actions in the order they came. The file has no name, so that nothing of it outlives the process."""

    def __init__(self) -> None:
        self._file = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by __exit__
        self.is_empty = True

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, actions: Iterable[Action]) -> None:
        """Puts more of them by."""
        for action in actions:
            plain = {**asdict(action), "first_seen": action.first_seen.isoformat()}
            self._file.write(f"{json.dumps(plain)}\n")
            self.is_empty = False

    def actions(self) -> Iterator[Action]:
        """All of them again, one at a time."""
        self._file.seek(0)
        for line in self._file:
            plain = json.loads(line)
            yield Action(**{**plain, "first_seen": date.fromisoformat(plain["first_seen"])})
