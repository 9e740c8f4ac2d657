"""Clients that are slow, silent, endless or gone: others are answered, and each comes to an end."""

import asyncio
import resource
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from offer import patience, serving
from tests.faults import hasty
from tests.faults.machine import PATIENCE, Running, running, until
from tests.strength import MANY, survived, tries
from tests.visiting import together

HOW = "pytest tests/faults/test_slow_clients.py"
HEAD, BODY = (patience.WITHIN["head"], patience.WITHIN["body"]) if MANY else (hasty.HEAD, hasty.BODY)
AFTER = patience.AFTER_REPLY if MANY else hasty.AFTER
UNREAD = (serving.UNREAD if MANY else hasty.UNREAD) / 1000
EACH = tries(20, 150)  # of every kind of bad client: five kinds at once must fit into FILES
FILES = 1024  # that the process may have open
SETTLED = 40  # files open, more than it has when nobody is connected
GROWS = 120  # MB at most, whatever they do
TCP_REPAIR = 19  # a socket closed in this state vanishes without a word to the other side

GET = b"GET / HTTP/1.1\r\nHost: here\r\n"
POST = b"POST /api/v1/check HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, places_file: Path, starter_file: Path
) -> Iterator[Running]:
    """One process for all of them, that may have few files open."""
    folder = tmp_path_factory.mktemp("slow")
    (folder / "places.bin").symlink_to(places_file)
    (folder / "offer.sqlite3").write_bytes(starter_file.read_bytes())
    module = "offer.cli" if MANY else "tests.faults.hasty"
    with running(folder, module=module, limits=f"ulimit -n {FILES}") as found:
        found.get("/search?q=rent")
        found.check()
        yield found


