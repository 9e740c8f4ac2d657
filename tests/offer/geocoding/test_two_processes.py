"""Real processes on one database never ask the geocoder twice within a second.

Measured at the geocoder, from the end of one request to the start of the next: waiting
longer is no fault, so a busy machine cannot fail this.
"""

import asyncio
import os
import sys
import time
from itertools import pairwise
from pathlib import Path

from aiohttp import web

from offer.clock import now
from offer.db.migrate import migrate
from tests.geocoders import LINCOLN, loopback, nominatim

HERE = Path(__file__).parent
EACH = 3
ROUNDING = 0.005  # the shared clock counts milliseconds


async def test_one_request_a_second_for_the_whole_deployment(database_url: str, places_file: Path) -> None:
    await migrate(database_url, at=now())
    spans: list[tuple[float, float]] = []

    async def measured(request: web.Request) -> web.StreamResponse:
        start = time.monotonic()
        reply = await nominatim(LINCOLN)(request)
        spans.append((start, time.monotonic()))
        return reply

    async with loopback(measured) as server:
        done = await asyncio.gather(*(_process(database_url, server.host, places_file, x) for x in "pq"))
    assert done == [0, 0]
    assert len(server.asked) == len(set(server.asked)) == 2 * EACH
    gaps = [after[0] - before[1] for before, after in pairwise(spans)]
    assert all(gap >= 1 - ROUNDING for gap in gaps), gaps


async def _process(url: str, host: str, places_file: Path, letter: str) -> int:
    root = HERE.parents[2]
    started = await asyncio.create_subprocess_exec(
        sys.executable, str(HERE / "asking_process.py"), url, host, str(places_file), letter, str(EACH),
        cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await started.communicate()
    assert b"found" in said
    return started.returncode or 0
