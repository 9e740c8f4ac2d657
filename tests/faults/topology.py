"""Processes as systemd would run them, behind Caddy, both in the very words of the files in offer/deploy."""

import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

import offer
from tests.bench.serving import free_port

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = Path(offer.__path__[0], "deploy")
PATIENCE = 300.0  # seconds: nothing waits without a reason, but a machine may be slow
_SERVICE = "/srv/offer/.venv/bin/local-offer"
# Caddy makes a certificate of its own for "localhost", which nobody here is told to trust.
_OWN_CERTIFICATE = "{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n}\n"
_UNCHECKED = ssl._create_unverified_context()
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


@dataclass(slots=True)
class Instance:
    """One process of `local-offer@.service`. `settings`: what would stand in /etc/local-offer.env."""

    port: int
    data: Path
    settings: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    unit: str = field(default_factory=lambda: (DEPLOY / "local-offer@.service").read_text("utf-8"))

    @property
    def address(self) -> str:
        """Where it is asked without the proxy."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """What stands before the start, to its end; then the process itself, without waiting for it."""
        subprocess.run(self._words("ExecStartPre"), env=self._environment, cwd=ROOT, check=True)
        with (self.data / f"{self.port}.log").open("ab") as log:  # beside the data, as the journal
            self.process = subprocess.Popen(
                self._words("ExecStart"), env=self._environment, cwd=ROOT, stdout=log, stderr=log
            )

    def stop(self) -> None:
        """Asked to end, and within its time ended: systemd would kill it otherwise."""
        assert self.process
        self.process.send_signal(getattr(signal, self._said("KillSignal")))
        self.process.wait(float(self._said("TimeoutStopSec")))

    def kill(self) -> None:
        """As when memory runs out."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def start_again(self) -> None:
        """What systemd does after a kill."""
        assert self._said("Restart") == "on-failure"
        time.sleep(float(self._said("RestartSec")))
        self.start()

    @property
    def is_ready(self) -> bool:
        """Whether it wants requests."""
        try:
            return get(f"{self.address}/readyz").status == 200
        except URLError:
            return False

    def _said(self, name: str) -> str:
        found = re.search(rf"^{name}=(.*)$", self.unit, re.MULTILINE)
        assert found, name
        return found[1].replace("%i", str(self.port))

    def _words(self, name: str) -> list[str]:
        program, *words = shlex.split(self._said(name))
        assert program == _SERVICE
        return [sys.executable, "-m", "offer.cli", *words]

    @property
    def _environment(self) -> dict[str, str]:
        given = dict(pair.split("=", 1) for pair in shlex.split(self._said("Environment")))
        given["DATA_DIR"] = given["DATA_DIR"].replace("/var/lib/offer", str(self.data))
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
        return {**kept, **given, **self.settings}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    text: str


def get(address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Reply:
    """One request and its whole reply, whatever its status. Raises URLError where nobody answers."""
    try:
        with urlopen(
            Request(address, body, dict(headers or {})), timeout=PATIENCE, context=_UNCHECKED
        ) as reply:
            return Reply(reply.status, reply.read().decode())
    except HTTPError as refused:
        return Reply(refused.code, refused.read().decode())


def until(holds: Callable[[], bool]) -> float:
    """Waits until something holds; the seconds it took."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < PATIENCE
        time.sleep(0.05)
    return time.monotonic() - start


@contextmanager
def three_processes(data: Path, settings: Mapping[str, str]) -> Iterator[list[Instance]]:
    """Three of them, ready; killed at the end."""
    instances = [Instance(free_port(), data, settings) for _ in range(3)]
    try:
        for each in instances:
            each.start()
        until(lambda: all(each.is_ready for each in instances))
        yield instances
    finally:
        for each in instances:
            each.kill()


@contextmanager
def behind_caddy(instances: Sequence[Instance], folder: Path, port: int) -> Iterator[str]:
    """Caddy with our Caddyfile, its three names replaced as local-offer@.service says; the site's address."""
    if shutil.which("caddy") is None:
        pytest.skip("no Caddy on this machine")
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    for number, each in enumerate(instances, 1):
        text = text.replace(f"web{number}:8000", f"127.0.0.1:{each.port}")
    file, site = folder / "Caddyfile", f"https://localhost:{port}"
    with socket.create_server(("127.0.0.1", 0)) as found:  # for who comes in the open
        text = text.replace("http://{$SITE}", f"http://localhost:{found.getsockname()[1]}")
    text = text.replace("https://{$SITE}", site)
    file.write_text(_OWN_CERTIFICATE + text)
    command = ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"]
    own = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "caddy.log").open("wb") as log:
        process = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=log)
    try:
        until(lambda: _answers(f"{site}/"))
        yield site
    finally:
        process.terminate()
        process.wait()


def _answers(address: str) -> bool:
    try:
        return get(address).status == 200
    except (OSError, ssl.SSLError):
        return False


@dataclass(slots=True)
class Crowd:
    """What came of requests that went on all the while."""

    asked: int = 0
    failed: list[str] = field(default_factory=list)
    longest: float = 0.0  # seconds


ASKED = (
    ("/", None),
    ("/entitlements/bus-travel", None),
    ("/search?q=bus", None),
    ("/results", b"age_years=19&place=Sleaford&care_when=left_at_18"),
)


@contextmanager
def a_crowd(site: str, people: int = 6) -> Iterator[Crowd]:
    """So many people who read and send in forms, one request after the other, while the block lasts."""
    crowd, over, one_at_a_time = Crowd(), threading.Event(), threading.Lock()

    def one(number: int) -> None:
        while not over.is_set():
            path, body = ASKED[number % len(ASKED)]
            start = time.monotonic()
            try:
                status = str(get(f"{site}{path}", body, FORM if body else None).status)
            except OSError as fault:
                status = str(fault)
            with one_at_a_time:
                crowd.asked += 1
                crowd.longest = max(crowd.longest, time.monotonic() - start)
                if status != "200":
                    crowd.failed.append(f"{'POST' if body else 'GET'} {path}: {status}")
            number += 1
            over.wait(0.1)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(people)]
    for each in threads:
        each.start()
    try:
        yield crowd
    finally:
        over.set()
        for each in threads:
            each.join()
