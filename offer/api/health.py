"""GET /healthz and /readyz: whether the process answers, and whether it should be sent requests."""

from starlette.requests import Request
from starlette.responses import Response

from offer.api.calls import to_json
from offer.api.shapes.common import Shape
from offer.api.shapes.health import AliveReply, ReadyCatalogue, ReadyDatabase, ReadyReply, ReadyTrouble
from offer.caching import PRIVATE
from offer.clock import steady
from offer.live import Live, live_of
from offer.seen.figures import seconds_since
from offer.seen.troubles import troubles


async def healthz(request: Request) -> Response:
    """Alive: asks nothing of anybody."""
    return _plain(AliveReply(status="alive"))


async def readyz(request: Request) -> Response:
    """503 where another process should be asked instead; with `?all` 503 where anything is wrong.

    Asks nobody: offer/seen/standing.py and the watch looked before. Why a database that is away does
    not take a process out is said in offer/seen/troubles.py.
    """
    reply = ready_reply(live_of(request))
    wrong = any(each.stops for each in reply.troubles) or ("all" in request.query_params and reply.troubles)
    return _plain(reply, 503 if wrong else 200)


def ready_reply(live: Live) -> ReadyReply:
    """How a process stands."""
    edition, health = live.edition, live.health
    found = troubles(live.version, health, live.standing, steady())
    return ReadyReply(
        catalogue_version=live.version,
        ready=not any(each.stops for each in found),
        troubles=[
            ReadyTrouble(code=each.code, detail=each.says, mend=each.mend, stops=each.stops) for each in found
        ],
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


def _plain(shape: Shape, status: int = 200) -> Response:
    return Response(to_json(shape), status, dict(PRIVATE), media_type="application/json")
