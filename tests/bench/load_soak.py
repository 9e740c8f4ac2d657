"""The soak of `make load`: the mix for an hour or so, and what becomes of the memory."""

import asyncio
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bench.goals import Goal
from tests.bench.http_load import Ask
from tests.bench.load_runs import Run, at_leisure, failed
from tests.visiting import Served

GROWTH = "growth of memory in an hour"


@dataclass(slots=True)
class _Hour:
    """What has come of it so far: memory by the minute, and the requests."""

    memory: list[tuple[float, float]]  # minutes since the start, MB
    failures: Counter[str] = field(default_factory=Counter)
    replies: int = 0
    anew: int = 0
    loads: list[float] = field(default_factory=list)

    def add(self, run: Run, minute: float, resident: float) -> None:
        """One more minute of it."""
        self.failures += run.took.failures
        self.replies += len(run.took.waits)
        self.anew += run.took.anew
        self.loads.append(os.getloadavg()[0])
        self.memory.append((minute, resident))
        said = (
            f"soak: {minute:5.1f} min, {resident:.1f} MB, {self.replies:,} replies, {failed(self.failures)}"
        )
        print(said, file=sys.stderr, flush=True)

    @property
    def slope(self) -> float | None:
        """MB an hour, over the second half: by then everything that is kept has been seen."""
        half = self.memory[-1][0] / 2
        late = [(minute, memory) for minute, memory in self.memory if minute >= half]
        return statistics.linear_regression(*zip(*late, strict=True)).slope * 60 if len(late) > 2 else None

    @property
    def note(self) -> str:
        """In words."""
        first, middle, last = (self.memory[at][1] for at in (0, len(self.memory) // 2, -1))
        return (
            f"{self.replies:,} replies, {failed(self.failures)}, {self.anew} sent anew; "
            f"{first:.0f} MB before, {middle:.0f} half-way, {last:.0f} after; "
            f"load average {statistics.fmean(self.loads):.1f}; slope of the second half"
        )


def soak(process: Served, mix: Sequence[Ask], rate: float, minutes: float) -> Goal:
    """The memory each minute, and how fast it grew in the second half. Visits begin and end each minute."""
    start, hour = time.monotonic(), _Hour([(0.0, process.resident)])
    while (so_far := (time.monotonic() - start) / 60) < minutes:
        left = min(60.0, (minutes - so_far) * 60 + 1)
        run = asyncio.run(at_leisure(process, mix, rate, left))
        hour.add(run, (time.monotonic() - start) / 60, process.resident)
    note = f"{minutes:.0f} minutes at {rate:.0f} a second, {hour.note}"
    return Goal(GROWTH, hour.slope, "MB", 5, issue=9, note=note)
