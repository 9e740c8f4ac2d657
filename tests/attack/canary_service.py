"""The service with faults that a request may ask for: `python -m tests.attack.canary_service`.

A header names the fault. Each carries what was sent in its words, its cause and its locals, as a fault of
ours might. Everything else is the service as it is.
"""

import asyncio
import logging
import sys
import threading

from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

import offer.app
from offer.cli import main

HEADER = "X-Fault"
FAULTS = ("raised", "task", "thread", "library")
_ROUTES = offer.app._routes


class Faulty:
    """A route that breaks when it is asked to."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        fault = request.headers.get(HEADER.lower())
        if fault is None:
            await self.app(scope, receive, send)
            return
        sent = f"{request.url} {dict(request.headers)} {await request.body()!r}"
        if fault == "task":
            asyncio.get_running_loop().create_task(_lost(sent))
            await asyncio.sleep(0)
        elif fault == "thread":
            thread = threading.Thread(target=_fail, args=(sent,), name=sent)
            thread.start()
            thread.join()
        elif fault == "library":
            logging.getLogger("a.library").error("could not use %s", sent)
        _fail(sent)


async def _lost(sent: str) -> None:
    _fail(sent)


def _fail(sent: str) -> None:
    try:
        raise KeyError(sent)
    except KeyError as cause:
        raise ValueError(sent) from cause


def _routes() -> list[BaseRoute]:
    found = _ROUTES()
    for route in found:
        if isinstance(route, Route):
            route.app = Faulty(route.app)
    return found


if __name__ == "__main__":
    offer.app._routes = _routes
    sys.argv = ["local-offer", "serve"]
    main()
