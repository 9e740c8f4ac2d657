"""The socket that the service listens on."""

import asyncio
import socket

from offer.serving import _listener


async def test_a_reply_in_two_pieces_is_sent_at_once() -> None:
    """With Nagle's algorithm the second piece of each reply waited 40 ms for an acknowledgement."""
    without_delay = asyncio.Queue[int]()

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line: socket.socket = writer.get_extra_info("socket")
        await without_delay.put(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listener = _listener("127.0.0.1", 0)
    async with await asyncio.start_server(answer, sock=listener):
        _, writer = await asyncio.open_connection(*listener.getsockname())
        assert await without_delay.get() == 1
        writer.close()
        await writer.wait_closed()
