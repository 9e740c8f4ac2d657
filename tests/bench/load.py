"""`make load`: real HTTP on loopback with the mix of a real day, beside an empty route and Datasette.

    python -m tests.bench.load [--seconds 5] [--rounds 3] [--soak MINUTES [--rate A_SECOND]]

One process of each, driven in turn in the same run. A rate is a second of processor's worth of one process,
as the kernel counts it, so that neither the driver on the other core nor anything else that runs here is in
it; the replies a second that came is told beside it. Every figure is the median of the rounds.
"""

import argparse
import asyncio
import os
import shutil
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.edition import VAR, places_file
from tests.bench.goals import Goal, table
from tests.bench.http_load import Ask, Took, as_fast_as_it_can, at_a_rate, get
from tests.bench.load_mix import Part, mixed, parts
from tests.bench.load_peers import datasette, empty_route
from tests.bench.load_visits import visits_going_on
from tests.visiting import Served, made_ready, served

LINES = 8  # connections
VISITS = 10  # shared visits that go on beside the mix, two open streams each
CHECK, EXPLAIN, RESULTS = "check, without reasons", "check, with reasons", "results"
EMPTY = Part("an empty JSON route", (get("empty", "/empty"),))
ROW = Part("Datasette's row page", tuple(get("row", f"/offer/revision/{number}") for number in range(1, 101)))


@dataclass(frozen=True, slots=True)
class Size:
    """How long each part is driven, how often, and the soak."""

    seconds: float = 5.0
    rounds: int = 3
    soak: float = 0.0  # minutes
    rate: float = 0.0  # of the soak alone, a second; 0: measure everything, then soak at 70 % of capacity


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run, and the seconds of processor that the process took for it."""

    took: Took
    worked: float

    @property
    def rate(self) -> float:
        """Replies for each second of one core."""
        return len(self.took.waits) / self.worked

    @property
    def note(self) -> str:
        """The rest of what was measured, in words."""
        ms = [f"p{part} {self.took.quantile(part) * 1000:.1f}" for part in (50, 95, 99)]
        return f"{', '.join(ms)} ms; {self.took.rate:.0f} a second came; {self.took.failed} failed"


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each part in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--soak", type=float, default=0.0, help="minutes at 70 % of capacity; the goal asks for 60"
    )
    parser.add_argument(
        "--rate", type=float, default=0.0, help="the soak alone, at so many requests a second"
    )
    said = parser.parse_args()
    before = os.getloadavg()[0]
    found = list(goals(Size(said.seconds, said.rounds, said.soak, said.rate)))
    print(f"{os.cpu_count()} cores; load average {before:.1f} before, {os.getloadavg()[0]:.1f} after")
    print("\n".join(table(found)))


def goals(size: Size) -> Iterator[Goal]:
    """Issue 9: against an empty route and Datasette; p99 at 70 % of capacity; memory over the soak."""
    VAR.mkdir(parents=True, exist_ok=True)
    ours_parts = parts()
    with TemporaryDirectory(dir=VAR) as folder, ExitStack() as stack:
        data = Path(folder)
        shutil.copy(places_file(), data / "places.bin")
        made_ready(data)
        ours = stack.enter_context(served(data))
        if size.rate:
            yield _soak(ours, mixed(ours_parts), size.rate, size.soak)
            return
        empty = stack.enter_context(empty_route(data))
        beside = stack.enter_context(datasette(data))
        at = [(EMPTY, empty), *((part, ours) for part in ours_parts), *([(ROW, beside)] if beside else [])]
        yield from _ratios(_rounds(at, size))
        capacity = asyncio.run(_mixed(ours, mixed(ours_parts), size))
        yield Goal("the mix", capacity.rate, "a second of a core", issue=9, note=capacity.note)
        yield from _calm(ours, mixed(ours_parts), capacity.took.rate * 0.7, size)


def _rounds(at: Sequence[tuple[Part, Served]], size: Size) -> dict[str, Run]:
    """Each in turn, several times, so that a busy moment of the machine falls on all."""
    runs: dict[str, list[Run]] = {part.name: [] for part, _ in at}
    for number in range(size.rounds):
        for part, process in at:
            print(f"round {number + 1}: {part.name} …", file=sys.stderr, flush=True)
            runs[part.name].append(asyncio.run(_driven(process, part.asks, size.seconds)))
    return {name: _median(each) for name, each in runs.items()}


async def _driven(process: Served, asks: Sequence[Ask], seconds: float) -> Run:
    before = process.worked
    took = await as_fast_as_it_can(process.address, asks, seconds, LINES)
    return Run(took, process.worked - before)


def _median(runs: Sequence[Run]) -> Run:
    return sorted(runs, key=lambda run: run.rate)[len(runs) // 2]


def _ratios(found: dict[str, Run]) -> Iterator[Goal]:
    """Rates, and each that has a goal as a part of the empty route's."""
    for name, run in found.items():
        yield Goal(name, run.rate, "a second of a core", issue=9, note=run.note)
    for name, least in ((CHECK, 1 / 3), (EXPLAIN, 1 / 10), (RESULTS, 1 / 20)):
        part = found[name].rate / found[EMPTY.name].rate
        yield Goal(f"{name}, part of an empty route's rate", part, "", least, most=False, issue=9)
    name = "results, times Datasette's row page"
    if ROW.name in found:
        yield Goal(name, found[RESULTS].rate / found[ROW.name].rate, "", 1, most=False, issue=9)
    else:
        yield Goal(name, None, "", 1, issue=9, note="Datasette is not here: make load installs it")


