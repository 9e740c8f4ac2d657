"""My account: where I am signed in, and ending it."""

from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import LONDON, now
from offer.live import live_of
from offer.pages.staff.again import sign_in_page
from offer.pages.staff.view import StaffPage, me_of, show
from offer.staff.accounts import account_of
from offer.staff.sessions import Session, end, sessions_of

PATH = "/staff/me"
AGAIN = "Sign in again first. Then you can sign your other browsers out."
_DONE = {
    "ended": "That browser is signed out.",
    "linked": "Linked. You can sign in with either from now on.",
    "unlinked": "The link is ended. You sign in with your password.",
}


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One browser. `since` and `seen` in words; `here`: the one in use now."""

    id: int
    browser: str
    since: str
    seen: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MyPage(StaffPage):
    """Where I am signed in, and how. `council`: what the council's own sign-in is called; "" for none."""

    has_password: bool
    is_linked: bool
    council: str
    sessions: tuple[SessionLine, ...]


def said_moment(at: datetime) -> str:
    """ "22 November 2026, 14:05", as the clock in England shows it."""
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%B %Y, %H:%M}"


def session_lines(sessions: list[Session], here: int) -> tuple[SessionLine, ...]:
    """Sessions as a page lists them."""
    return tuple(
        SessionLine(
            each.id, each.browser, said_moment(each.created_at), said_moment(each.seen_at), each.id == here
        )
        for each in sessions
    )


async def mine(request: Request) -> Response:
    """GET /staff/me."""
    me = me_of(request)
    held = await sessions_of(live_of(request).database, me.account, now())
    done = next((words for key, words in _DONE.items() if key in request.query_params), "")
    account, provider = (
        await account_of(live_of(request).database, me.account),
        live_of(request).provider,
    )
    view = MyPage(
        title="My account",
        path=PATH,
        me=me,
        has_password=bool(account and account.has_password),
        is_linked=bool(account and account.is_linked),
        council=provider.config.name if provider else "",
        sessions=session_lines(held, me.session),
        done=done,
    )
    return show(request, "me", view)


async def end_one(request: Request) -> Response:
    """POST /staff/me/sessions/{session}/end. Another browser only by who has just signed in.

    Whoever sits at a browser that was left open cannot shut its owner out everywhere else.
    """
    me, session = me_of(request), request.path_params["session"]
    if session != me.session and not me.is_fresh(now()):
        return sign_in_page(request, to=PATH, error=AGAIN, status=403)
    if not await end(live_of(request).database, me.account, session, me.by, now()):
        raise HTTPException(404)
    return RedirectResponse(f"{PATH}?ended", 303)


ROUTES = (
    Route(PATH, mine),
    Route(f"{PATH}/sessions/{{session:int}}/end", end_one, methods=["POST"]),
)
