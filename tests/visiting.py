"""A visit over real HTTP, as two phones drive it: light enough that a test may hold a thousand of them.

Plain sockets and HTTP/1.0, so that a reply ends with its connection and a stream is read as it comes.
"""

import asyncio
import base64
import json
import os
import ssl
import subprocess
import sys
import zlib
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.bench.serving import free_port, wait_for

ROOT = Path(__file__).resolve().parent.parent
SECURE = "__Secure-"  # how our cookies' names begin over https
_UNCHECKED = ssl._create_unverified_context()  # a proxy of a test has a certificate of its own


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: `cookies` are those it set."""

    status: int
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a stream: its name, its mark ("" without), and its data as it came."""

    name: str
    mark: str
    data: str

    @property
    def room(self) -> str:
        """The room of an event asked for with `?packed`."""
        return zlib.decompress(base64.b64decode(json.loads(self.data))).decode()


@dataclass(slots=True)
class Phone:
    """One person's browser in one visit. `address` is the process it talks to, as "http://127.0.0.1:8000"."""

    address: str
    visit: str = ""
    cookie: str = ""

    def at(self, address: str) -> "Phone":
        """The same person, answered by another process."""
        return Phone(address, self.visit, self.cookie)

    async def ask(self, method: str, path: str, **fields: str) -> Reply:
        """One request and its whole reply; cookies are kept."""
        reader, writer = await self._sent(method, path, urlencode(fields) if method == "POST" else "")
        try:
            reply = _parsed(await reader.read())
        finally:
            writer.close()
        for name, value in reply.cookies.items():
            if value and value != "null":
                self.cookie = f"{name}={value}"
        return reply

    async def post(self, deed: str, **fields: str) -> Reply:
        """A deed in the visit, as "answer"."""
        return await self.ask("POST", f"{self.visit}/{deed}", **fields)

    @asynccontextmanager
    async def listening(self, last: str = "") -> AsyncIterator[AsyncIterator[Event]]:
        """The news of the visit while the block lasts. `last`: the mark of the last event heard before."""
        reader, writer = await self._sent("GET", f"{self.visit}/live?packed", last=last)
        try:
            yield _events(reader)
        finally:
            writer.transport.abort()  # at once: a farewell of TLS would outlive the loop of a short test
            await asyncio.sleep(0)

    async def _sent(
        self, method: str, path: str, body: str = "", last: str = ""
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        parts = urlsplit(self.address)
        secured = _UNCHECKED if parts.scheme == "https" else None
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=2**20, ssl=secured)
        headers = {
            "Host": parts.netloc, "Sec-Fetch-Site": "same-origin",
            "Cookie": self.cookie, "Last-Event-ID": last,
            "Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body)),
        }  # fmt: skip
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
        writer.write(f"{method} {path} HTTP/1.0\r\n{lines}\r\n{body}".encode())
        await writer.drain()
        return reader, writer


async def together(ours: str, theirs: str | None = None, **answers: str) -> tuple[Phone, Phone]:
    """An adviser and a young person in a new visit, each at a process of their own if `theirs` is given."""
    adviser, young = Phone(ours), Phone(theirs or ours)
    begun = await adviser.ask("POST", "/visit", role="adviser", **answers)
    adviser.visit = young.visit = begun.headers["location"]
    await young.post("knock")
    knock = young.cookie.removeprefix(SECURE).removeprefix("visit-waiting=").partition(".")[0]
    admitted = await adviser.post("admit", knock=knock)
    assert admitted.status == 303, admitted.text
    await young.ask("GET", young.visit)
    assert young.cookie.removeprefix(SECURE).startswith("visit="), "the young person was let in"
    return adviser, young


async def _events(reader: asyncio.StreamReader) -> AsyncIterator[Event]:
    await reader.readuntil(b"\r\n\r\n")
    while True:
        try:
            block = (await reader.readuntil(b"\n\n")).decode()
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        fields = dict(line.partition(": ")[::2] for line in block.splitlines() if line)
        if "event" in fields:
            yield Event(fields["event"], fields.get("id", ""), fields.get("data", ""))


def _parsed(raw: bytes) -> Reply:
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    pairs = [(name.lower(), value) for name, _, value in (line.partition(": ") for line in lines)]
    jar = SimpleCookie()
    for name, value in pairs:
        if name == "set-cookie":
            jar.load(value)
    status = int(first.split()[1]) if first else 0
    return Reply(status, dict(pairs), {name: each.value for name, each in jar.items()}, body.decode())


@dataclass(slots=True)
class Served:
    """A process that serves."""

    address: str
    process: "subprocess.Popen[bytes]"

    @property
    def resident(self) -> float:
        """Its memory now, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024

    @property
    def worked(self) -> float:
        """Seconds of processor it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def made_ready(data: Path, database: str = "") -> None:
    """Sets up the database of a data folder, or the one at an address."""
    command = [sys.executable, "-m", "offer.cli", "ready"]
    subprocess.run(command, env=_environment(data, database), cwd=ROOT, check=True, capture_output=True)


@contextmanager
def served(data: Path, database: str = "", port: int = 0, *, limits: bool = False) -> Iterator[Served]:
    """One process of the service, killed at the end if it still runs. `limits`: it counts who asks."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "offer.cli", "serve"],
        env=_environment(data, database) | {"PORT": str(port), "RATE_LIMITS": str(limits)},
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port)
        yield Served(f"http://127.0.0.1:{port}", process)
    finally:
        process.kill()
        process.wait()


def _environment(data: Path, database: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "HTTPS")}
    return {
        **kept,
        "DATA_DIR": str(data),
        "HOST": "127.0.0.1",
        "RATE_LIMITS": "false",  # all phones are on one machine
        **({"DATABASE_URL": database} if database else {}),
    }
