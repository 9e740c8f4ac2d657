"""What `make load` stands beside: an empty JSON route, and Datasette over a copy of our own database."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.serving import free_port, wait_for
from tests.visiting import Served

_EMPTY_APP = """
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

async def empty(request):
    return JSONResponse({})

app = Starlette(routes=[Route("/", empty), Route("/empty", empty)])
"""


@contextmanager
def empty_route(data: Path) -> Iterator[Served]:
    """Starlette and uvicorn as we use them, with nothing in them."""
    (data / "empty_app.py").write_text(_EMPTY_APP, "utf-8")
    command = ["-m", "uvicorn", "--app-dir", str(data), "--no-access-log", "empty_app:app"]
    with _started(command) as process:
        yield process


@contextmanager
def datasette(data: Path) -> Iterator[Served | None]:
    """Datasette over a copy of our own database; None where it is not installed."""
    copy = data / "offer.db"
    with sqlite3.connect(data / "offer.sqlite3") as connection:
        connection.execute("VACUUM INTO ?", [str(copy)])
    connection.close()
    there = subprocess.run([sys.executable, "-c", "import datasette"], capture_output=True, check=False)
    if there.returncode:
        yield None
        return
    with _started(["-m", "datasette", "serve", "--immutable", str(copy)]) as process:
        yield process


@contextmanager
def _started(words: Sequence[str]) -> Iterator[Served]:
    port = free_port()
    command = [sys.executable, *words, "--port", str(port), "--host", "127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield Served(f"http://127.0.0.1:{port}", process)
    finally:
        process.kill()
        process.wait()
