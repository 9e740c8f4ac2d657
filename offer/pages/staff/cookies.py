"""The one cookie of staff: `__Host-` over https, which no other host can set; plain on this machine."""

from starlette.requests import Request
from starlette.responses import Response


def _name(request: Request) -> str:
    return "__Host-staff" if request.app.state.settings.https else "staff"


def key_of(request: Request) -> str:
    """What the cookie holds; "" without one."""
    return request.cookies.get(_name(request), "")


def keep(request: Request, reply: Response, key: str) -> None:
    """From now on this browser is signed in, until it is closed or the session ends."""
    https = request.app.state.settings.https
    reply.set_cookie(_name(request), key, path="/", httponly=True, samesite="lax", secure=https)


def forget(request: Request, reply: Response) -> None:
    """This browser is nobody any more."""
    https = request.app.state.settings.https
    reply.delete_cookie(_name(request), path="/", httponly=True, samesite="lax", secure=https)
