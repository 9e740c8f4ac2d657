"""How soon a change is seen: in the process that publishes it, and in another that follows the database."""

import asyncio
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx2

from offer.app import create_app
from offer.catalogue.commands import set_up
from offer.catalogue.documents import ENTITLEMENT
from offer.catalogue.findings import findings
from offer.catalogue.publishing import publish
from offer.catalogue.revisions import Stamp, save
from offer.clock import now
from offer.entitlements.schema import Entitlement
from offer.logs import configure
from offer.settings import Settings
from tests.bench.edition import ROOT, VAR, documents, places_file
from tests.bench.goals import Goal
from tests.bench.serving import free_port, wait_for

SLUG = "council-tax-care-leaver-discount"
TIMES = 5


def goals() -> Iterator[Goal]:
    """Issue 5: an update of one entry is visible at once here, and within two seconds elsewhere."""
    configure("ERROR")
    with TemporaryDirectory(dir=VAR) as folder:
        data = Path(folder)
        shutil.copy(places_file(), data / "places.bin")
        settings = Settings(data_dir=data, database_url=None)
        here, elsewhere = asyncio.run(_measured(settings))
    note = f"from the commit to the search that finds it, median of {TIMES}: {median(here):.2f} s"
    yield Goal("an update visible where it was published", max(here), "s", issue=5, note=f"{note}; no wait")
    note = f"another process on SQLite, slowest of {TIMES}, median {median(elsewhere):.2f} s"
    yield Goal("an update visible in another process", max(elsewhere), "s", 2, issue=5, note=note)


async def _measured(settings: Settings) -> tuple[list[float], list[float]]:
    """Seconds until each change is found here, and until it is found there."""
    await asyncio.create_task(set_up(settings.database, at=now()))
    here, elsewhere = [], []
    with served(settings.data_dir) as address:
        async with _browser(settings) as (look, browser):
            for number in range(TIMES):
                word = f"zyx{chr(97 + number) * 5}"
                await _publish(word)
                start = time.perf_counter()
                there = asyncio.create_task(asyncio.to_thread(until_found, f"{address}/search?q={word}"))
                await look()
                reply = await browser.get("/search", params={"q": word})
                assert SLUG in reply.text
                here.append(time.perf_counter() - start)
                elsewhere.append(await there - start)
    return here, elsewhere


@asynccontextmanager
async def _browser(
    settings: Settings,
) -> AsyncIterator[tuple[Callable[[], Awaitable[bool]], httpx2.AsyncClient]]:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://bench.test") as client:
            yield app.state.live.watch.look, client


async def _publish(word: str) -> None:
    entry = next(each for each in documents()[0] if each.id == SLUG)
    changed = Entitlement.model_validate(
        {**entry.model_dump(), "also_known_as": [*entry.also_known_as, word]}
    )
    await save(ENTITLEMENT, changed, Stamp("bench", now()))
    report = await publish(at=now(), author="bench", findings=findings)
    assert report.moved, report


def until_found(address: str) -> float:
    """Asks until the entry is found; the moment of that on `perf_counter`."""
    while True:
        with urllib.request.urlopen(address, timeout=30) as reply:
            if SLUG in reply.read().decode():
                return time.perf_counter()
        time.sleep(0.02)


@contextmanager
def served(data: Path) -> Iterator[str]:
    """A process of its own on a data folder; its address."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    surroundings = {**kept, "DATA_DIR": str(data), "PORT": str(port), "HOST": "127.0.0.1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "offer.cli", "serve"], env=surroundings, cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
