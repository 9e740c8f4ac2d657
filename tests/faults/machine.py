"""A machine with faults to order: small disks, a PostgreSQL that stops, the service as a process on it."""

import http.client
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.browser.serving import surroundings
from tests.offer.db.postgres_server import Server, binaries
from tests.strength import MANY

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 600.0  # seconds: a busy machine may be slow, and nothing here waits without a reason
FACTS = b'{"facts": {"age_years": 19, "responsible_authority": "E10000019"}}'
slow = pytest.mark.skipif(not MANY, reason="it takes long: `make strength` does it")
TRACES = ("Traceback", "sqlite", "asyncpg", "tortoise", "Errno", "postgres", "/work/")  # no word for a person


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(slots=True)
class Running:
    """The service as a process of its own. `log`: all it has written."""

    address: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def get(self, path: str, cookie: str = "") -> Reply:
        """A page."""
        return self._ask("GET", path, cookie)

    def post(self, path: str, cookie: str = "", **fields: str) -> Reply:
        """A form from one of our own pages."""
        kind = "application/x-www-form-urlencoded"
        return self._ask("POST", path, cookie, urlencode(fields).encode(), kind)

    def send(self, path: str, body: bytes, kind: str) -> Reply:
        """Any body."""
        return self._ask("POST", path, "", body, kind)

    def check(self) -> Reply:
        """A call of the API about somebody."""
        return self._ask("POST", "/api/v1/check", "", FACTS, "application/json")

    def _ask(self, method: str, path: str, cookie: str, body: bytes = b"", kind: str = "") -> Reply:
        parts = urlsplit(self.address)
        headers = {"Sec-Fetch-Site": "same-origin", "Connection": "close"}
        headers |= {"Cookie": cookie} if cookie else {}
        headers |= {"Content-Type": kind} if kind else {}
        line = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=PATIENCE)
        try:
            line.request(method, path, body or None, headers)
            reply = line.getresponse()
            named = {name.lower(): value for name, value in reply.getheaders()}
            return Reply(reply.status, named, reply.read().decode())
        finally:
            line.close()

    @property
    def resident(self) -> float:
        """Its memory now, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


def until(holds: Callable[[], bool]) -> None:
    """Waits until something holds. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


@contextmanager
def running(
    data: Path, database: str = "", *, limits: str = "", module: str = "offer.cli",
    ready: bool = True, **settings: str,
) -> Iterator[Running]:  # fmt: skip
    """The service on a data folder, ended at the end. `limits`: what a shell sets first, as "ulimit -n 1024".

    `ready`: waits until it has a catalogue; otherwise only until it listens.
    """
    with tempfile.TemporaryDirectory(prefix="local-offer-log-") as folder:
        log = Path(folder) / "log"
        env = {**surroundings(data), **({"DATABASE_URL": database} if database else {}), **settings}
        with log.open("wb") as output:
            process = subprocess.Popen(
                _words(limits, module, "serve"), env=env, cwd=ROOT, stdout=output, stderr=output
            )
        try:
            found = Running(_listening(process, log), process, log)
            if ready:
                until(lambda: found.get("/readyz").status == 200)
            yield found
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()
            process.wait()


def _listening(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """The address it says it will serve at, once it answers there. Raises RuntimeError with its words."""
    until(lambda: "http://" in log.read_text() or process.poll() is not None)
    said = log.read_text()
    if process.poll() is not None:
        raise RuntimeError(said)
    address = said.partition("http://")[2].split()[0]
    found = Running(f"http://{address}", process, log)
    until(lambda: found.get("/healthz").status == 200)
    return found.address


def _words(limits: str, module: str, *words: str) -> list[str]:
    shell = ["sh", "-c", f'{limits}; exec "$@"', "sh"] if limits else []
    return [*shell, sys.executable, "-m", module, *words]


def command(
    data: Path, *words: str, database: str = "", limits: str = ""
) -> "subprocess.CompletedProcess[str]":
    """One command of the service, whatever comes of it."""
    env = {**surroundings(data), **({"DATABASE_URL": database} if database else {})}
    return subprocess.run(
        _words(limits, "offer.cli", *words), env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )


def plain(done: "subprocess.CompletedProcess[str]") -> str:
    """The one line that a refused command says."""
    said = done.stderr.strip().splitlines()
    assert done.returncode == 1, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr, done.stderr
    assert said and said[-1].startswith("local-offer: "), done.stderr
    return said[-1]


class Disk:
    """A small disk of its own, on which nothing but memory is used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    @property
    def free(self) -> int:
        """Bytes that still fit."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize

    def fill(self, leave: int = 0) -> None:
        """Takes all of its room but so many bytes."""
        with self._ballast.open("ab") as file:
            while self.free > leave:
                try:
                    file.write(b"\0" * min(self.free - leave, 65536))
                    file.flush()
                except OSError:
                    break

    def make_room(self) -> None:
        """Gives it back."""
        self._ballast.unlink(missing_ok=True)

    def remount(self, how: str) -> None:
        """ "ro": nothing can be written from now on; "rw": it can again."""
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.folder)], check=True, capture_output=True)


@contextmanager
def disk(folder: Path, megabytes: float) -> Iterator[Disk]:
    """A disk of that size in a folder; skips the test where mounting is refused."""
    folder.mkdir(parents=True, exist_ok=True)
    size = f"size={int(megabytes * 1024)}k,mode=755"
    words = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let us mount a small disk (tmpfs)")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


class Postgres(Server):
    """A PostgreSQL server that can be stopped, frozen and started again."""

    def stop(self) -> None:
        """Gone at once, as when somebody pulls the plug; no fault where it is gone already."""
        with suppress(RuntimeError):
            super().stop()

    def start(self) -> None:
        """Makes its data and starts it: unlike other tests' servers one that keeps what it acknowledged."""
        if self._user:
            shutil.chown(self.folder, self._user)
        words = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        self._run("initdb", "-D", str(self.folder / "data"), *words)
        self.again()

    def again(self) -> None:
        """Starts it on the data it had."""
        options = f"-c fsync=off -c listen_addresses=127.0.0.1 -c port={self.port} "
        options += f"-c unix_socket_directories={self.folder}"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self._run("pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", options, "start")

    @property
    def pid(self) -> int:
        """Of the process that takes connections."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    @property
    def user(self) -> str:
        """Whom its files belong to."""
        return pwd.getpwuid((self.folder / "data").stat().st_uid).pw_name


@contextmanager
def postgres(folder: Path | None = None) -> Iterator[Postgres]:
    """A server of one's own, in a folder that may be a small disk; skips where there is none installed."""
    tools = binaries()
    if tools is None:
        pytest.skip("no PostgreSQL server on this machine")
    with tempfile.TemporaryDirectory(prefix="local-offer-pg-") as name:
        server = Postgres(folder or Path(name), tools)
        server.start()
        try:
            yield server
        finally:
            server.stop()
