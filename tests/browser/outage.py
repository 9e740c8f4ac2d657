"""A road to the server that can be cut or slowed: what a phone meets without signal, or with too little."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal
from urllib.parse import urlsplit

Road = Literal["open", "dead", "slow"]


class Outage:
    """A relay in front of a running service. `state` may be changed while pages are open.

    "dead" ends each connection at once; "slow" keeps each waiting for `delay` seconds.
    """

    def __init__(self, target: str, delay: float, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        parts = urlsplit(target)
        self._host, self._port, self._delay = parts.hostname, parts.port, delay
        self._open = set[asyncio.StreamWriter]()
        self.state: Road = "open"
        self.address = ""
        self.asked = 0  # connections so far
        self._tasks = set[asyncio.Task[None]]()

    def cut(self) -> None:
        """No signal: connections that stand are gone too."""
        self.state = "dead"
        self._loop.call_soon_threadsafe(self._abort)

    def _abort(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()

    def slow(self) -> None:
        """Hardly any signal: everything takes longer than anybody waits."""
        self.cut()
        self.state = "slow"

    async def serve(self, ready: threading.Event, stop: asyncio.Event) -> None:
        """Relay until told to stop, and leave nothing open."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ready.set()
        await stop.wait()
        server.close()
        self._abort()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)  # transports close in the loop's next round

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._open.add(writer)
        self.asked += 1
        with suppress(OSError, asyncio.CancelledError):
            await self._relay(reader, writer)
        self._tasks.discard(task)
        self._open.discard(writer)
        writer.transport.abort()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.state == "dead":
            return
        if self.state == "slow":
            await asyncio.sleep(self._delay)
        there, back = await asyncio.open_connection(self._host, self._port)
        self._open.add(back)
        try:
            await asyncio.gather(_pass(reader, back), _pass(there, writer))
        finally:
            self._open.discard(back)
            back.transport.abort()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


@contextmanager
def outage(target: str, delay: float = 12.0) -> Iterator[Outage]:
    """A relay to a service, on its own thread, until the block ends."""
    ready, stop, loop = threading.Event(), asyncio.Event(), asyncio.new_event_loop()
    relay = Outage(target, delay, loop)
    thread = threading.Thread(target=loop.run_until_complete, args=(relay.serve(ready, stop),), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield relay
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
