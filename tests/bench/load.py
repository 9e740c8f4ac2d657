"""`make load`: real HTTP on loopback with the mix of a real day, beside an empty route and Datasette.

    python -m tests.bench.load [--seconds 5] [--rounds 3] [--soak MINUTES]

One process of each, driven in turn in the same run; every figure is the median of the rounds. The driver
shares the machine, so a rate is a lower bound; the ratios are what to look at.
"""

import argparse
import asyncio
import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.edition import VAR, places_file
from tests.bench.goals import Goal, table
from tests.bench.http_load import Ask, Took, as_fast_as_it_can, at_a_rate, get, post_form, post_json
from tests.bench.serving import free_port, wait_for
from tests.visiting import Served, made_ready, served

LINES = 8  # connections
_FACTS = {"age_years": 19, "responsible_authority": "E10000019", "lives_in": "E07000139"}


def _check(*, explain: bool) -> bytes:
    return json.dumps({"facts": _FACTS, "explain": explain}).encode()


EMPTY = get("an empty JSON route", "/empty")
ROW = get("Datasette's row page", "/offer/revision/1")
CHECK = post_json("check, without reasons", "/api/v1/check", _check(explain=False), 2)
EXPLAIN = post_json("check, with reasons", "/api/v1/check", _check(explain=True), 1)
RESULTS = post_form("results", "/results", 6, age_years="19", place="Sleaford", care_when="left_at_18")
# As people come: they look, then open what they found. Weights are parts of forty.
MIX: tuple[Ask, ...] = (
    get("start", "/", 6),
    RESULTS,
    get("an entry", "/entitlements/setting-up-home-allowance", 10),
    get("a topic", "/topics/money", 4),
    get("council tax of a district", "/council-tax/E07000139", 3),
    get("search", "/search?q=council+tax", 5),
    post_form("help near somebody", "/help-nearby", 3, place="Sleaford"),
    CHECK,
    EXPLAIN,
)

_EMPTY_APP = """
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

async def empty(request):
    return JSONResponse({})

app = Starlette(routes=[Route("/", empty), Route("/empty", empty)])
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How long each part is driven, how often, and the soak."""

    seconds: float = 5.0
    rounds: int = 3
    soak: float = 0.0  # minutes


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each part in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--soak", type=float, default=0.0, help="minutes at 70 % of capacity; the goal asks for 60"
    )
    said = parser.parse_args()
    print("\n".join(table(goals(Size(said.seconds, said.rounds, said.soak)))))


def goals(size: Size) -> Iterator[Goal]:
    """Issue 9: against an empty route and Datasette; p99 at 70 % of capacity; memory over the soak."""
    VAR.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=VAR) as folder, ExitStack() as stack:
        data = Path(folder)
        shutil.copy(places_file(), data / "places.bin")
        made_ready(data)
        ours = stack.enter_context(served(data))
        empty = stack.enter_context(_empty(data))
        beside = stack.enter_context(_datasette(data))
        found = _rounds({EMPTY: empty, ROW: beside, CHECK: ours, EXPLAIN: ours, RESULTS: ours}, size)
        yield from _ratios(found)
        capacity = _median(asyncio.run(_mixed(ours, size)))
        yield from _capacity(capacity)
        yield from _calm(ours, capacity.rate, size)


def _rounds(asked: dict[Ask, Served | None], size: Size) -> dict[Ask, Took]:
    """Each in turn, several times, so that a busy moment of the machine falls on all."""
    runs: dict[Ask, list[Took]] = {ask: [] for ask, at in asked.items() if at}
    for number in range(size.rounds):
        for ask, took in runs.items():
            print(f"round {number + 1}: {ask.name} …", file=sys.stderr, flush=True)
            at = asked[ask]
            assert at
            took.append(asyncio.run(as_fast_as_it_can(at.address, [ask], size.seconds, LINES)))
    return {ask: _median(each) for ask, each in runs.items()}


