"""A light driver of real HTTP on loopback: connections that stay open, requests as bytes, their times."""

import asyncio
import random
import time
from collections import Counter
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

    def said_from(self, address: str) -> bytes:
        """The request as a proxy passes it on for somebody at that address; "": as it came."""
        said = f"\r\nX-Forwarded-For: {address}\r\n".encode()
        return self.raw.replace(b"\r\n", said, 1) if address else self.raw


@dataclass(slots=True)
class Took:
    """What came of a run: seconds of each reply, and by cause how many requests were not answered well.

    `anew`: sent a second time, on a new connection, as the server hung up the old one while nothing was
    asked on it. Browsers and proxies do the same (RFC 9112, 9.3.1), so it is no failure.
    """

    waits: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    anew: int = 0
    lasted: float = 0.0

    @property
    def failed(self) -> int:
        """How many were not answered, or not with a success."""
        return self.failures.total()

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


class HungUpError(Exception):
    """The other side had ended the connection before it saw the request."""


class Line:
    """One connection that is kept open. `anew` counts requests that a new one had to be made for."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname, parts.port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.anew = 0

    async def ask(self, raw: bytes) -> int:
        """Sends a request and reads the whole reply; its status."""
        if self._streams is not None:
            try:
                return await self._asked(*self._streams, raw)
            except HungUpError:
                self.anew += 1
                self.close()
        self._streams = await asyncio.open_connection(self._host, self._port, limit=2**22)
        return await self._asked(*self._streams, raw)

    async def _asked(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, raw: bytes) -> int:
        writer.write(raw)
        head = (await _head(reader)).lower()
        if b"transfer-encoding: chunked" in head:
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        else:
            await reader.readexactly(int(head.partition(b"content-length: ")[2].split(b"\r", 1)[0]))
        if b"connection: close" in head:
            self.close()
        return int(head.split(b" ", 2)[1])

    def close(self) -> None:
        """Hangs up."""
        if self._streams:
            self._streams[1].close()
            self._streams = None


async def _head(reader: asyncio.StreamReader) -> bytes:
    """The reply as far as its headers. Raises HungUpError where not a byte of it came."""
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except ConnectionError as fault:
        raise HungUpError from fault
    except asyncio.IncompleteReadError as fault:
        if fault.partial:
            raise
        raise HungUpError from fault


async def each_once(address: str, asks: Sequence[Ask]) -> None:
    """Asks everything once, uncounted, so that what is made when it is first asked for is there."""
    line = Line(address)
    for ask in asks:
        await line.ask(ask.raw)
    line.close()


async def as_fast_as_it_can(
    address: str, asks: Sequence[Ask], seconds: float, lines: int, people: Sequence[str] = ("",)
) -> Took:
    """Every connection asks again as soon as it is answered: the capacity.

    `people`: network addresses that the requests are said to come from, as a proxy says them.
    """
    took, chance = Took(), random.Random(9)
    weights, end = [ask.weight for ask in asks], time.perf_counter() + seconds

    async def one(line: Line) -> None:
        while time.perf_counter() < end:
            raw = chance.choices(asks, weights)[0].said_from(chance.choice(people))
            await _timed(line, raw, took, time.perf_counter())
        _hang_up(line, took)

    start = time.perf_counter()
    await asyncio.gather(*(one(Line(address)) for _ in range(lines)))
    took.lasted = time.perf_counter() - start
    return took


async def at_a_rate(
    address: str, asks: Sequence[Ask], seconds: float, rate: float, people: Sequence[str] = ("",)
) -> Took:
    """People who come by chance, `rate` a second, whether or not those before them have been answered.

    A wait counts from when the request was due: a driver that is late itself would otherwise hide it.
    """
    took, chance, free = Took(), random.Random(), [Line(address) for _ in range(4)]
    weights, going = [ask.weight for ask in asks], set[asyncio.Task[None]]()
    start = due = time.perf_counter()

    async def one(raw: bytes, wanted: float) -> None:
        line = free.pop() if free else Line(address)
        await _timed(line, raw, took, wanted)
        free.append(line)

    while due < start + seconds:
        due += chance.expovariate(rate)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        raw = chance.choices(asks, weights)[0].said_from(chance.choice(people))
        task = asyncio.create_task(one(raw, due))
        going.add(task)
        task.add_done_callback(going.discard)
    await asyncio.gather(*going)
    took.lasted = time.perf_counter() - start
    for line in free:
        _hang_up(line, took)
    return took


def _hang_up(line: Line, took: Took) -> None:
    took.anew += line.anew
    line.close()


async def _timed(line: Line, raw: bytes, took: Took, since: float) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            status = await line.ask(raw)
        if status >= 400:
            took.failures[f"status {status}"] += 1
    except TimeoutError:
        took.failures[f"no answer in {PATIENCE} s"] += 1
        line.close()
    except (HungUpError, OSError, asyncio.IncompleteReadError) as fault:
        took.failures[_CAUSES.get(type(fault), "no connection")] += 1
        line.close()
    took.waits.append(time.perf_counter() - since)


_CAUSES = {HungUpError: "hung up at once", asyncio.IncompleteReadError: "hung up amid the answer"}
