"""The driver of `make load` tells a connection that ended while it was idle from an answer that is lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from tests.bench.goals import Goal
from tests.bench.http_load import as_fast_as_it_can, at_a_rate, get
from tests.bench.load_page import Conditions, noted, write_page

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
ASKS = [get("page", "/")]
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def _server(serve: Serve) -> AsyncIterator[str]:
    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await serve(reader, writer)
        writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_who_finds_the_connection_ended_asks_again_on_a_new_one() -> None:
    async def one_answer_each(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(WHOLE)

    async with _server(one_answer_each) as address:
        took = await at_a_rate(address, ASKS, 0.3, 100)
    assert took.waits
    assert took.anew > 0
    assert not took.failures


async def test_an_answer_cut_off_is_a_failure_with_its_cause() -> None:
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(WHOLE[:-1])

    async with _server(half) as address:
        took = await as_fast_as_it_can(address, ASKS, 0.1, 1)
    assert took.failures == {"hung up amid the answer": len(took.waits)}


async def test_who_asks_is_told_to_the_server_and_what_it_refuses_is_counted() -> None:
    heard = set[bytes]()

    async def refusing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        heard.update(line for line in head.split(b"\r\n") if line.startswith(b"X-Forwarded-For"))
        writer.write(WHOLE.replace(b"200 OK", b"429 Too Many Requests"))

    async with _server(refusing) as address:
        took = await as_fast_as_it_can(address, ASKS, 0.1, 1, ("10.0.0.1", "10.0.0.2"))
    assert heard == {b"X-Forwarded-For: 10.0.0.1", b"X-Forwarded-For: 10.0.0.2"}
    assert took.failures == {"status 429": len(took.waits)}


def test_what_is_measured_again_replaces_what_stands_in_the_docs(tmp_path: Path) -> None:
    notes, page = tmp_path / "load.json", tmp_path / "page.md"
    page.write_text("# Load\n\n### What it measured\n\nNothing.\n\n### After\n\nStays.\n", "utf-8")
    rate = Goal("the mix", 100.0, "a second of a core", note="0 failed")
    soak = Goal("growth", 1.0, "MB", 5)
    noted([rate, soak], Conditions("1 May 2026", 2, 1.0, 2.0), notes)
    noted([replace(rate, got=200.0)], Conditions("2 May 2026", 2, 0.1, 0.2), notes)
    write_page(notes, page)
    text = page.read_text("utf-8")
    assert "Nothing." not in text
    assert "| the mix | 200 | 1 | 0 failed |" in text
    assert "| growth | at most 5 MB | 1 MB | met | 2 |" in text
    assert text.endswith("\n\n### After\n\nStays.\n")
