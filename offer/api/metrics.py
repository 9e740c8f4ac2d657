"""GET /metrics in the Prometheus text format. Nothing in it tells of a person."""

import hmac

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from offer.caching import PRIVATE
from offer.errors import Problem
from offer.live import live_of
from offer.settings import Settings

NO_TOKEN = "Send the token of METRICS_TOKEN: Authorization: Bearer …"  # noqa: S105 - words


async def metrics(request: Request) -> Response:
    """Everything countable about this process and its catalogue. Raises Problem 401."""
    settings: Settings = request.app.state.settings
    refuse_without(settings.metrics_token.get_secret_value(), request.headers.get("authorization", ""))
    body = generate_latest(live_of(request).tally.registry)
    return Response(body, headers=dict(PRIVATE), media_type=CONTENT_TYPE_PLAIN_0_0_4)


def refuse_without(token: str, said: str) -> None:
    """Raises Problem 401 where a token is set and the header `Authorization` does not hold it."""
    if token and not hmac.compare_digest(said.encode(), f"Bearer {token}".encode()):
        raise Problem(401, NO_TOKEN)
