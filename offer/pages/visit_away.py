"""While the database cannot be used a visit stands still: a plain page, and a script that tries again.

A visit is the one thing of the public that lives in the database. Its answers are not lost by that.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.db.connections import AWAY
from offer.errors import WORDS, Problem
from offer.logs import log

View = Callable[[Request], Awaitable[Response]]


def spared(routes: Iterable[Route]) -> Iterator[Route]:
    """The routes of visits, whose views end in 503 and one sentence where the database is away."""
    for route in routes:
        yield Route(route.path, _spared(route.endpoint), methods=sorted(route.methods or ()))


def _spared(view: View) -> View:
    async def endpoint(request: Request) -> Response:
        try:
            return await view(request)
        except AWAY as fault:
            log().warning("visit without database", kind=type(fault).__name__)
            raise Problem(503, WORDS[503]) from fault

    return endpoint