def _median(runs: Sequence[Took]) -> Took:
    return sorted(runs, key=lambda took: took.rate)[len(runs) // 2]


def _ratios(found: dict[Ask, Took]) -> Iterator[Goal]:
    """Rates, and each as a part of the empty route's."""
    for ask, took in found.items():
        note = (
            f"p50 {took.quantile(50) * 1000:.1f} ms, p95 {took.quantile(95) * 1000:.1f}, {took.failed} failed"
        )
        yield Goal(ask.name, took.rate, "a second", issue=9, note=note)
    for ask, least in ((CHECK, 1 / 3), (EXPLAIN, 1 / 10), (RESULTS, 1 / 20)):
        part = found[ask].rate / found[EMPTY].rate
        yield Goal(f"{ask.name}, part of an empty route's rate", part, "", least, most=False, issue=9)
    name = "results, times Datasette's row page"
    if ROW in found:
        yield Goal(name, found[RESULTS].rate / found[ROW].rate, "", 1, most=False, issue=9)
    else:
        yield Goal(name, None, "", 1, issue=9, note="Datasette is not here: make load installs it")


async def _mixed(ours: Served, size: Size) -> list[Took]:
    return [await as_fast_as_it_can(ours.address, MIX, size.seconds * 2, LINES) for _ in range(size.rounds)]


def _capacity(took: Took) -> Iterator[Goal]:
    note = f"one process, {len(MIX)} kinds of request; {took.failed} failed"
    yield Goal("the mix, one core", took.rate, "a second", issue=9, note=note)


def _calm(ours: Served, capacity: float, size: Size) -> Iterator[Goal]:
    """At 70 % of what it can do, by chance; then the soak at the same rate."""
    rate = capacity * 0.7
    took = asyncio.run(at_a_rate(ours.address, MIX, size.seconds * 4, rate))
    note = f"{rate:.0f} a second; p50 {took.quantile(50) * 1000:.1f} ms, p95 {took.quantile(95) * 1000:.1f}"
    yield Goal("99 in 100 at 70 % of capacity", took.quantile(99) * 1000, "ms", 25, issue=9, note=note)
    if not size.soak:
        yield Goal(
            "memory over an hour", None, "MB", 5, issue=9, note="ask for it: make load ARGS='--soak 60'"
        )
        return
    before, kept = ours.resident, [ours.resident]
    end = time.monotonic() + size.soak * 60
    while time.monotonic() < end:
        asyncio.run(at_a_rate(ours.address, MIX, min(60.0, end - time.monotonic() + 1), rate))
        kept.append(ours.resident)
        print(f"soak: {kept[-1]:.0f} MB", file=sys.stderr, flush=True)
    half = len(kept) // 2  # the first half warms the caches
    grown = statistics.fmean(kept[-3:]) - kept[half]
    note = f"{size.soak:.0f} minutes; {before:.0f} MB before, {kept[-1]:.0f} after; growth of the second half"
    yield Goal("memory over the soak", grown, "MB", 5, issue=9, note=note)


@contextmanager
def _empty(data: Path) -> Iterator[Served]:
    (data / "empty_app.py").write_text(_EMPTY_APP, "utf-8")
    command = ["-m", "uvicorn", "--app-dir", str(data), "--no-access-log", "empty_app:app"]
    with _started(command) as process:
        yield process


@contextmanager
def _datasette(data: Path) -> Iterator[Served | None]:
    """Datasette over a copy of our own database; None where it is not installed."""
    copy = data / "offer.db"
    with sqlite3.connect(data / "offer.sqlite3") as connection:
        connection.execute("VACUUM INTO ?", [str(copy)])
    connection.close()
    if subprocess.run(
        [sys.executable, "-c", "import datasette"], capture_output=True, check=False
    ).returncode:
        yield None
        return
    with _started(["-m", "datasette", "serve", "--immutable", str(copy)]) as process:
        yield process


@contextmanager
def _started(words: Sequence[str]) -> Iterator[Served]:
    port = free_port()
    command = [sys.executable, *words, "--port", str(port), "--host", "127.0.0.1"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet)
    try:
        wait_for(port)
        yield Served(f"http://127.0.0.1:{port}", process)
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()
