"""PostgreSQL that falls silent, or whose place another server takes: followed again without a restart."""

import asyncio
import contextlib
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import asyncpg
import pytest

from offer.catalogue import watch as watching_module
from offer.catalogue.watch import Watch
from offer.db.connections import orm
from tests.faults.machine import slow
from tests.faults.old_code import Code
from tests.faults.postgres_pair import address_of, postgres_pair
from tests.offer.catalogue.test_watch import Taken, publish_beside, until
from tests.offer.conftest import migrated_template, postgres_server, postgres_url
from tests.offer.db.postgres_server import Server
from tests.strength import survived, tries
from tests.visiting import ROOT, Served

__all__ = ["migrated_template", "postgres_server", "postgres_url"]

HOW = "make strength ARGS='-k lost_line'"
PATIENCE = 300  # seconds


class Wire:
    """Between a process and PostgreSQL: it can fall silent, as a firewall does that forgot a connection."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._silent: set[asyncio.Task[None]] = set()
        self._open: set[asyncio.Task[None]] = set()
        self._ends: list[asyncio.StreamWriter] = []
        self.opened = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until an end hangs up."""
        self.opened += 1
        there, back = await asyncio.open_connection(*self._to)
        self._ends += writer, back
        pairs = ((reader, back), (there, writer))
        tasks = [asyncio.create_task(self._pass_on(*pair)) for pair in pairs]
        self._open.update(tasks)
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while some := await reader.read(65_536):
                if asyncio.current_task() not in self._silent:
                    writer.write(some)
                    await writer.drain()
        if asyncio.current_task() not in self._silent:
            writer.close()

    def fall_silent(self) -> None:
        """Every connection there is says nothing more, and is not closed; new ones work."""
        self._silent |= self._open

    async def hang_up(self) -> None:
        """The end of all connections, the silent ones too."""
        for end in self._ends:
            end.transport.abort()
        await asyncio.gather(*self._open, return_exceptions=True)


@slow
async def test_a_silent_line_is_given_up_and_taken_up_again(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching_module, "LONGEST", 1.0)
    login, _, place = postgres_url.partition("@")
    host, _, port = place.partition("/")[0].partition(":")
    wire = Wire(host, int(port))
    server = await asyncio.start_server(wire, "127.0.0.1", 0)
    through = f"{login}@127.0.0.1:{server.sockets[0].getsockname()[1]}/{place.partition('/')[2]}"
    taken = Taken()
    async with orm(through) as connection:
        watch = Watch(connection, taken, quiet=0.2)  # a line of the pool is given up after a minute
        task = asyncio.create_task(watch.run())
        await until(lambda: taken.titles == [[]])
        for number in range(times := tries(1, 3)):
            lines = wire.opened
            wire.fall_silent()
            await publish_beside(postgres_url, f"Title {number}")
            async with asyncio.timeout(PATIENCE):
                while taken.titles[-1] != [f"Title {number}"]:  # noqa: ASYNC110 - what another wrote
                    await asyncio.sleep(0.05)
            assert wire.opened > lines
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    server.close()
    await wire.hang_up()
    survived("fault", "the line to PostgreSQL falls silent without closing", times, times, HOW)


@slow
def test_when_the_standby_takes_over_the_service_goes_on_with_it(tmp_path: Path, places_file: Path) -> None:
    shutil.copy(places_file, tmp_path / "places.bin")
    with postgres_pair() as (primary, standby):
        code = Code(ROOT, tmp_path, address_of(standby, primary))
        assert code.run("ready").returncode == 0
        code.change("bus-travel", "Said to the primary.")
        with code.serving() as process:
            assert "Said to the primary." in page(process, "/entitlements/bus-travel")
            wait_until(lambda: asyncio.run(version_at(standby)) == ready(process)["catalogue"]["version"])
            primary.stop()
            wait_until(lambda: not ready(process)["database"]["reachable"])
            assert "Said to the primary." in page(process, "/entitlements/bus-travel")
            standby.take_over()
            wait_until(lambda: bool(ready(process)["database"]["reachable"]))
            code.change("bus-travel", "Said to the standby.")
            wait_until(lambda: "Said to the standby." in page(process, "/entitlements/bus-travel"))
    survived("fault", "the primary dies and its standby takes over", 1, 1, HOW)


def page(process: Served, path: str) -> str:
    with urlopen(f"{process.address}{path}", timeout=PATIENCE) as reply:
        return str(reply.read().decode())


def ready(process: Served) -> Any:
    """What /readyz says; it stays ready all the while."""
    return json.loads(page(process, "/readyz"))


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


async def version_at(server: Server) -> int:
    line = await asyncpg.connect(server.url("postgres"))
    try:
        return int(await line.fetchval("SELECT number FROM catalogue_version"))
    finally:
        await line.close()
