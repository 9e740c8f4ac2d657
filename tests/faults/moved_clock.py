"""`local-offer` on a clock that a test moves: python -m tests.faults.moved_clock serve

CLOCK names a file that holds how many seconds the clock is off. Only the civil clock moves, as it does on a
real machine: what waits goes by the other one.
"""

import os
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from offer import clock

FILE = "CLOCK"


class Moved(datetime):
    """A datetime whose `now` is off."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + timedelta(seconds=float(Path(os.environ[FILE]).read_text()))


if __name__ == "__main__":
    vars(clock)["datetime"] = Moved
    from offer import cli

    cli.main()
