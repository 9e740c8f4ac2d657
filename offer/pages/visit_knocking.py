"""Asking to be let into a visit, and coming in with the key that this browser's tab opened."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.caching import PRIVATE
from offer.clock import now
from offer.errors import WORDS, Problem
from offer.live import live_of
from offer.pages.visit_cookies import (
    keep_member,
    keep_waiting,
    language_of,
    member_of,
    path_of,
    spoken_here,
    waiting_of,
)
from offer.pages.visit_room import door, show_waiting
from offer.visits import joining, store
from offer.visits.cookies import Waiting
from offer.visits.keys import SIZE, NotAKey, NotForThisKey, read_public, to_bytes

SPEAKS = "in"  # the language of who typed a code: the address of a visit has none
KEY = "key"  # of a knock: the public key of a tab; of who comes in: the key of the visit
AGAIN = "again"  # a knock of somebody who was let in and has lost their key


async def knock(request: Request) -> Response:
    """POST /visit/{visit}/knock: asks to be let in, by code or by the address. Once is enough."""
    visit: str = request.path_params["visit"]
    if not store.could_be_visit(visit):  # else somebody's words would stand in the address we lead to
        raise Problem(404, WORDS[404])
    async with request.form() as form:
        sent, lost = str(form.get(KEY) or ""), AGAIN in form
    room = RedirectResponse(path_of(visit), 303, dict(PRIVATE))  # whose page says how it stands
    try:
        signing = await store.signing_key(live_of(request).database, visit, now())
        if member_of(request, signing) is not None:
            return room
        public = read_public(sent) if sent else None
        waiting = await _knocked(request, visit, signing, public, lost=lost)
    except NotAKey:
        return door(request, visit, "odd", 422)
    except (store.Over, store.Full):
        return room
    if waiting is not None:
        live_of(request).visits.wake(visit)
        keep_waiting(request, room, visit, waiting, signing)
    return room


async def _knocked(
    request: Request, visit: str, signing: str, public: bytes | None, *, lost: bool
) -> Waiting | None:
    """What the cookie of whoever knocks holds from now on; None where it stays as it is."""
    database, before = live_of(request).database, waiting_of(request, signing)
    if before is not None:
        try:
            return await joining.knock_again(database, visit, before, now(), public, lost=lost)
        except store.Over:  # turned away since: as if for the first time
            pass
    knocked = await joining.knock(database, visit, now(), public)
    speaks = language_of(request.query_params.get(SPEAKS) or spoken_here(request)).code
    return replace(knocked.waiting, language=speaks)


async def enter(request: Request) -> Response:
    """POST /visit/{visit}/enter: the visit's key, from the tab that opened it. Now it is a cookie."""
    visit: str = request.path_params["visit"]
    database = live_of(request).database
    async with request.form() as form:
        sent = str(form.get(KEY) or "")
    try:
        signing = await store.signing_key(database, visit, now())
        waiting = waiting_of(request, signing)
        room = RedirectResponse(path_of(visit), 303, dict(PRIVATE))
        if member_of(request, signing) is not None:
            return room
        if waiting is None:
            return door(request, visit, "ask", 403)
        try:
            member = await joining.come_in(database, visit, waiting, _read(sent), now())
        except NotForThisKey:
            return await show_waiting(request, visit, waiting, signing, 403)
    except store.Over:
        return door(request, visit, "over", 410)
    live_of(request).visits.wake(visit)
    keep_member(request, room, visit, member, signing)
    return room


def _read(sent: str) -> bytes:
    """The key of a visit as it was sent. Raises NotForThisKey for what can be none."""
    try:
        key = to_bytes(sent)
    except ValueError as fault:
        raise NotForThisKey from fault
    if len(key) != SIZE:
        raise NotForThisKey
    return key


ROUTES = (
    Route("/visit/{visit}/knock", knock, methods=["POST"]),
    Route("/visit/{visit}/enter", enter, methods=["POST"]),
)
