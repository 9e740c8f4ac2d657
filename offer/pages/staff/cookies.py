"""The cookies of staff: `__Host-` over https, which no other host can set; plain on this machine.

One holds the session. One lives for ten minutes while somebody signs in at their council's provider. One
says for thirty days that an account was signed in here: it opens nothing, but an attacker's wrong tries
from beside this browser do not count against it.
"""

from starlette.requests import Request
from starlette.responses import Response

from offer.staff.council.journey import LASTS, Journey, as_cookie, from_cookie
from offer.staff.sessions import KEPT, known_key

_SESSION, _JOURNEY, _KNOWN = "staff", "staff-journey", "staff-known"


def _name(request: Request, name: str = _SESSION) -> str:
    return f"__Host-{name}" if request.app.state.settings.https else name


def key_of(request: Request) -> str:
    """What the cookie holds; "" without one."""
    return request.cookies.get(_name(request), "")


def keep(request: Request, reply: Response, key: str) -> None:
    """From now on this browser is signed in, until it is closed or the session ends."""
    https = request.app.state.settings.https
    reply.set_cookie(_name(request), key, path="/", httponly=True, samesite="lax", secure=https)
    month = int(KEPT.total_seconds())
    reply.set_cookie(
        _name(request, _KNOWN), known_key(key), max_age=month, path="/",
        httponly=True, samesite="lax", secure=https,
    )  # fmt: skip


def known_key_of(request: Request) -> str:
    """What says that an account was signed in here; "" for a browser that is new."""
    return request.cookies.get(_name(request, _KNOWN), "")


def forget(request: Request, reply: Response) -> None:
    """This browser is nobody any more."""
    https = request.app.state.settings.https
    reply.delete_cookie(_name(request), path="/", httponly=True, samesite="lax", secure=https)


def journey_of(request: Request) -> Journey | None:
    """The way to the provider and back that this browser began; None for none."""
    return from_cookie(request.cookies.get(_name(request, _JOURNEY), ""))


def keep_journey(request: Request, reply: Response, journey: Journey) -> None:
    """This browser is on its way to the provider; in the place of any journey before."""
    https = request.app.state.settings.https
    reply.set_cookie(
        _name(request, _JOURNEY), as_cookie(journey), max_age=LASTS, path="/",
        httponly=True, samesite="lax", secure=https,
    )  # fmt: skip


def forget_journey(request: Request, reply: Response) -> None:
    """The journey is over, however it ended."""
    https = request.app.state.settings.https
    reply.delete_cookie(_name(request, _JOURNEY), path="/", httponly=True, samesite="lax", secure=https)
