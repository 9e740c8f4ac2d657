"""`make load`: real HTTP on loopback with the mix of a real day, beside an empty route and Datasette.

    python -m tests.bench.load [--seconds 5] [--rounds 3] [--soak MINUTES [--rate A_SECOND]] [--write]

One process of each, driven in turn in the same run, after everything has been asked for once. A rate is a
second of processor's worth of one process, as the kernel counts it, so that neither the driver on the other
core nor anything else that runs here is in it; the replies a second that came are told beside it. Every
figure is the median of the rounds. `--write` puts what was measured into the docs.
"""

import argparse
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.edition import VAR, places_file
from tests.bench.goals import Goal, table
from tests.bench.http_load import get
from tests.bench.load_mix import Part, mixed, parts
from tests.bench.load_page import Conditions, noted, write_page
from tests.bench.load_peers import datasette, empty_route
from tests.bench.load_runs import Run, calm, capacity, rounds, warmed_up
from tests.bench.load_soak import soak
from tests.visiting import Served, made_ready, served

CHECK, EXPLAIN, RESULTS, COUNTED = (
    "check, without reasons", "check, with reasons", "results", "check, without reasons, with limits",
)  # fmt: skip
EMPTY = Part("an empty JSON route", (get("empty", "/empty"),))
ROW = Part("Datasette's row page", tuple(get("row", f"/offer/revision/{number}") for number in range(1, 101)))


@dataclass(frozen=True, slots=True)
class Size:
    """How long each part is driven, how often, and the soak.

    `rate`: of the soak alone, a second; 0: measure everything, then soak at 70 % of capacity.
    """

    seconds: float = 5.0
    rounds: int = 3
    soak: float = 0.0  # minutes
    rate: float = 0.0


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each part in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--soak", type=float, default=0.0, help="minutes; the goal asks for 60")
    parser.add_argument("--rate", type=float, default=0.0, help="only the soak, at so many requests a second")
    parser.add_argument("--write", action="store_true", help="put what was measured into the docs")
    said = parser.parse_args()
    size = Size(said.seconds, said.rounds, said.soak, said.rate)
    before = os.getloadavg()[0]
    found = []
    for goal in soaked(size) if size.rate else measured(size):
        print("\n".join(table([goal])[1:]), flush=True)  # as it comes: an hour's soak may be broken off
        found.append(goal)
    here = Conditions(f"{datetime.now(UTC):%d %B %Y}", os.cpu_count() or 1, before, os.getloadavg()[0])
    print(f"{here.cores} cores; load average {here.before:.1f} before, {here.after:.1f} after")
    print("\n".join(table(found)))
    noted(found, here)
    if said.write:
        write_page()


@contextmanager
def data_folder() -> Iterator[Path]:
    """A data folder with a database filled anew, thrown away afterwards."""
    VAR.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=VAR) as folder:
        shutil.copy(places_file(), Path(folder) / "places.bin")
        made_ready(Path(folder))
        yield Path(folder)


def measured(size: Size) -> Iterator[Goal]:
    """Issue 9: against an empty route and Datasette; p99 at 70 % of capacity; memory over the soak.

    One kind driven alone by one machine is no fair use, so that process has no limits; the one that is
    asked the whole mix has them, and is asked from many addresses.
    """
    ours_parts, mix = parts(), mixed(parts())
    with data_folder() as data, ExitStack() as stack:
        ours = stack.enter_context(served(data))
        limited = stack.enter_context(served(data, limits=True))
        empty = stack.enter_context(empty_route(data))
        beside = stack.enter_context(datasette(data))
        check = next(part for part in ours_parts if part.name == CHECK)
        at = [(EMPTY, empty), *((part, ours) for part in ours_parts), (Part(COUNTED, check.asks), limited)]
        at += [(ROW, beside)] if beside else []
        warmed_up([*at, (Part("the mix", mix), limited)])
        yield from _ratios(rounds(at, size.seconds, size.rounds))
        most = capacity(limited, mix, size.seconds * 2, size.rounds)
        yield Goal("the mix", most.rate, "a second of a core", issue=9, note=most.note)
        yield from _calmly(limited, most, size)


def _calmly(limited: Served, most: Run, size: Size) -> Iterator[Goal]:
    """At 70 % of what one process can do, by chance; then the soak at the same rate."""
    mix, rate = mixed(parts()), most.took.rate * 0.7
    found = calm(limited, mix, rate, size.seconds * 4, size.rounds)
    note = f"{rate:.0f} a second came to one process, the driver on the other core; {found.note}"
    yield Goal("99 in 100 at 70 % of capacity", found.took.quantile(99) * 1000, "ms", 25, issue=9, note=note)
    if size.soak:
        yield soak(limited, mix, rate, size.soak)


def soaked(size: Size) -> Iterator[Goal]:
    """The soak alone."""
    with data_folder() as data, served(data, limits=True) as limited:
        warmed_up([(Part("the mix", mixed(parts())), limited)])
        yield soak(limited, mixed(parts()), size.rate, size.soak)


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


if __name__ == "__main__":
    main()
