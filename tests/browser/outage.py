"""A road to the server that can be cut or slowed: what a phone meets without signal, or with too little."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from urllib.parse import urlsplit

Road = Literal["open", "dead", "slow"]


class Outage:
    """A relay in front of a running service. `state` may be changed while pages are open.

    "dead" ends each connection at once; "slow" keeps each waiting for `delay` seconds.
    """

    def __init__(self, target: str, delay: float) -> None:
        parts = urlsplit(target)
        self._host, self._port, self._delay = parts.hostname, parts.port, delay
        self._open = set[asyncio.StreamWriter]()
        self.state: Road = "open"
        self.address = ""

    def cut(self) -> None:
        """No signal: connections that stand are gone too."""
        self.state = "dead"
        for writer in list(self._open):
            writer.transport.abort()

    def slow(self) -> None:
        """Hardly any signal: everything takes longer than anybody waits."""
        self.cut()
        self.state = "slow"

    async def serve(self, ready: threading.Event, stop: asyncio.Event) -> None:
        """Relay until told to stop."""
        server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ready.set()
        async with server:
            await stop.wait()
            self.cut()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            if self.state == "dead":
                writer.transport.abort()
                return
            if self.state == "slow":
                await asyncio.sleep(self._delay)
            there, back = await asyncio.open_connection(self._host, self._port)
            await asyncio.gather(_pass(reader, back), _pass(there, writer))
        except OSError:
            pass
        finally:
            self._open.discard(writer)
            writer.close()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


@contextmanager
def outage(target: str, delay: float = 12.0) -> Iterator[Outage]:
    """A relay to a service, on its own thread, until the block ends."""
    relay, ready, loop = Outage(target, delay), threading.Event(), asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(relay.serve(ready, stop),), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield relay
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
