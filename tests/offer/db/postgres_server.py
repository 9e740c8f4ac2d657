"""A throw-away PostgreSQL server for a test session: started here, gone at the end."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SPEED = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c listen_addresses=127.0.0.1"


def binaries() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: the newest installed, or that on PATH; None without."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    on_path = shutil.which("initdb")
    found = [*installed[-1:], *([Path(on_path)] if on_path else [])]
    return found[0].resolve().parent if found else None


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unprivileged() -> str:
    """An account that is not root, for the server to run as."""
    names = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


class Server:
    """One data directory and the server running in it. Not as root: the server refuses that."""

    def __init__(self, folder: Path, tools: Path) -> None:
        self.folder = folder
        self._tools = tools
        self.port = free_port()
        self._user = unprivileged() if os.geteuid() == 0 else None

    def start(self) -> None:
        """Makes the data directory and starts; raises CalledProcessError with the server's words."""
        if self._user:
            shutil.chown(self.folder, self._user)
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"{SPEED} -c port={self.port} -c unix_socket_directories={self.folder}"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", options, "start")

    def stop(self) -> None:
        """Stops at once; nothing in it is worth keeping."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", "immediate", "stop")

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def _run(self, tool: str, *arguments: str) -> None:
        command = [str(self._tools / tool), *arguments]
        account = pwd.getpwnam(self._user) if self._user else None
        ids = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        done = subprocess.run(  # type: ignore[call-overload]
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, **ids
        )
        if done.returncode:
            raise RuntimeError(f"{tool}: {done.stderr.decode().strip()}")


@contextmanager
def server() -> Iterator[Server]:
    """A running server; needs `binaries()`."""
    tools = binaries()
    assert tools is not None, "no PostgreSQL server on this machine"
    with tempfile.TemporaryDirectory(prefix="local-offer-pg-") as name:
        running = Server(Path(name), tools)
        running.start()
        try:
            yield running
        finally:
            running.stop()
