"""What stands before a counted address: one look at two counts; then the page, or when to come again."""

import secrets
import time
from collections.abc import Awaitable, Callable
from functools import wraps
from hashlib import blake2b
from math import ceil

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from offer.errors import WORDS, Problem, is_machine
from offer.fair_use.allowances import ALLOWANCES, ASKED_IN_THE_VIEW, Allowance
from offer.fair_use.place import HERE, place_of
from offer.fair_use.rate import Counts
from offer.logs import log

View = Callable[[Request], Awaitable[Response]]
FROM_THERE = "Too many calls came from your network address. Ask again after the seconds in Retry-After."
_EVERYBODY = b""


class FairUse:
    """The counts of one process. `clock` goes only forward, in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        every = {*ALLOWANCES.values(), *ASKED_IN_THE_VIEW}
        self._places = {each.name: Counts(each.from_one_place) for each in every}
        self._totals = {each.name: Counts(each.from_everywhere) for each in every}

    def wait(self, allowance: Allowance, place: str) -> tuple[int, float]:
        """The status and the seconds to wait; (200, 0.0) where one more may come, which is then counted.

        What is refused is not counted: nobody who goes on asking shuts themselves out for longer.
        """
        at, places, total = self._clock(), self._places[allowance.name], self._totals[allowance.name]
        key = blake2b(place.encode(), key=self._secret, digest_size=16).digest() if place != HERE else b""
        if key and (wait := places.wait(key, at)):
            return 429, wait
        if wait := total.wait(_EVERYBODY, at):
            return 503, wait
        if key:
            places.take(key, at)
        total.take(_EVERYBODY, at)
        return 200, 0.0

    def tidy(self) -> None:
        """Forgets what counts no more, also where nobody asks."""
        for counts in self._places.values():
            counts.tidy(self._clock())

    def held(self) -> int:
        """From how many places something is remembered."""
        return sum(map(len, self._places.values()))


def too_soon(request: Request, allowance: Allowance) -> tuple[int, float]:
    """What `FairUse.wait` says to this request; (200, 0.0) where nothing is counted."""
    state = request.app.state
    if not state.settings.rate_limits:
        return 200, 0.0
    fair_use: FairUse = state.live.fair_use
    return fair_use.wait(allowance, place_of(request))


def fairly(route: BaseRoute) -> BaseRoute:
    """The route with the counting of its methods before it; itself where none is counted."""
    if not isinstance(route, Route):
        return route
    counted = {
        method: allowance
        for method in route.methods or ()
        if (allowance := ALLOWANCES.get(("GET" if method == "HEAD" else method, route.path)))
        and allowance not in ASKED_IN_THE_VIEW
    }
    if not counted:
        return route
    view: View = route.endpoint

    @wraps(view)
    async def endpoint(request: Request) -> Response:
        allowance = counted.get(request.method)
        status, wait = too_soon(request, allowance) if allowance else (200, 0.0)
        if status != 200:
            log().warning("refused", why="too often", route=route.path)
            raise come_again(request, status, wait)
        return await view(request)

    return Route(route.path, endpoint, methods=list(route.methods or ()), name=route.name)


def come_again(request: Request, status: int, wait: float) -> Problem:
    """The refusal: problem+json or a page, and in both the seconds to wait."""
    words = FROM_THERE if status == 429 and is_machine(request) else WORDS[status]
    return Problem(status, words, wait=ceil(wait))
