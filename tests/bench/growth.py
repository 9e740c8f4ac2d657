"""`python -m tests.bench.growth`: one process as councils join, from one to every one in England.

    python -m tests.bench.growth [--councils 1 10 50 153] [--database postgres://…]

Each step fills a new database with made-up councils (196 entries and 980 services each), serves it with one
process as anybody would, and asks over real HTTP. Work is processor time, which a busy machine does not
stretch as it does a wait; SQLite's is in it, PostgreSQL's own is not.
"""

import argparse
import asyncio
import json
import shutil
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from directory.places import Places
from offer.catalogue.documents import ENTITLEMENT, document_of
from offer.catalogue.findings import findings
from offer.catalogue.publishing import publish
from offer.catalogue.revisions import Stamp, save
from offer.clock import now
from offer.db.connections import orm
from offer.db.models import Revision
from offer.logs import configure
from tests.bench.edition import ON, VAR, places_file
from tests.bench.growth_day import Day, needs
from tests.bench.http_load import Ask, Line, as_fast_as_it_can, get, post_form, post_json
from tests.bench.synthetic import Country
from tests.bench.synthetic_database import fill
from tests.visiting import Served, served

STEPS = (1, 10, 50, 153)
TIMES = 5  # requests of each kind, one after the other
CHANGES = 2
SECONDS = 5.0  # of the mix


@dataclass(slots=True)
class Step:
    """What was measured with so many councils: name, value and unit in the order they were taken."""

    councils: int
    figures: dict[str, tuple[float, str]] = field(default_factory=dict)
    waits: dict[str, tuple[float, float]] = field(default_factory=dict)  # seconds: the first, and the middle

    def add(self, name: str, value: float, unit: str) -> None:
        """One figure."""
        self.figures[name] = (value, unit)
        print(f"  {self.councils:>3} councils  {name}: {value:,.1f} {unit}", file=sys.stderr, flush=True)


