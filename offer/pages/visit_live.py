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
from offer.pages.visit_cookies import member_of, waiting_of
from offer.pages.visit_room import Inside, room_html
from offer.visits import store
from offer.visits.live import Page

ALIVE = 15.0  # seconds after which a line without news keeps the connection open
AGAIN = 1000  # milliseconds after which a phone that was cut off asks again
_HEADERS = {**PRIVATE, "X-Accel-Buffering": "no"}  # no proxy may hold events back


async def live(request: Request) -> Response:
    """GET /visit/{visit}/live: `room` with each change, `over` at the end. 204 ends the asking again.

    `?packed`: each room is compressed (zlib) and written in base64.
    """
    visit = request.path_params["visit"]
    try:
        signing = await store.signing_key(request.app.state.live.database, visit, now())
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
    with request.app.state.live.visits.page(inside.visit) as page:
        shown = ""
        yield f"retry: {AGAIN}\n\n"
        while not page.replaced:
            try:
                html = await room_html(request, inside, "parts/visit-room.html")
            except store.Over:
                yield _event("over")
                return
            if html != shown:
                yield _event("room", _packed(html) if packed else html)
            shown = html
            async for line in _until_news(page):
                yield line
        yield _event("elsewhere")


async def _door(request: Request, visit: str, knock: str) -> AsyncIterator[str]:
    """Tells somebody who waits when it was decided: they then ask for the page again."""
    with request.app.state.live.visits.page(visit) as page:
        while not page.replaced:
            if not await store.waits(request.app.state.live.database, visit, knock, now()):
                yield _event("decided")
                return
            async for line in _until_news(page):
                yield line


async def _until_news(page: Page) -> AsyncIterator[str]:
    while not await page.news(ALIVE):
        yield ": still here\n\n"


def _packed(html: str) -> str:
    """A tenth of the bytes, for phones that can unpack: no proxy compresses a stream of events."""
    return base64.b64encode(zlib.compress(html.encode())).decode()


def _event(name: str, data: str = "") -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


ROUTES = (Route("/visit/{visit}/live", live),)
