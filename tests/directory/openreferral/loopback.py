"""Feeds on this machine, good and bad: what a stranger's server may send us."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
ROOT = {
    "version": "HSDS-UK-3.0",
    "profile": "https://example.org/profile",
    "openapi_url": "https://example.org/openapi.json",
}


@asynccontextmanager
async def serving(routes: Mapping[str, Handler]) -> AsyncIterator[str]:
    """The base address of a server that answers by path; `*` answers what nothing else does."""

    async def answer(request: web.Request) -> web.StreamResponse:
        handler = routes.get(request.path) or routes.get("*")
        return await handler(request) if handler else web.Response(status=404)

    app = web.Application()
    app.router.add_get("/{rest:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


def says(value: object, status: int = 200, packed: str = "") -> Handler:
    """Answers with this JSON, or these bytes, said to be packed in that way."""
    headers = {"Content-Encoding": packed} if packed else None

    async def handler(_: web.Request) -> web.Response:
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        return web.Response(body=body, status=status, headers=headers, content_type="application/json")

    return handler


def sends_on(to: str) -> Handler:
    """Redirects."""

    async def handler(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": to})

    return handler


def drips(seconds: float) -> Handler:
    """A byte now and then, for ever."""

    async def handler(request: web.Request) -> web.StreamResponse:
        reply = web.StreamResponse()
        await reply.prepare(request)
        while True:
            await reply.write(b" ")
            await asyncio.sleep(seconds)

    return handler


def pours(megabytes: int) -> tuple[Handler, list[int]]:
    """So many megabytes, and the count of those that were really sent."""
    sent = [0]

    async def handler(request: web.Request) -> web.StreamResponse:
        reply = web.StreamResponse()
        await reply.prepare(request)
        for _ in range(megabytes):
            await reply.write(b" " * 1_000_000)
            sent[0] += 1
        return reply

    return handler, sent


def bomb(megabytes: int) -> bytes:
    """So many megabytes of blanks, packed a thousandfold."""
    return gzip.compress(b" " * (megabytes * 1_000_000))


def uuid(name: str) -> str:
    """An id that is always the same for a name."""
    return str(uuid5(NAMESPACE_URL, name))


def page(items: list[Any], *, last: bool = True, number: int = 1) -> dict[str, Any]:
    """A page of a feed that lies about its size."""
    return {"total_items": 7, "total_pages": 10, "page_number": number, "size": 99,
            "first_page": number == 1, "last_page": last, "empty": not items, "contents": items}  # fmt: skip


def feed(services: list[dict[str, Any]], per_page: int = 2) -> dict[str, Handler]:
    """A small feed that is well: it pages, and ignores every other parameter."""

    async def listed(request: web.Request) -> web.Response:
        number = int(request.query.get("page", "1"))
        items = services[(number - 1) * per_page : number * per_page]
        slim = [{"id": each["id"], "name": each.get("name")} for each in items]
        return web.json_response(page(slim, last=number * per_page >= len(services), number=number))

    details = {f"/services/{each['id']}": says(each) for each in services}
    return {"/": says(ROOT), "/services": listed, **details}
