"""`python -m tests.bench.growth_in_memory --councils 153`: so many councils in one process, no database.

What `tests.bench.growth` measures without its database and its sockets, so that it ends within minutes on a
busy machine: the work of reading and making an edition, its memory, each page, and taking up one change.
"""

import argparse
import asyncio
import gc
import json
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx2

from directory.places import Places
from directory.records import Record
from offer.app import create_app
from offer.catalogue.documents import read_body
from offer.entitlements.schema import Entitlement
from offer.logs import configure
from offer.published import Published, build_published
from offer.settings import Settings
from tests.bench.edition import ON, VAR, documents, places_file
from tests.bench.growth import Step, arithmetic, asks, table
from tests.bench.http_load import Ask
from tests.bench.synthetic import Country

TIMES = 5
_SENT = ("content-type", "sec-fetch-site", "accept", "accept-encoding")


def main() -> None:
    """Measure, print, and write var/growth-in-memory.json."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth_in_memory", description=__doc__)
    parser.add_argument("--councils", type=int, default=153)
    councils = parser.parse_args().councils
    configure("ERROR")
    country, step = Country(Places.open(places_file())), Step(councils)
    entries, records = _read(country, councils, step)
    edition = _made(entries, records, country.places, step)
    asyncio.run(_asked(edition, asks(country, councils), step))
    _one_change(edition, entries, records, step)
    VAR.mkdir(parents=True, exist_ok=True)
    (VAR.parent / "growth-in-memory.json").write_text(json.dumps(step.figures, indent=2))
    print("\n".join([*table([step]), "", *arithmetic(step)]))


def _read(country: Country, councils: int, step: Step) -> tuple[list[Entitlement], list[Record]]:
    """Every document from its text, as at a start."""
    held, records = documents()
    every: list[Entitlement | Record] = [*(each for each in held if each.stage == "public"), *records]
    read = 0.0
    for gss in country.codes(councils):
        made = list(country.council(gss))
        start = time.process_time()
        every += [read_body(each.kind, each.text).document for each in made]  # type: ignore[misc]
        read += time.process_time() - start
    entries = sorted((each for each in every if isinstance(each, Entitlement)), key=lambda each: each.id)
    step.add("entries", len(entries), "")
    step.add("other documents", len(every) - len(entries), "")
    step.add("work of reading them", read, "s of processor")
    step.add("memory with them", _resident(), "MB")
    return entries, [each for each in every if isinstance(each, Record)]


def _made(entries: Sequence[Entitlement], records: Sequence[Record], places: Places, step: Step) -> Published:
    start = time.process_time()
    edition = build_published(entries, records, places, 1, today=ON)
    edition.warm(ON)
    step.add("work of making the edition", time.process_time() - start, "s of processor")
    start = time.process_time()
    gc.collect()
    gc.freeze()
    step.add("a round of the collector", time.process_time() - start, "s of processor")
    step.add("memory at the end", _resident(), "MB")
    return edition


async def _asked(edition: Published, kinds: Sequence[Ask], step: Step) -> None:
    with TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder), rate_limits=False))
    app.state.live.edition, app.state.live.you_said = edition, ()
    mean, weights = 0.0, 0.0
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=600) as client:
        for ask in kinds:
            first, later = await _works(client, ask)
            step.add(f"{ask.name}, first", first * 1000, "ms of processor")
            step.add(f"{ask.name}, later", later * 1000, "ms of processor")
            if ask.weight > 1:
                mean, weights = mean + later * ask.weight, weights + ask.weight
    step.add("a request of the mix", mean / weights * 1000, "ms of processor")
    step.add("so one core answers", weights / mean, "a second")
    step.add("memory once all was asked", _resident(), "MB")


async def _works(client: httpx2.AsyncClient, ask: Ask) -> tuple[float, float]:
    """Processor time of the first request of a kind, and the middle of the later ones."""
    head, _, body = ask.raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split()
    told = dict(line.split(": ", 1) for line in lines)
    headers = {
        name: value for name, value in told.items() if name.lower() in ("content-type", "sec-fetch-site")
    }
    taken = list[float]()
    for _ in range(TIMES + 1):
        start = time.process_time()
        reply = await client.request(method, path, content=body, headers=headers)
        taken.append(time.process_time() - start)
        assert reply.status_code == 200, (ask.name, reply.status_code)
    return taken[0], median(taken[1:])


def _one_change(
    edition: Published, entries: Sequence[Entitlement], records: Sequence[Record], step: Step
) -> None:
    """One entry in other words, as each process takes it up."""
    at = next(at for at, entry in enumerate(entries) if entry.id.startswith("made-up"))
    changed = [*entries]
    changed[at] = entries[at].model_copy(update={"summary": "Made up: other words."})
    start = time.process_time()
    made = build_published(changed, records, edition.places, 2, today=ON, previous=edition)
    made.warm(ON)
    step.add("work of taking up one change", time.process_time() - start, "s of processor")
    step.add("memory with both editions", _resident(), "MB")


def _resident() -> float:
    """Memory of this process, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


if __name__ == "__main__":
    main()