def main() -> None:
    """Measure and print a table, and write var/growth.json."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth", description=__doc__)
    parser.add_argument("--councils", type=int, nargs="+", default=list(STEPS))
    parser.add_argument("--database", help="an empty PostgreSQL; only with one number of councils")
    said = parser.parse_args()
    configure("ERROR")
    country = Country(Places.open(places_file()))
    steps = [_measured(country, councils, said.database) for councils in said.councils]
    file = VAR.parent / "growth.json"
    file.write_text(json.dumps([{"councils": each.councils, **each.figures} for each in steps], indent=2))
    print("\n".join([*table(steps), "", *arithmetic(steps[-1])]))


def _measured(country: Country, councils: int, database: str | None) -> Step:
    step = Step(councils)
    VAR.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=VAR) as folder:
        data = Path(folder)
        shutil.copy(places_file(), data / "places.bin")
        url = database or f"sqlite://{data / 'offer.sqlite3'}"
        step.add("documents", asyncio.run(fill(url, country, councils, print)), "")
        if not database:
            step.add("database", (data / "offer.sqlite3").stat().st_size / 2**20, "MB")
        start = time.perf_counter()
        with served(data, database or "") as process:
            step.add("start until the first page", time.perf_counter() - start, "s")
            step.add("work of the start", process.worked, "s of processor")
            step.add("memory after the start", process.resident, "MB")
            asyncio.run(_asked(process, country, councils, step))
            asyncio.run(_published(process, url, country.codes(1)[0], step))
            step.add("memory at the end", process.resident, "MB")
    return step


async def _asked(process: Served, country: Country, councils: int, step: Step) -> None:
    kinds = asks(country, councils)
    for ask in kinds:
        works = [process.worked]
        first = await _once(process.address, ask)
        works.append(process.worked)
        rest = [await _once(process.address, ask) for _ in range(TIMES)]
        works.append(process.worked)
        step.add(f"{ask.name}, first", (works[1] - works[0]) * 1000, "ms of processor")
        step.add(f"{ask.name}, later", (works[2] - works[1]) * 1000 / TIMES, "ms of processor")
        step.waits[ask.name] = (first, median(rest))
    step.add("memory once all was asked", process.resident, "MB")
    before = process.worked
    took = await as_fast_as_it_can(process.address, [each for each in kinds if each.weight > 1], SECONDS, 4)
    each = (process.worked - before) / len(took.waits)
    step.add("a request of the mix", each * 1000, "ms of processor")
    step.add("so one core answers", 1 / each, "a second")


async def _once(address: str, ask: Ask) -> float:
    line, start = Line(address), time.perf_counter()
    status = await line.ask(ask.raw)
    line.close()
    assert status < 400, ask.raw
    return time.perf_counter() - start


def asks(country: Country, councils: int) -> list[Ask]:
    """What people ask; those with a weight are the mix."""
    code = country.codes(councils)[-1]
    district = (country.places.districts_of(code, ON) or country.places.authorities(ON)[:1])[0]
    facts = {"age_years": 19, "responsible_authority": code, "lives_in": district.gss}

    def check(*, explain: bool) -> bytes:
        return json.dumps({"facts": facts, "explain": explain}).encode()

    made = f"made-up-{code.lower()}"
    return [
        get("start", "/", 6),
        post_form("results", "/results", 6, age_years="19", place=district.name, care_when="left_at_18"),
        get("an entry", f"/entitlements/{made}-entitlement-3", 10),
        get("a topic of a council", f"/topics/money?by={code}", 4),
        get("council tax of a district", f"/council-tax/{district.gss}", 3),
        get("search in a council", f"/search?q=moving+home&by={code}&lives_in={district.gss}", 5),
        post_form("help near somebody", "/help-nearby", 3, place=district.name),
        post_json("check, without reasons", "/api/v1/check", check(explain=False), 2),
        post_json("check, with reasons", "/api/v1/check", check(explain=True), 2),
        get("search without a place", "/search?q=moving+home", 2),
        get("a service", f"/services/{made}-service-3"),
        get("services of a council", f"/services?in={code}"),
        get("housing in a district", f"/housing/{district.gss}"),
        get("coverage", "/coverage"),
        get("about", "/about"),
        get("what changed", "/what-changed"),
        get("Open Referral, a page", "/openreferral/services?per_page=50"),
        get("site map", "/sitemap.xml"),
    ]


async def _published(process: Served, url: str, code: str, step: Step) -> None:
    """One entry is changed, as staff do; how long it takes, when the public sees it, and who waits."""
    slug = f"made-up-{code.lower()}-entitlement-1"
    writing, seen, worst, before = list[float](), list[float](), 0.0, process.worked
    async with orm(url):
        for number in range(CHANGES):
            word = f"zyx{chr(97 + number) * 5}"
            start = time.process_time()
            await _change(slug, word)
            writing.append(time.process_time() - start)
            done = time.perf_counter()
            worst = max(worst, await _until(process, slug, word))
            seen.append(time.perf_counter() - done)
    step.add("publishing one entry", median(writing), "s of processor")
    step.add("until the public sees it", median(seen), "s")
    step.add("work of taking one up", (process.worked - before) / CHANGES, "s of processor")
    step.add("longest wait for a page meanwhile", worst * 1000, "ms")


async def _change(slug: str, word: str) -> None:
    revision = await Revision.filter(document__slug=slug).order_by("-number").first()
    assert revision
    entry = document_of(ENTITLEMENT, revision.body)
    await save(ENTITLEMENT, entry.model_copy(update={"summary": f"Made up: {word}."}), Stamp("bench", now()))
    report = await publish(at=now(), author="bench", findings=findings, only={(ENTITLEMENT, slug)})
    assert report.moved, report.lines()


async def _until(process: Served, slug: str, word: str) -> float:
    """Asks every 20 ms until the word is there; the longest wait for one page, in seconds."""
    worst = 0.0
    while True:
        start = time.perf_counter()
        page = await asyncio.to_thread(_page, f"{process.address}/entitlements/{slug}")
        worst = max(worst, time.perf_counter() - start)
        if word in page:
            return worst
        await asyncio.sleep(0.02)


def _page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=600) as reply:
        return str(reply.read().decode())


def table(steps: Sequence[Step]) -> Iterator[str]:
    """One line a figure, one column a number of councils, as Markdown."""
    yield "| | " + " | ".join(f"{each.councils} councils" for each in steps) + " |"
    yield "|---|" + "--:|" * len(steps)
    for name, (_, unit) in steps[-1].figures.items():
        cells = (each.figures.get(name) for each in steps)
        yield f"| {name}, {unit} | " + " | ".join(f"{cell[0]:,.1f}" if cell else "–" for cell in cells) + " |"


def arithmetic(step: Step) -> Iterator[str]:
    """What the last step means for a day of many people. Computed, not measured."""
    day, work = Day(), step.figures["a request of the mix"][0] / 1000
    found = needs(day, work, step.figures["memory once all was asked"][0])
    yield f"{day.people:,} people, {day.requests:,} requests a day, {day.a_second:.0f} a second at most"
    yield f"processes, of one core each: {found.processes}"
    yield f"memory for them: {found.memory:.1f} GB"
    yield f"work of the whole day: {found.hours_of_work:.1f} hours of one processor"


if __name__ == "__main__":
    main()
