"""News of a visit as it happens: server-sent events, each the whole room as it stands.

A page that was away, asleep or cut off reads one event and is right again: nothing is replayed.
"""

import base64
import json
import zlib
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from offer.caching import PRIVATE
from offer.clock import now
from offer.db.connections import AWAY
from offer.live import live_of
from offer.pages.visit_cookies import member_of, waiting_of
from offer.pages.visit_room import Inside, mark_of, read_visit, room_html
from offer.visits import joining, store
from offer.visits.live import Page

ALIVE = 15.0  # seconds after which a line without news keeps the connection open
AGAIN = 1000  # milliseconds after which a phone that was cut off asks again
BUSY = 20_000  # the same where this process has too many pages open to keep one more
_HEADERS = {**PRIVATE, "X-Accel-Buffering": "no"}  # no proxy may hold events back


async def live(request: Request) -> Response:
    """GET /visit/{visit}/live: `room` with each change, `over` at the end. 204 ends the asking again.

    `?packed`: each room is compressed (zlib) and written in base64. `Last-Event-ID`: what the page shows
    already, which is not sent again.
    """
    visit = request.path_params["visit"]
    try:
        signing = await store.signing_key(live_of(request).database, visit, now())
    except store.Over:
        return Response(status_code=204, headers=PRIVATE)
    member, waiting = member_of(request, signing), waiting_of(request, signing)
    if member is not None:
        packed = "packed" in request.query_params
        events = _room(request, Inside(visit, signing, member), packed=packed)
    elif waiting is not None:
        events = _door(request, visit, waiting.id)
    else:
        return Response(status_code=204, headers=PRIVATE)
    return StreamingResponse(events, media_type="text/event-stream", headers=_HEADERS)


async def _room(request: Request, inside: Inside, *, packed: bool) -> AsyncIterator[str]:
    visits, shown = live_of(request).visits, request.headers.get("last-event-id", "")
    full = visits.full
    with visits.page(inside.visit, inside.member.id) as page:
        yield f"retry: {BUSY if full else AGAIN}\n\n"
        while not page.replaced:
            try:
                visit = await read_visit(request, inside)
            except store.Over:
                yield _event("over")
                return
            except AWAY:
                return  # the page asks again until there is an answer
            page.version = visit.version
            if (mark := mark_of(request, inside, visit)) != shown:
                yield await _news(request, inside, visit, mark, packed=packed)
            shown = mark
            if full:
                yield _event("busy")
                return
            async for line in _until_news(page):
                yield line
        yield _event("elsewhere")


async def _news(request: Request, inside: Inside, visit: store.Visit, mark: str, *, packed: bool) -> str:
    html = await room_html(request, inside, visit, "parts/visit-room.html")
    return _event("room", _packed(html) if packed else html, mark)


async def _door(request: Request, visit: str, knock: str) -> AsyncIterator[str]:
    """Tells somebody who waits when it was decided: they then ask for the page again."""
    visits = live_of(request).visits
    full = visits.full
    with visits.page(visit, knock) as page:
        yield f"retry: {BUSY if full else AGAIN}\n\n"
        while not page.replaced:
            try:
                waits = await joining.waits(live_of(request).database, visit, knock, now())
            except AWAY:
                return
            if not waits:
                yield _event("decided")
                return
            if full:
                return
            async for line in _until_news(page):
                yield line


async def _until_news(page: Page) -> AsyncIterator[str]:
    while not await page.news(ALIVE):
        yield ": still here\n\n"


def _packed(html: str) -> str:
    """A tenth of the bytes, for phones that can unpack: no proxy compresses a stream of events."""
    return base64.b64encode(zlib.compress(html.encode())).decode()


def _event(name: str, data: str = "", mark: str = "") -> str:
    marked = f"id: {mark}\n" if mark else ""
    return f"event: {name}\n{marked}data: {json.dumps(data)}\n\n"


ROUTES = (Route("/visit/{visit}/live", live),)