@dataclass(slots=True)
class Bad:
    """A connection of somebody who behaves badly."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> bool:
        """Whether the other side still takes something."""
        try:
            self.writer.write(data)
            await self.writer.drain()
        except OSError:
            return False
        return not self.writer.transport.is_closing()

    async def trickle(self, data: bytes, every: float) -> None:
        """A byte at a time, until the end of the data or of the connection."""
        for at in range(len(data)):
            if self.reader.at_eof() or not await self.send(data[at : at + 1]):
                return
            await asyncio.sleep(every)

    async def rest(self) -> bytes:
        """What came until the other side ended it."""
        found = b""
        with suppress(OSError):
            while part := await self.reader.read(65536):
                found += part
        return found


@asynccontextmanager
async def connected(service: Running) -> AsyncIterator[Bad]:
    parts = urlsplit(service.address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        yield Bad(reader, writer)
    finally:
        writer.transport.abort()


def status_of(reply: bytes) -> int:
    """The status of the first reply; 0 for none."""
    return int(reply.split(b" ", 2)[1]) if reply.startswith(b"HTTP/1.1 ") else 0


async def ends(service: Running, sends: bytes, then: bytes = b"", every: float = 0.0) -> tuple[int, float]:
    """What somebody gets who sends this, then the rest slowly or without end; and after how many seconds."""
    async with connected(service) as bad:
        start = time.monotonic()
        await bad.send(sends)
        going = asyncio.create_task(bad.trickle(then, every) if every else _without_end(bad, then))
        reply = await asyncio.wait_for(bad.rest(), PATIENCE)
        going.cancel()
        await asyncio.gather(going, return_exceptions=True)
        return status_of(reply), time.monotonic() - start


async def _without_end(bad: Bad, data: bytes) -> None:
    while data and await bad.send(data):  # noqa: ASYNC110 - for as long as the other side takes it
        await asyncio.sleep(0)


async def all_end(service: Running, status: int, within: float, sends: bytes, *more: object) -> int:
    """Many of a kind at once: each gets that status in time, and others are answered meanwhile."""
    before = service.resident
    many = asyncio.gather(*(ends(service, sends, *more) for _ in range(EACH)))  # type: ignore[arg-type]
    while not many.done():
        reply = await asyncio.to_thread(service.get, "/")
        assert reply.status == 200
        await asyncio.sleep(0.2)
    for found, took in await many:
        assert found == status, (found, status, took)
        assert took < within + PATIENCE / 10, took
    assert service.resident - before < GROWS
    return EACH


async def test_slow_and_silent_requests_come_to_an_end(service: Running) -> None:
    slow = b"X-Slow: " + b"a" * 10_000
    part = POST + b"Content-Length: 2000\r\n\r\n"
    chunks = POST + b"Transfer-Encoding: chunked\r\n\r\n"
    found = await asyncio.gather(
        all_end(service, 0, HEAD, b""),
        all_end(service, 408, HEAD, GET, slow, HEAD / 20),
        all_end(service, 408, BODY, part, b" " * 2_000, BODY / 20),
        all_end(service, 408, BODY, part + b'{"facts'),
        all_end(service, 408, BODY, chunks, b"1\r\n \r\n" * 1_000, BODY / 20),
    )
    survived(
        "fault",
        "requests that never become whole: silent, or a byte now and then",
        sum(found),
        sum(found),
        HOW,
    )


async def test_endless_bodies_are_answered_and_ended(service: Running) -> None:
    chunk = b"4000\r\n" + b" " * 0x4000 + b"\r\n"
    chunked = b"Transfer-Encoding: chunked\r\n\r\n"
    found = [
        await all_end(service, 413, AFTER, POST + chunked, chunk),
        await all_end(service, 200, AFTER, GET + chunked, chunk),
        await all_end(service, 413, AFTER, POST + b"Content-Length: 900000000\r\n\r\n", chunk),
    ]
    survived("fault", "bodies without an end, or with a length of 900 MB", sum(found), sum(found), HOW)


def test_who_sends_far_too_much_and_asks_nothing_after_it_hears_why(service: Running) -> None:
    """A program, or a proxy, that says it will close the line: a reset would eat the answer."""
    count = tries(3, 200)
    for _ in range(count):
        assert service.send("/api/v1/check", b" " * 8_000_000, "application/json").status == 413
    survived("fault", "bodies of 8 MB whose sender closes: answered before the end", count, count, HOW)


TOO_MUCH = (
    (431, GET + b"X-Long: " + b"a" * 100_000 + b"\r\n\r\n"),
    (431, GET + b"Cookie: " + b"visit=abc; " * 9_000 + b"\r\n\r\n"),
    (431, b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: here\r\n\r\n"),
    (431, GET + b"".join(b"X-%d: y\r\n" % each for each in range(9_000)) + b"\r\n"),
    (404, b"GET /" + b"a" * 12_000 + b" HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"),
    (200, b"GET /search?q=" + b"a+" * 6_000 + b" HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"),
    (200, GET + b"Connection: close\r\nCookie: " + b"visit=abc; " * 1_000 + b"\r\n\r\n"),
    (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200),
    (400, b"GET / HTTP/1.1\r\n\r\n"),
    (400, GET + b"Content-Length: -5\r\n\r\n"),
    (400, GET + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n"),
    (400, POST + b"Transfer-Encoding: chunked\r\n\r\nnot a length\r\n"),
    (400, b"\r\n\r\n\r\n" + b"G" * 40 + b"\r\n\r\n"),
)


async def test_what_is_too_long_or_no_http_gets_a_plain_line(service: Running) -> None:
    for status, sends in TOO_MUCH:
        for _ in range(tries(1, 50)):
            found, _ = await ends(service, sends)
            assert found == status, (found, sends[:80])
    async with connected(service) as bad:
        await bad.send(TOO_MUCH[0][1])
        assert (await bad.rest()).endswith(b"The address or the headers are too long.")
    assert service.get("/").status == 200
    assert "Traceback" not in service.log.read_text()
    count = len(TOO_MUCH) * tries(1, 50)
    survived(
        "fault", "headers, addresses and cookies that are huge, and bytes that are no HTTP", count, count, HOW
    )


async def test_readers_who_never_read_are_let_go(service: Running) -> None:
    before = service.resident
    async with connected(service) as bad:
        bad.reader._transport.pause_reading()  # type: ignore[attr-defined]
        start = time.monotonic()
        while await bad.send(GET + b"\r\n") and time.monotonic() - start < PATIENCE:
            await asyncio.wait([asyncio.create_task(bad.writer.drain())], timeout=0.1)
            assert service.resident - before < GROWS
        assert time.monotonic() - start < UNREAD + PATIENCE / 2
    assert service.get("/").status == 200


async def test_a_stream_that_is_not_read_holds_up_nobody(service: Running) -> None:
    adviser, young = await together(service.address, age_years="19")
    before, path = service.resident, f"{adviser.visit}/live"
    async with connected(service) as bad:
        sock = bad.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        bad.reader._transport.pause_reading()  # type: ignore[attr-defined]
        await bad.send(f"GET {path} HTTP/1.1\r\nHost: here\r\nCookie: {adviser.cookie}\r\n\r\n".encode())
        for number in range(tries(8, 400)):
            assert (await young.post("answer", age_years=str(19 + number % 3))).status == 303
    assert service.resident - before < GROWS
    assert (await adviser.ask("GET", adviser.visit)).status == 200


def test_more_idle_connections_than_files(service: Running) -> None:
    count, before = tries(1_200, 8_000), service.resident
    parts = urlsplit(service.address)
    lines: list[socket.socket] = []
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, count + 1_000), hard))
    try:
        for number in range(count):
            lines.append(
                socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=PATIENCE)
            )
            if number % 200 == 199:
                assert service.get("/").status == 200
                assert service.check().status == 200
        assert open_files(service) <= FILES
        assert service.resident - before < GROWS
    finally:
        for line in lines:
            line.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert service.get("/").status == 200
    what = f"idle connections to a process that may have {FILES:,} files open"
    survived("fault", what, count, count, HOW)


def test_connections_whose_other_side_vanished(service: Running) -> None:
    """A phone that lost its signal says no good-bye: only time tells."""
    begun = (b"", GET, POST + b"Content-Length: 90\r\n\r\n{")
    until(lambda: open_files(service) < SETTLED)  # those of the test before have hung up
    count, before = tries(30, 300), open_files(service)
    parts = urlsplit(service.address)
    lines = [
        socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=PATIENCE)
        for _ in range(count)
    ]
    for number, line in enumerate(lines):
        line.sendall(begun[number % len(begun)])
    until(lambda: open_files(service) >= before + count)
    try:
        for line in lines:
            line.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
    except OSError:
        pytest.skip("this machine does not let a socket vanish (TCP_REPAIR)")
    finally:
        for line in lines:
            line.close()
    assert service.get("/").status == 200
    assert open_files(service) >= before + count, "nobody told it"
    until(lambda: open_files(service) <= before + 5)
    assert service.get("/").status == 200
    survived("fault", "connections whose other side vanished without a word", count, count, HOW)


def open_files(service: Running) -> int:
    """How many files and connections the process has open."""
    return len(list(Path(f"/proc/{service.process.pid}/fd").iterdir()))
