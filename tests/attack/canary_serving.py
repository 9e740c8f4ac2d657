"""A real process with folders of its own, and everything that it leaves behind, as bytes."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import pytest

from tests.bench.serving import free_port, wait_for
from tests.offer.db.postgres_server import Server, binaries
from tests.visiting import ROOT, made_ready

PATIENCE = 120


@dataclass(slots=True)
class Serving:
    """A process, where it keeps things, and how its database is taken away."""

    address: str
    process: "subprocess.Popen[bytes]"
    folder: Path
    database: Path  # its file, or the folder of the server
    take_away: Callable[[], None]
    began: float  # what was written before is none of its doing

    def left(self) -> Iterator[tuple[Path, bytes]]:
        """Every file of its folders and database written since it began, and what it has open."""
        for top in {self.folder, self.database if self.database.is_dir() else self.database.parent}:
            for file in sorted(top.rglob("*")):
                if file.is_file() and file.stat().st_mtime >= self.began:
                    yield file, file.read_bytes()
        opened = Path(f"/proc/{self.process.pid}/fd")
        for number in sorted(opened.iterdir()) if opened.is_dir() else ():
            if number.is_file() and str(number.readlink()).endswith("(deleted)"):
                yield number, number.read_bytes()

    def told_to_stop(self) -> None:
        """Counts are written and what is under way ends."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)


@contextmanager
def on_sqlite(folder: Path, places: Path, starter: Path) -> Iterator[Serving]:
    """On a copy of a filled file, which is taken away by putting a folder in its place."""
    file = folder / "data" / "offer.sqlite3"
    file.parent.mkdir()
    shutil.copy(starter, file)
    (file.parent / "places.bin").symlink_to(places)

    def take_away() -> None:
        for each in file.parent.glob("offer.sqlite3*"):
            each.rename(each.with_name(f"kept-{each.name}"))
        file.mkdir()

    with _serving(folder, "", file, take_away) as serving:
        yield serving


@contextmanager
def on_postgres(folder: Path, places: Path, _starter: Path) -> Iterator[Serving]:
    """On a server of its own that logs every statement with its values; it is stopped half way."""
    with _stoppable() as running:
        address = running.url("postgres")
        made = folder / "data"
        made.mkdir()
        (made / "places.bin").symlink_to(places)
        made_ready(made, address)
        with ThreadPoolExecutor() as beside:  # the test has a loop of its own
            beside.submit(lambda: asyncio.run(_log_everything(address))).result()
        with _serving(folder, address, running.folder, running.stop) as serving:
            yield serving


@contextmanager
def _stoppable() -> Iterator[Server]:
    tools = binaries()
    if tools is None:
        pytest.skip("no PostgreSQL server on this machine")
    with TemporaryDirectory(prefix="local-offer-pg-") as name:
        running = Server(Path(name), tools)
        running.start()
        try:
            yield running
        finally:
            with suppress(RuntimeError):  # it was stopped half way
                running.stop()


async def _log_everything(address: str) -> None:
    line = await asyncpg.connect(address)
    try:
        for setting in ("log_statement = 'all'", "log_parameter_max_length = -1"):
            await line.execute(f"ALTER SYSTEM SET {setting}")
        await line.execute("SELECT pg_reload_conf()")
    finally:
        await line.close()


@contextmanager
def _serving(folder: Path, url: str, database: Path, take_away: Callable[[], None]) -> Iterator[Serving]:
    data, port = folder / "data", free_port()
    for each in (folder / "tmp", folder / "home"):
        each.mkdir()
    told = {
        **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "HTTPS")},
        "DATA_DIR": str(data), "TMPDIR": str(folder / "tmp"), "HOME": str(folder / "home"),
        "HOST": "127.0.0.1", "PORT": str(port), "LOG_LEVEL": "DEBUG",
        "GEOCODER": "nominatim", "GEOCODER_URL": "http://127.0.0.1:9", "GEOCODER_CONTACT": "a@example.org",
        **({"DATABASE_URL": url} if url else {}),
    }  # fmt: skip
    command, began = [sys.executable, "-m", "tests.attack.canary_service"], time.time()
    with (folder / "process.log").open("wb") as log:
        process = subprocess.Popen(command, env=told, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(port)
        yield Serving(f"http://127.0.0.1:{port}", process, folder, database, take_away, began)
    finally:
        process.kill()
        process.wait()
