"""GET /healthz and /readyz: whether the process answers, and what it serves."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from offer.api.calls import to_json
from offer.api.metrics import seconds_since
from offer.api.shapes import AliveReply, ReadyCatalogue, ReadyDatabase, ReadyReply, Shape
from offer.caching import PRIVATE


async def healthz(request: Request) -> Response:
    """Alive: asks nothing of anybody."""
    return _plain(AliveReply(status="alive"))


async def readyz(request: Request) -> Response:
    """200 with a catalogue in memory, whether or not the database is there; 503 before the first."""
    live: Any = request.app.state.live
    edition, health = live.edition, live.health
    reply = ReadyReply(
        catalogue_version=live.version,
        ready=edition is not None,
        catalogue=ReadyCatalogue(
            version=live.version,
            published_at=edition.published_at if edition else None,
            age_seconds=seconds_since(edition.published_at) if edition else None,
        ),
        database=ReadyDatabase(
            reachable=health.reachable,
            checked_at=health.checked_at,
            version=health.version,
            lag_seconds=seconds_since(health.reached_at),
        ),
    )
    return _plain(reply, 200 if reply.ready else 503)


def _plain(shape: Shape, status: int = 200) -> Response:
    return Response(to_json(shape), status, dict(PRIVATE), media_type="application/json")
