"""Shared visits under load: many at once in one process, and one that is spread over three processes."""

import asyncio
import random
import shutil
import statistics
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.edition import VAR, places_file
from tests.bench.goals import Goal
from tests.offer.db.postgres_server import binaries, server
from tests.visiting import Event, Phone, Served, made_ready, served, together

TOWNS = ("Sleaford", "Boston", "Grantham", "Lincoln", "Durham", "Spalding", "Stamford", "Bourne")
PACE = 60.0  # seconds between two answers of one visit: quicker than two people talk
PATIENCE = 60  # seconds for one answer
AT_ONCE = 8  # visits that are opened side by side


@dataclass(frozen=True, slots=True)
class Size:
    """How much is asked of the process."""

    visits: int
    answers: int
    spread: int  # answers in the visit over three processes


FULL, QUICK = Size(500, 240, 20), Size(60, 40, 5)


@dataclass(slots=True)
class Found:
    """What was measured. `worked`: seconds of processor for all answers.

    `waits`: seconds from sending an answer to the other side's event.
    """

    idle: float = 0.0
    memory: float = 0.0
    opened: float = 0.0
    worked: float = 0.0
    waits: list[float] = field(default_factory=list)


def goals(*, quick: bool = False) -> Iterator[Goal]:
    """Issue 7: 500 visits with 1,000 open streams under 400 MB; half a second; three processes in one."""
    size = QUICK if quick else FULL
    VAR.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=VAR) as folder:
        data = Path(folder)
        shutil.copy(places_file(), data / "places.bin")
        made_ready(data)
        with served(data) as process:
            yield from _crowd(asyncio.run(_load(process, size)), size)
        yield _spread(data, size)


def _crowd(found: Found, size: Size) -> Iterator[Goal]:
    what = f"{size.visits} visits, {size.visits * 2:,} open streams"
    smaller = "" if size is FULL else "; a smaller run: the goal is for 500 visits and 1,000 streams"
    note = f"{found.idle:.0f} MB before the first, all streams open within {found.opened:.1f} s{smaller}"
    yield Goal(f"memory of one process, {what}", found.memory, "MB", 400, issue=7, note=note)
    middle, late = _quantile(found.waits, 50), _quantile(found.waits, 95)
    pace = f"{len(found.waits)} answers, {size.visits / PACE:.1f} a second: each visit one a minute"
    each = found.worked / len(found.waits) * 1000
    note = f"{pace}; slowest {max(found.waits):.2f} s; {each:.0f} ms of processor each, both pages and all"
    yield Goal(
        "an answer on the other phone, of half of them", middle, "s", 0.5, issue=7, note=f"{what}{smaller}"
    )
    yield Goal("an answer on the other phone, of 95 in 100", late, "s", 0.5, issue=7, note=note)


async def _load(process: Served, size: Size) -> Found:
    found = Found(idle=process.resident)
    gate = asyncio.Semaphore(AT_ONCE)

    async def begin(number: int) -> tuple[Phone, Phone]:
        async with gate:
            return await together(process.address, age_years="19", place=TOWNS[number % len(TOWNS)])

    pairs = await asyncio.gather(*(begin(number) for number in range(size.visits)))
    async with AsyncExitStack() as open_streams:
        start = time.perf_counter()
        hears = await asyncio.gather(*(_heard(open_streams, phone) for pair in pairs for phone in pair))
        found.opened = time.perf_counter() - start
        await _answers(process, [*zip(pairs, hears[::2], hears[1::2], strict=True)], size, found)
    return found


async def _heard(stack: AsyncExitStack, phone: Phone) -> AsyncIterator[Event]:
    """An open stream that has brought its first room."""
    events = await stack.enter_async_context(phone.listening())
    assert (await anext(events)).name == "room"
    return events


Pair = tuple[tuple[Phone, Phone], AsyncIterator[Event], AsyncIterator[Event]]


async def _answers(process: Served, pairs: Sequence[Pair], size: Size, found: Found) -> None:
    """Answers at the pace of all visits together, each side in turn, at moments nobody foresees."""
    chance, waiting = random.Random(7), []
    before = process.worked
    order = chance.sample(range(len(pairs)), len(pairs)) * (size.answers // len(pairs) + 1)
    for number in range(size.answers):
        age = 20 + number // len(pairs) % 5  # another each time, or nothing would change
        waiting.append(asyncio.create_task(_answer(pairs[order[number]], str(age), mine=number % 2 == 0)))
        await asyncio.sleep(chance.expovariate(len(pairs) / PACE))
        found.memory = max(found.memory, process.resident)
    found.waits = await asyncio.gather(*waiting)
    found.worked = process.worked - before


async def _answer(pair: Pair, age: str, *, mine: bool) -> float:
    """Seconds from sending an answer until the other phone has the room with it."""
    (adviser, young), to_adviser, to_young = pair
    async with asyncio.timeout(PATIENCE):
        start = time.perf_counter()
        sent = asyncio.create_task((adviser if mine else young).post("answer", age_years=age))
        event = await anext(to_young if mine else to_adviser)
        took = time.perf_counter() - start
        assert event.name == "room" and (await sent).status == 303
        await anext(to_adviser if mine else to_young)
    return took


def _spread(data: Path, size: Size) -> Goal:
    """The adviser on one process, the young person on a second, and the adviser's other tab on a third."""
    name = "an answer on a phone at another process, slowest"
    if binaries() is None:
        return Goal(name, None, "s", 1, issue=7, note="there is no PostgreSQL on this machine")
    with server() as postgres, ExitStack() as stack:
        url = postgres.url("postgres")
        made_ready(data, url)
        three = [stack.enter_context(served(data, url)).address for _ in range(3)]
        waits = asyncio.run(_over_three(three, size.spread))
    note = f"three processes, one PostgreSQL; {len(waits)} waits, median {statistics.median(waits):.2f} s"
    return Goal(name, max(waits), "s", 1, issue=7, note=note)


async def _over_three(three: Sequence[str], answers: int) -> list[float]:
    adviser, young = await together(three[0], three[1], age_years="19")
    waits = []
    async with AsyncExitStack() as stack:
        heard = [await _heard(stack, phone) for phone in (adviser, young, adviser.at(three[2]))]
        for number in range(answers):
            start = time.perf_counter()
            assert (await young.post("answer", age_years=str(20 + number % 5))).status == 303
            for events in (heard[0], heard[2]):
                assert (await anext(events)).name == "room"
                waits.append(time.perf_counter() - start)
            await anext(heard[1])
    return waits


def _quantile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    for goal in goals(quick="--quick" in sys.argv):
        print(*goal.row(), sep="  ")