async def _mixed(ours: Served, asks: Sequence[Ask], size: Size) -> Run:
    async with visits_going_on(ours.address, VISITS):
        return _median([await _driven(ours, asks, size.seconds * 2) for _ in range(size.rounds)])


def _calm(ours: Served, asks: Sequence[Ask], rate: float, size: Size) -> Iterator[Goal]:
    """At 70 % of what it can do, by chance; then the soak at the same rate."""
    took = asyncio.run(_at_a_rate(ours, asks, rate, size.seconds * 6))
    note = f"{rate:.0f} a second, {VISITS} visits; p50 {took.quantile(50) * 1000:.1f} ms"
    note += f", p95 {took.quantile(95) * 1000:.1f}; one process, the driver on the other core"
    yield Goal("99 in 100 at 70 % of capacity", took.quantile(99) * 1000, "ms", 25, issue=9, note=note)
    if size.soak:
        yield _soak(ours, asks, rate, size.soak)
    else:
        note = "ask for it: make load ARGS='--soak 60'"
        yield Goal("growth of memory in an hour", None, "MB", 5, issue=9, note=note)


async def _at_a_rate(ours: Served, asks: Sequence[Ask], rate: float, seconds: float) -> Took:
    async with visits_going_on(ours.address, VISITS):
        return await at_a_rate(ours.address, asks, seconds, rate)


def _soak(ours: Served, asks: Sequence[Ask], rate: float, minutes: float) -> Goal:
    """The memory each minute, and how fast it grew once everything that is kept had been seen."""
    start, kept, failed, replies = time.monotonic(), [(0.0, ours.resident)], 0, 0
    while (so_far := (time.monotonic() - start) / 60) < minutes:
        took = asyncio.run(_at_a_rate(ours, asks, rate, min(60.0, (minutes - so_far) * 60 + 1)))
        failed, replies = failed + took.failed, replies + len(took.waits)
        kept.append(((time.monotonic() - start) / 60, ours.resident))
        print(f"soak: {kept[-1][0]:5.1f} min, {kept[-1][1]:.1f} MB", file=sys.stderr, flush=True)
    late = [(minute, memory) for minute, memory in kept if minute >= minutes / 2]
    slope = statistics.linear_regression(*zip(*late, strict=True)).slope * 60 if len(late) > 2 else None
    note = f"{minutes:.0f} minutes at {rate:.0f} a second, {replies:,} replies, {failed} failed; "
    note += f"{kept[0][1]:.0f} MB before, {kept[-1][1]:.0f} after; slope of the second half"
    return Goal("growth of memory in an hour", slope, "MB", 5, issue=9, note=note)


if __name__ == "__main__":
    main()
