"""The two cookies of a visit on their way to and from a browser: each for that visit's own address only.

Over https their names begin with `__Secure-`, so that no page sent in the open can set them.
"""

from babel import negotiate_locale
from starlette.requests import Request
from starlette.responses import Response

from offer.language import spoken
from offer.languages.known import BY_CODE, ENGLISH, Language
from offer.visits.cookies import (
    MEMBER,
    WAITING,
    Member,
    Waiting,
    member_cookie,
    read_member,
    read_waiting,
    waiting_cookie,
)
from offer.visits.store import LASTS


def path_of(visit: str) -> str:
    """The address of a visit, which is the path its cookies are sent to."""
    return f"/visit/{visit}"


def member_of(request: Request, signing: str) -> Member | None:
    """Who asks, where they are one of the two."""
    return read_member(request.cookies.get(_named(request, MEMBER)), signing)


def waiting_of(request: Request, signing: str) -> Waiting | None:
    """Who asks, where they wait to be let in."""
    return read_waiting(request.cookies.get(_named(request, WAITING)), signing)


def keep_member(request: Request, reply: Response, visit: str, member: Member, signing: str) -> None:
    """From now on this browser is the member, and waits no longer."""
    _set(request, reply, visit, MEMBER, member_cookie(member, signing))
    _delete(request, reply, visit, WAITING)


def keep_waiting(request: Request, reply: Response, visit: str, waiting: Waiting, signing: str) -> None:
    """From now on this browser waits to be let in."""
    _set(request, reply, visit, WAITING, waiting_cookie(waiting, signing))


def forget(request: Request, reply: Response, visit: str) -> None:
    """This browser is nobody any more."""
    _delete(request, reply, visit, MEMBER)
    _delete(request, reply, visit, WAITING)


def language_of(code: str) -> Language:
    """The language a cookie names; English for one we do not know."""
    return BY_CODE.get(code, ENGLISH)


def spoken_here(request: Request) -> str:
    """The code of the language somebody reads: of this address, else the first their browser asks for."""
    if spoken() is not ENGLISH:
        return spoken().code
    asked = request.headers.get("accept-language", "").split(",")
    wished = [each.partition(";")[0].strip().replace("-", "_") for each in asked]
    return negotiate_locale([each for each in wished if each], list(BY_CODE)) or ENGLISH.code


def _named(request: Request, name: str) -> str:
    return f"__Secure-{name}" if request.app.state.settings.https else name


def _delete(request: Request, reply: Response, visit: str, name: str) -> None:
    https = request.app.state.settings.https
    reply.delete_cookie(_named(request, name), path_of(visit), httponly=True, samesite="lax", secure=https)


def _set(request: Request, reply: Response, visit: str, name: str, value: str) -> None:
    reply.set_cookie(
        _named(request, name),
        value,
        max_age=int(LASTS.total_seconds()),
        path=path_of(visit),
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.https,
    )
