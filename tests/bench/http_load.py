"""A light driver of real HTTP on loopback: connections that stay open, requests as bytes, their times."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

PATIENCE = 60  # seconds for one reply


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as it is sent, and how often it comes in the mix."""

    name: str
    raw: bytes
    weight: float = 1


@dataclass(slots=True)
class Took:
    """What came of a run: seconds of each reply, and replies that were no success."""

    waits: list[float] = field(default_factory=list)
    failed: int = 0
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        """Replies a second."""
        return len(self.waits) / self.lasted

    def quantile(self, per_cent: float) -> float:
        """The wait that so many in a hundred did not exceed, in seconds."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(len(ordered) * per_cent / 100))]


def get(name: str, path: str, weight: float = 1) -> Ask:
    """A page asked for by a browser."""
    return Ask(name, _raw("GET", path, "text/html", b""), weight)


def post_form(name: str, path: str, weight: float = 1, **fields: str) -> Ask:
    """A form sent by one of our own pages."""
    body = urlencode(fields).encode()
    return Ask(name, _raw("POST", path, "application/x-www-form-urlencoded", body), weight)


def post_json(name: str, path: str, body: bytes, weight: float = 1) -> Ask:
    """A call of the API."""
    return Ask(name, _raw("POST", path, "application/json", body), weight)


def _raw(method: str, path: str, kind: str, body: bytes) -> bytes:
    # As browsers ask over HTTPS, and as the libraries do that programs ask with.
    packs = "gzip, deflate" if kind == "application/json" else "gzip, deflate, br"
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Accept-Encoding: {packs}"]
    lines.append("Sec-Fetch-Site: same-origin")
    if method == "POST":
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Line:
    """One connection that is kept open."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname, parts.port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, ask: Ask) -> bool:
        """Sends a request and reads the whole reply; whether it was a success."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port, limit=2**22)
        reader, writer = self._streams
        writer.write(ask.raw)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b"transfer-encoding: chunked" in head:
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        else:
            await reader.readexactly(int(head.partition(b"content-length: ")[2].split(b"\r", 1)[0]))
        if b"connection: close" in head:
            self.close()
        return head.split(b" ", 2)[1].startswith((b"2", b"3"))

    def close(self) -> None:
        """Hangs up."""
        if self._streams:
            self._streams[1].close()
            self._streams = None


async def as_fast_as_it_can(address: str, asks: Sequence[Ask], seconds: float, lines: int) -> Took:
    """Every connection asks again as soon as it is answered: the capacity."""
    took, chance = Took(), random.Random(9)
    weights, end = [ask.weight for ask in asks], time.perf_counter() + seconds

    async def one(line: Line) -> None:
        while time.perf_counter() < end:
            await _timed(line, chance.choices(asks, weights)[0], took)
        line.close()

    start = time.perf_counter()
    await asyncio.gather(*(one(Line(address)) for _ in range(lines)))
    took.lasted = time.perf_counter() - start
    return took


async def at_a_rate(address: str, asks: Sequence[Ask], seconds: float, rate: float) -> Took:
    """People who come by chance, `rate` a second, whether or not those before them have been answered."""
    took, chance, free = Took(), random.Random(9), [Line(address) for _ in range(4)]
    weights, going = [ask.weight for ask in asks], set[asyncio.Task[None]]()
    start = due = time.perf_counter()

    async def one(ask: Ask, wanted: float) -> None:
        line = free.pop() if free else Line(address)
        await _timed(line, ask, took, wanted)
        free.append(line)

    while due < start + seconds:
        due += chance.expovariate(rate)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        task = asyncio.create_task(one(chance.choices(asks, weights)[0], due))
        going.add(task)
        task.add_done_callback(going.discard)
    await asyncio.gather(*going)
    took.lasted = time.perf_counter() - start
    for line in free:
        line.close()
    return took


async def _timed(line: Line, ask: Ask, took: Took, since: float | None = None) -> None:
    """`since`: when it was due; a driver that is late itself would otherwise hide the wait."""
    start = since or time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE):
            took.failed += not await line.ask(ask)
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        took.failed += 1
        line.close()
    took.waits.append(time.perf_counter() - start)
