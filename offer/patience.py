"""One HTTP connection: uvicorn's own, whose patience with the other side has an end.

uvicorn waits for ever for a request that was begun (its issue 157), and no application runs before the
head of a request is there. So a few people who send a byte now and then, or nothing, could keep every
connection of a process. Here a request must be whole in time, and where all connections are taken the one
that has waited longest makes room. Whoever never reads is the kernel's to end: see `offer.serving`.
"""

import asyncio
import re
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar, Literal

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

Stage = Literal["head", "body", ""]  # of a request that is still coming in; "" between two

# Seconds until it must be there whole. A sheet of 6 MB takes a minute and a half at half a megabit a second.
WITHIN: Mapping[Stage, float] = MappingProxyType({"head": 20.0, "body": 120.0})
AFTER_REPLY = 5.0  # seconds for the rest of a body that was answered before its end, as one too long is
LONGEST_HEAD = 16 * 1024  # bytes of address and headers together
_END_OF_HEAD = re.compile(rb"\n\r?\n")
WORDS: Mapping[int, str] = MappingProxyType(
    {
        400: "We could not read what was sent.",
        408: "It took too long to send this. Please try again.",
        431: "The address or the headers are too long.",
    }
)


class Room:
    """The connections of a process that wait for somebody's next request, the longest waiting first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._waiting: dict[PatientConnection, None] = {}

    def note(self, connection: "PatientConnection", *, waits: bool) -> None:
        """Somebody is answered now, or waits (again)."""
        self._waiting.pop(connection, None)
        if waits:
            self._waiting[connection] = None

    def make(self, connections: int) -> None:
        """Ends the connection that waits longest where there are more than can be kept."""
        if connections > self.most and self._waiting:
            oldest = next(iter(self._waiting))
            del self._waiting[oldest]
            oldest.transport.close()


class _Line:
    """The line as one reply uses it.

    The head waits for what follows it in the same turn of the loop: one call to the kernel and one packet in
    place of two. uvicorn ends the line as soon as no further request may follow; whoever is still sending
    would get a reset in place of the reply: here the rest is read first.
    """

    def __init__(self, connection: "PatientConnection") -> None:
        self._connection = connection
        self._head: bytes | None = None  # b"" once it has gone
        self.is_closing = connection.transport.is_closing

    def write(self, data: bytes) -> None:
        """The next part of the reply."""
        if self._head is None:
            self._head = data
            self._connection.loop.call_soon(self._send)  # a stream may have nothing to say yet
        else:
            self._send(data)

    def _send(self, data: bytes = b"") -> None:
        head, self._head = self._head, b""
        if head or data:
            self._connection.transport.write(head + data if head else data)

    def close(self) -> None:
        """The reply is sent, or cannot be."""
        self._send()
        self._connection.let_go()


class PatientConnection(H11Protocol):
    """A connection whose requests come in within a time. `room` is that of its process."""

    room: ClassVar[Room]
    _stage: Stage = ""
    _due: asyncio.TimerHandle | None = None
    _is_over = False  # it was refused: nothing of it is read any more

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody connected: a request has to follow."""
        super().connection_made(transport)
        self._expect("head")
        self.room.note(self, waits=True)
        self.room.make(len(self.connections))

    def connection_lost(self, exc: Exception | None) -> None:
        """It has ended."""
        super().connection_lost(exc)
        self._expect("")
        self.room.note(self, waits=False)

    def data_received(self, data: bytes) -> None:
        """Some bytes came. A head too long is refused unread: h11 lets one pass that came in one go."""
        if self._is_over:
            return
        if self.conn.their_state is h11.IDLE:
            head = self.conn.trailing_data[0] + data
            if len(head) > LONGEST_HEAD and not _END_OF_HEAD.search(head[:LONGEST_HEAD]):
                self._refuse(431)
                return
        super().data_received(data)

    def handle_events(self) -> None:
        """Some bytes came, or those of the next request were here already."""
        super().handle_events()
        if self.cycle is not None and self.cycle.transport is self.transport:
            self.cycle.transport = _Line(self)  # type: ignore[assignment]
        if not (self.transport.is_closing() or self._is_over):
            self._expect(self._coming())
            self.room.note(self, waits=not self._is_answering)

    def let_go(self) -> None:
        """No more is said. What still comes of a request that was answered is dropped for a moment."""
        if self._stage != "body" or self._is_answering or self.transport.is_closing():
            self.transport.close()
            return
        self._is_over = True
        self.flow.resume_reading()
        self.transport.write_eof()
        self._end_after(AFTER_REPLY)

    def on_response_complete(self) -> None:
        """The reply is sent. Who still sends what was answered already has a moment to stop."""
        super().on_response_complete()
        if self.transport.is_closing():
            return
        if self._stage == "body" and not self._is_answering:
            self._end_after(AFTER_REPLY)
        self.room.note(self, waits=not self._is_answering)

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _coming(self) -> Stage:
        if self.conn.their_state is h11.SEND_BODY:
            return "body"
        return "head" if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0] else ""

    def _expect(self, stage: Stage) -> None:
        """Bytes alone win no time: the clock of a stage starts once."""
        if stage == self._stage:
            return
        self._stage = stage
        if self._due is not None:
            self._due.cancel()
            self._due = None
        if stage:
            self._end_after(WITHIN[stage])

    def _end_after(self, seconds: float) -> None:
        if self._due is not None:
            self._due.cancel()
        self._due = self.loop.call_later(seconds, self._too_slow)

    def _too_slow(self) -> None:
        begun = self._stage == "body" or self.conn.trailing_data[0]
        if begun and not self._is_over:
            self._refuse(408)
        else:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """What came is not HTTP, or its head is too long. Called while the fault is being handled."""
        hint = getattr(sys.exc_info()[1], "error_status_hint", 400)
        self._refuse(hint if hint in WORDS else 400)

    def _refuse(self, status: int) -> None:
        """One plain line and the end; only the end where a reply has begun already.

        What still comes is read and dropped for a moment: the line would be lost to who is still sending.
        """
        self._is_over = True
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True  # whoever still reads the request is told that nobody is there
            self.cycle.message_event.set()
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
        elif not self.transport.is_closing():
            self._say(status)
            self.transport.write_eof()
            self._end_after(AFTER_REPLY)

    def _say(self, status: int) -> None:
        words = WORDS[status].encode()
        headers = {
            "Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(words)),
            "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Connection": "close",
        }  # fmt: skip
        reply = h11.Response(status_code=status, headers=[*headers.items()])
        for event in (reply, h11.Data(data=words), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")


def connections(most: int) -> type[PatientConnection]:
    """The kind of connection for a process that keeps so many."""

    class Ours(PatientConnection):
        room = Room(most)

    return Ours
