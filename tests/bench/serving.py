"""The service as a process: queries of public pages, memory, and the start on a fresh machine."""

import asyncio
import contextvars
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
from starlette.types import ASGIApp, Receive, Scope, Send

from offer.app import create_app
from offer.logs import configure
from offer.settings import Settings
from tests.bench.edition import ROOT, VAR, places_file
from tests.bench.goals import Goal

PAGES = ("/", "/topics", "/search?q=council+tax", "/council-tax", "/entitlements/personal-adviser-to-21",
         "/help-now", "/about", "/api/v1/facts", "/api/v1/entitlements")  # fmt: skip
PATIENCE = 1_800  # seconds: a whole country takes minutes to read on a busy machine


def goals(*, fresh: bool) -> Iterator[Goal]:
    """Issue 2: no queries, memory, and with `fresh` the two starts in a throw-away clone."""
    data = _data_folder()
    yield asyncio.run(_queries(Settings(data_dir=data, database_url=None)))
    yield _memory(data)
    yield from _starts() if fresh else ()


def _data_folder() -> Path:
    """A data folder with an empty database filled anew."""
    data = places_file().parent
    for old in data.glob("offer.sqlite3*"):
        old.unlink()
    command = [sys.executable, "-m", "offer.cli", "ready"]
    subprocess.run(command, env=_env(data), cwd=ROOT, check=True, capture_output=True)
    return data


def _env(data: Path, port: int = 0) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    here = {"DATA_DIR": str(data), "PORT": str(port), "HOST": "127.0.0.1"}
    return {**kept, **here, "RATE_LIMITS": "false"}  # what one machine sends here is no fair use


async def _queries(settings: Settings) -> Goal:
    """Database statements that the pages send, told apart from the watch's by the task they run in."""
    configure("WARNING")
    counter = _Counter()
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        with counter.listening():
            transport = httpx2.ASGITransport(app=counter.marking(app))
            async with httpx2.AsyncClient(transport=transport, base_url="http://bench.test") as client:
                pages = [page for page in PAGES if (await client.get(page)).status_code == 200]
                facts = {"facts": {"age_years": 19, "responsible_authority": "E10000019"}}
                checked = await client.post("/api/v1/check", json=facts)
    assert checked.status_code == 200
    note = f"{len(pages)} of {len(PAGES)} addresses answered with a page, and a check"
    return Goal("database queries of public pages", counter.count, "queries", 0, issue=2, note=note)


class _Counter(logging.Handler):
    """Counts the statements that Tortoise logs while a request is being answered."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.count = 0
        self._in_request = contextvars.ContextVar("in_request", default=False)

    def emit(self, record: logging.LogRecord) -> None:
        self.count += self._in_request.get()

    @contextmanager
    def listening(self) -> Iterator[None]:
        logger = logging.getLogger("tortoise.db_client")
        level = logger.level
        logger.addHandler(self)
        logger.setLevel(logging.DEBUG)
        try:
            yield
        finally:
            logger.removeHandler(self)
            logger.setLevel(level)

    def marking(self, app: ASGIApp) -> ASGIApp:
        async def marked(scope: Scope, receive: Receive, send: Send) -> None:
            self._in_request.set(True)
            await app(scope, receive, send)

        return marked


def _memory(data: Path) -> Goal:
    """Resident memory of one serving process after every page has been asked for."""
    port = free_port()
    command = [sys.executable, "-m", "offer.cli", "serve"]
    process = subprocess.Popen(
        command, env=_env(data, port), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        for page in PAGES:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{page}", timeout=30) as reply:
                reply.read()
        status = Path(f"/proc/{process.pid}/status").read_text()
        resident = int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))
        return Goal("memory of one process, starter catalogue", resident / 1024, "MB", 250, issue=2)
    except OSError as fault:
        return Goal("memory of one process, starter catalogue", None, "MB", 250, issue=2, note=str(fault))
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> float:
    """Seconds until the start page is served."""
    start = time.perf_counter()
    while time.perf_counter() - start < PATIENCE:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as reply:
                reply.read()
                return time.perf_counter() - start
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(f"nothing was served within {PATIENCE} seconds")


def _starts() -> Iterator[Goal]:
    """`make run` twice in a fresh clone: a second start is the median of three."""
    with TemporaryDirectory(dir=VAR) as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", "--local", str(ROOT), str(clone)], check=True)
        names = ("first `make run`, warm package cache", "second `make run`")
        try:
            yield Goal(names[0], _start(clone), "s", 240, issue=2)
            yield Goal(names[1], sorted(_start(clone) for _ in range(3))[1], "s", 5, issue=2)
        except OSError as fault:
            yield Goal(names[0], None, "s", 240, issue=2, note=str(fault))


def _start(clone: Path) -> float:
    make = shutil.which("make")
    if make is None:
        raise OSError("there is no make on this machine")
    port = free_port()
    env = _env(clone / "var", port) | {"PYTHON": sys._base_executable}  # type: ignore[attr-defined]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        [make, "run"], cwd=clone, env=env, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        return wait_for(port)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
