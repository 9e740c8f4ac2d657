"""One account, for an admin: its roles, where it is signed in, a new invitation, and closing it."""

from collections.abc import Awaitable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import now
from offer.db.errors import Refused
from offer.live import live_of
from offer.pages.staff.me import SessionLine, session_lines
from offer.pages.staff.people import STATES, Invitee, invited_page
from offer.pages.staff.view import StaffPage, me_of, place_name, said, scope_choices, show
from offer.staff.accounts import Account, account_of, close, give_role, invite_again
from offer.staff.roles import ROLE_WORDS, Role, read_role
from offer.staff.sessions import end, sessions_of

_PATH = "/staff/people/{account:int}"
_DONE = {
    "roles": "The role is changed.",
    "ended": "That browser is signed out.",
    "closed": "The account is closed.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage(StaffPage):
    """`held`: place and role in words. `own`: it is the asker's, which only another admin may change."""

    href: str
    name: str
    email: str
    team: str
    state: str
    is_closed: bool
    own: bool
    held: tuple[tuple[str, str], ...]
    scopes: tuple[tuple[str, str], ...]
    roles: tuple[tuple[Role, str], ...]
    sessions: tuple[SessionLine, ...]


async def one(request: Request) -> Response:
    """GET /staff/people/{account}."""
    done = next((words for key, words in _DONE.items() if key in request.query_params), "")
    return await _page(request, done=done)


async def change_role(request: Request) -> Response:
    """POST …/roles: a role in a scope, or "none"."""
    me, form = me_of(request), await request.form()
    scope, typed = said(form, "scope"), said(form, "role")
    role = read_role(typed)
    if (role is None and typed != "none") or scope not in dict(scope_choices(request, me)):
        return await _page(request, error="Choose a place and a role.", status=422)
    live = live_of(request)
    return await _done(request, give_role(live.database, _id(request), scope, role, me.by, now()), "roles")


async def end_session(request: Request) -> Response:
    """POST …/sessions/{session}/end."""
    me, session = me_of(request), request.path_params["session"]
    if not await end(live_of(request).database, _id(request), session, me.by, now()):
        raise HTTPException(404)
    return RedirectResponse(f"/staff/people/{_id(request)}?ended", 303)


async def invite_anew(request: Request) -> Response:
    """POST …/invite: for a lost password or phone."""
    held = await _held(request)
    try:
        made = await invite_again(live_of(request).database, held.id, me_of(request).by, now())
    except Refused as fault:
        return await _page(request, error=str(fault), status=409)
    return await invited_page(request, made.key, Invitee(held.email, held.name))


async def close_one(request: Request) -> Response:
    """POST …/close."""
    return await _done(
        request, close(live_of(request).database, _id(request), me_of(request).by, now()), "closed"
    )


async def _done(request: Request, work: Awaitable[None], what: str) -> Response:
    try:
        await work
    except Refused as fault:
        return await _page(request, error=str(fault), status=409)
    return RedirectResponse(f"/staff/people/{_id(request)}?{what}", 303)


def _id(request: Request) -> int:
    return int(request.path_params["account"])


async def _held(request: Request) -> Account:
    held = await account_of(live_of(request).database, _id(request))
    if held is None:
        raise HTTPException(404)
    return held


async def _page(request: Request, *, done: str = "", error: str = "", status: int = 200) -> Response:
    me, held = me_of(request), await _held(request)
    sessions = await sessions_of(live_of(request).database, held.id, now())
    name = held.name or f"Account {held.id}"
    view = AccountPage(
        title=f"Error: {name}" if error else name,
        me=me,
        done=done,
        error=error,
        href=f"/staff/people/{held.id}",
        name=name,
        email=held.email,
        team=held.team,
        state=STATES[held.state],
        is_closed=held.state == "closed",
        own=held.id == me.account,
        held=tuple((place_name(request, each.scope), ROLE_WORDS[each.role]) for each in sorted(held.grants)),
        scopes=scope_choices(request, me),
        roles=tuple(ROLE_WORDS.items()),
        sessions=session_lines(sessions, me.session),
    )
    return show(request, "account", view, status)


ROUTES = (
    Route(_PATH, one),
    Route(f"{_PATH}/roles", change_role, methods=["POST"]),
    Route(f"{_PATH}/sessions/{{session:int}}/end", end_session, methods=["POST"]),
    Route(f"{_PATH}/invite", invite_anew, methods=["POST"]),
    Route(f"{_PATH}/close", close_one, methods=["POST"]),
)
