"""The runs of `make load`: what is driven how, and what each run tells."""

import asyncio
import gc
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.http_load import Ask, Took, as_fast_as_it_can, at_a_rate, each_once
from tests.bench.load_mix import Part
from tests.bench.load_visits import visits_going_on
from tests.visiting import Served

LINES = 8  # connections
VISITS = 10  # shared visits that go on beside the mix, two open streams each
PEOPLE = tuple(f"10.{number // 250}.{number % 250}.7" for number in range(5_000))  # as the proxy names them


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
        return f"{', '.join(ms)} ms; {self.took.rate:.0f} a second came; {failed(self.took.failures)}"


def failed(causes: Counter[str]) -> str:
    """How many requests failed, and of what."""
    of_what = ", ".join(f"{count} {cause}" for cause, count in causes.most_common())
    return f"{causes.total()} failed" + (f" ({of_what})" if causes else "")


def warmed_up(at: Sequence[tuple[Part, Served]]) -> None:
    """Everything once, uncounted; and the driver's own collector is kept from making anybody wait."""
    for part, process in at:
        print(f"warming up: {part.name} …", file=sys.stderr, flush=True)
        asyncio.run(each_once(process.address, part.asks))
    gc.collect()
    gc.freeze()


def rounds(at: Sequence[tuple[Part, Served]], seconds: float, count: int) -> dict[str, Run]:
    """Each in turn, several times, so that a busy moment of the machine falls on all."""
    runs: dict[str, list[Run]] = {part.name: [] for part, _ in at}
    for number in range(count):
        for part, process in at:
            print(f"round {number + 1}: {part.name} …", file=sys.stderr, flush=True)
            runs[part.name].append(asyncio.run(_driven(process, part.asks, seconds)))
    return {name: _median(each) for name, each in runs.items()}


async def _driven(process: Served, asks: Sequence[Ask], seconds: float) -> Run:
    before = process.worked
    took = await as_fast_as_it_can(process.address, asks, seconds, LINES, PEOPLE)
    return Run(took, process.worked - before)


def _median(runs: Sequence[Run]) -> Run:
    return sorted(runs, key=lambda run: run.rate)[len(runs) // 2]


def capacity(process: Served, mix: Sequence[Ask], seconds: float, count: int) -> Run:
    """The mix as fast as it can, with visits beside it."""

    async def runs() -> list[Run]:
        async with visits_going_on(process.address, VISITS):
            return [await _driven(process, mix, seconds) for _ in range(count)]

    return _median(asyncio.run(runs()))


def calm(process: Served, mix: Sequence[Ask], rate: float, seconds: float, count: int) -> Run:
    """The mix at a rate that it can bear, with visits beside it: the run whose p99 is the median."""
    runs = [asyncio.run(at_leisure(process, mix, rate, seconds)) for _ in range(count)]
    return sorted(runs, key=lambda run: run.took.quantile(99))[len(runs) // 2]


async def at_leisure(process: Served, mix: Sequence[Ask], rate: float, seconds: float) -> Run:
    """One run at a rate. What went wrong with an answer in a visit is among its failures."""
    async with visits_going_on(process.address, VISITS) as failures:
        before = process.worked
        took = await at_a_rate(process.address, mix, seconds, rate, PEOPLE)
        took.failures += failures
        return Run(took, process.worked - before)
