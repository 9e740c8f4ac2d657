"""Two people in a visit, each with a browser, as the tests of its pages drive them."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx2
from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey
from starlette.applications import Starlette

from offer.visits.keys import NotForThisKey, to_bytes

Step = Callable[[], Awaitable[object]]

AT = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
SOON = AT + timedelta(minutes=5)


@dataclass
class Phone:
    """One person's browser."""

    http: httpx2.AsyncClient

    async def get(self, path: str) -> httpx2.Response:
        return await self.http.get(path, follow_redirects=True)

    async def post(self, path: str, **fields: str) -> httpx2.Response:
        headers = {"Sec-Fetch-Site": "same-origin"}
        return await self.http.post(path, data=fields, headers=headers, follow_redirects=True)


async def begun(adviser: Phone, **answers: str) -> tuple[str, str]:
    """The address of a new visit and its code."""
    reply = await adviser.post("/visit", role="adviser", **answers)
    code = re.search(r'app-number">([\w ]+)<', reply.text)
    assert reply.status_code == 200 and code
    return reply.url.path, code[1]


async def together(adviser: Phone, young: Phone, **answers: str) -> str:
    """A visit in which both are."""
    visit, code = await begun(adviser, **answers)
    waiting = await young.post("/join", code=code)
    assert "Waiting to be let in" in waiting.text
    room = await adviser.get(visit)
    number = re.search(r'app-number">(\d\d)<', waiting.text)
    knock = re.search(r'name="knock" value="([^"]+)"', room.text)
    assert number and knock and f">{number[1]}<" in room.text
    assert "Your visit" in (await adviser.post(f"{visit}/admit", knock=knock[1])).text
    assert "You and your adviser are here" in (await young.get(visit)).text
    return visit


async def events(
    app: Starlette,
    phone: Phone,
    visit: str,
    wanted: int,
    *then: Step,
    query: bytes = b"",
    last: str = "",
    marks: list[str] | None = None,
) -> list[tuple[str, str]]:
    """The first events of a stream, read as ASGI, since the test client waits for a body's end.

    `then` are done one after each event; `last` is the mark of what the page shows, `marks` takes the new.
    """
    found: list[tuple[str, str]] = []
    cookie = "; ".join(f"{each.name}={each.value}" for each in phone.http.cookies.jar)
    headers = {"cookie": cookie, "host": "offer.test", "last-event-id": last}
    scope = {
        "type": "http", "method": "GET", "path": f"{visit}/live", "raw_path": f"{visit}/live".encode(),
        "query_string": query, "headers": [(name.encode(), text.encode()) for name, text in headers.items()],
        "scheme": "http", "server": ("offer.test", 80), "client": ("1.2.3.4", 1), "http_version": "1.1",
    }  # fmt: skip
    enough, steps, tasks = asyncio.Event(), list(then), list[asyncio.Task[object]]()

    async def receive() -> dict[str, str]:
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, bytes]) -> None:
        for block in message.get("body", b"").decode().split("\n\n"):
            if not block.startswith("event: "):
                continue
            lines = dict(line.split(": ", 1) for line in block.split("\n"))
            found.append((lines["event"], json.loads(lines["data"])))
            if marks is not None:
                marks.append(lines.get("id", ""))
            if steps:
                tasks.append(asyncio.ensure_future(steps.pop(0)()))
        if len(found) >= wanted:
            enough.set()

    async with asyncio.timeout(300):
        await app(scope, receive, send)  # type: ignore[arg-type]
    return found


def opened(box: str, tab: PrivateKey) -> bytes:
    """The visit's key, as a tab takes it out of its page (templates/js/join). Raises NotForThisKey."""
    raw = to_bytes(box)
    try:
        return bytes(Box(tab, PublicKey(raw[:32])).decrypt(raw[56:], raw[32:56]))
    except CryptoError as fault:
        raise NotForThisKey from fault
