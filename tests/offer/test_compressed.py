"""Replies packed as the asker can read them: whole, in parts, not at all; and the same words each way."""

import gzip
from collections.abc import AsyncIterator, Callable

import brotli
import httpx2
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from offer.compressed import Compression, takes_brotli

WORDS = "Ask your adviser. " * 400
MANY = "Ask your adviser. " * 40_000  # more than is packed on the loop
UNPACK: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


async def _said(request: Request) -> Response:
    return PlainTextResponse({"whole": WORDS, "many": MANY, "few": "Yes."}[request.path_params["how"]])


async def _in_parts(request: Request) -> Response:
    async def parts() -> AsyncIterator[str]:
        for start in range(0, len(WORDS), 1000):
            yield WORDS[start : start + 1000]

    return StreamingResponse(parts(), media_type=request.query_params.get("as", "text/plain"))


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    routes = [Route("/parts", _in_parts), Route("/{how}", _said)]
    app = Starlette(routes=routes, middleware=[Middleware(Compression, minimum_size=600)])
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as made:
        yield made


async def _raw(client: httpx2.AsyncClient, path: str, takes: str) -> tuple[str, bytes, httpx2.Headers]:
    async with client.stream("GET", path, headers={"Accept-Encoding": takes}) as reply:
        raw = b"".join([part async for part in reply.aiter_raw()])
    return reply.headers.get("content-encoding", ""), raw, reply.headers


@pytest.mark.parametrize(
    ("takes", "wanted"),
    [("gzip, deflate, br", "br"), ("br;q=0, gzip", "gzip"), ("gzip", "gzip"), ("identity", ""), ("", "")],
)
@pytest.mark.parametrize(("path", "words"), [("/whole", WORDS), ("/many", MANY), ("/parts", WORDS)])
async def test_the_words_arrive_however_they_are_packed(
    client: httpx2.AsyncClient, takes: str, wanted: str, path: str, words: str
) -> None:
    found, raw, headers = await _raw(client, path, takes)
    assert found == wanted
    assert UNPACK[found](raw).decode() == words
    assert headers["vary"] == "Accept-Encoding"
    if path != "/parts":
        assert headers["content-length"] == str(len(raw))


async def test_what_is_short_or_a_stream_of_events_is_left_alone(client: httpx2.AsyncClient) -> None:
    assert (await _raw(client, "/few", "br"))[:2] == ("", b"Yes.")
    assert (await _raw(client, "/parts?as=text/event-stream", "br"))[0] == ""


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("br", True), ("gzip, deflate, br", True), ("BR;q=0.5", True), ("gzip;q=1.0, br; q=0.001", True),
        ("br;q=0", False), ("br;q=0.000", False), ("gzip", False), ("", False), ("*", False),
    ],
)  # fmt: skip
def test_brotli_is_sent_only_where_it_is_named(header: str, takes: bool) -> None:
    assert takes_brotli(header) is takes
