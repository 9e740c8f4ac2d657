"""How a reply leaves: its head with what follows it, and by itself where nothing follows yet."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from uvicorn.server import ServerState

from offer.patience import connections

ASK = "GET {} HTTP/1.1\r\nHost: here\r\n\r\n"


class Noting:
    """A transport, with each of its writes noted."""

    def __init__(self, transport: asyncio.Transport, writes: list[bytes]) -> None:
        self._transport, self._writes = transport, writes

    def __getattr__(self, name: str) -> object:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        self._writes.append(data)
        self._transport.write(data)


class Service:
    """A listening service; `writes` is what it has handed to the kernel, call by call."""

    def __init__(self) -> None:
        self.writes, self.news = list[bytes](), asyncio.Event()
        self.port = 0

    async def whole(self, request: Request) -> Response:
        return PlainTextResponse("Ask your adviser.")

    async def nothing(self, request: Request) -> Response:
        return Response(status_code=304)

    async def stream(self, request: Request) -> Response:
        async def parts() -> AsyncIterator[str]:
            await self.news.wait()
            yield "news"

        return StreamingResponse(parts())


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    made = Service()
    routes = [Route(f"/{each.__name__}", each) for each in (made.whole, made.nothing, made.stream)]
    config = uvicorn.Config(Starlette(routes=routes), lifespan="off", ws="none", access_log=False)
    config.load()

    class Watched(connections(8)):  # type: ignore[misc]  # made anew for each process
        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(Noting(transport, made.writes))

    server = await asyncio.get_running_loop().create_server(
        lambda: Watched(config=config, server_state=ServerState(), app_state={}), "127.0.0.1", 0
    )
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made


@asynccontextmanager
async def asked(service: Service, *paths: str) -> AsyncIterator[asyncio.StreamReader]:
    reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
    writer.write("".join(map(ASK.format, paths)).encode())
    try:
        yield reader
    finally:
        writer.close()
        await writer.wait_closed()


async def test_a_whole_reply_goes_out_at_once(service: Service) -> None:
    async with asked(service, "/whole") as reader:
        await reader.readuntil(b"adviser.")
    assert len(service.writes) == 1


async def test_replies_asked_for_together_come_one_after_another(service: Service) -> None:
    async with asked(service, "/whole", "/nothing", "/whole") as reader:
        first = await reader.readuntil(b"adviser.")
        rest = await reader.readuntil(b"adviser.")
    assert first.startswith(b"HTTP/1.1 200 ")
    assert rest.startswith(b"HTTP/1.1 304 ")
    assert b"\r\n\r\nHTTP/1.1 200 " in rest
    assert len(service.writes) == 3


async def test_the_head_of_a_stream_does_not_wait_for_its_first_part(service: Service) -> None:
    async with asked(service, "/stream", "/whole") as reader:
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ")
        service.news.set()
        assert await reader.readuntil(b"0\r\n\r\n") == b"4\r\nnews\r\n0\r\n\r\n"
        assert b"adviser." in await reader.readuntil(b"adviser.")
