"""A PostgreSQL that is written to, and a standby that copies it and may take its place."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.offer.db.postgres_server import Server, binaries


class Standby(Server):
    """A copy that follows a primary, until it takes its place."""

    def follow(self, primary: Server) -> None:
        """Copies the primary, and starts to read what it writes from now on."""
        if self._user:
            shutil.chown(self.folder, self._user)
        data, log = str(self.folder / "data"), str(self.folder / "log")
        address = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres"]
        self._run("pg_basebackup", "-D", data, "-R", "--no-sync", "-c", "fast", *address)
        options = (
            f"-c port={self.port} -c unix_socket_directories={self.folder} -c listen_addresses=127.0.0.1"
        )
        self._run("pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", options, "start")

    def take_over(self) -> None:
        """From now on it is the one that is written to."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "promote")


@contextmanager
def postgres_pair() -> Iterator[tuple[Server, Standby]]:
    """A primary and its standby, both gone at the end; skips where there is no PostgreSQL."""
    tools = binaries()
    if tools is None:
        pytest.skip("no PostgreSQL server on this machine")
    with tempfile.TemporaryDirectory(prefix="local-offer-pair-") as name:
        Path(name).chmod(0o755)
        folders = [Path(name, each) for each in ("primary", "standby")]
        for each in folders:
            each.mkdir()
        primary, standby = Server(folders[0], tools), Standby(folders[1], tools)
        primary.start()
        try:
            standby.follow(primary)
            yield primary, standby
        finally:
            for server in (primary, standby):
                with suppress(RuntimeError):  # one of them may be dead already
                    server.stop()


def address_of(*servers: Server) -> str:
    """One DATABASE_URL for all of them, in this order."""
    hosts = ",".join(f"127.0.0.1:{server.port}" for server in servers)
    return f"postgres://postgres@{hosts}/postgres"
