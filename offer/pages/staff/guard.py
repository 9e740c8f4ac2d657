"""What stands before every staff page: a safe wire, a session, the mark of its forms, and its rule."""

import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import now
from offer.db.connections import AWAY
from offer.errors import Problem
from offer.live import live_of
from offer.logs import log
from offer.pages.staff.again import again_page, carried, sign_in_page, wanted
from offer.pages.staff.away import away_reply
from offer.pages.staff.cookies import key_of
from offer.pages.staff.scopes import scopes_for
from offer.staff.rules import NOBODY, RULES, Rule, allows
from offer.staff.sessions import Person, person_of

View = Callable[[Request], Awaitable[Response]]
LOCAL = ("127.0.0.1", "localhost", "::1")
HANDED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip")
OPEN_WIRE = "Staff sign in over https only. Whoever runs this service sets HTTPS=true behind TLS."
NOT_YOURS = "Your account may not do that here. An admin can give it the role."


def guarded(route: Route) -> Route:
    """The route behind its rule. Raises KeyError for a route that has none."""
    (method,) = (route.methods or set()) - {"HEAD"}
    rule, view = RULES[(method, route.path)], route.endpoint

    async def endpoint(request: Request) -> Response:
        _refuse_open_wire(request)
        try:
            return await (view(request) if rule.needs == NOBODY else _behind(rule, view, request))
        except AWAY as fault:
            log().warning("staff page without database", kind=type(fault).__name__)
            return await away_reply(request)
        finally:
            await request.close()  # of a file that was sent, what lay on the disk goes now

    return Route(route.path, endpoint, methods=[method], name=f"{method} {route.path}")


def _refuse_open_wire(request: Request) -> None:
    """A password never crosses a network in the open: without https only this machine itself is served.

    A proxy may write this machine's name in the place of the one that was asked for, and says so.
    """
    handed_on = any(name in request.headers for name in HANDED_ON)
    if not request.app.state.settings.https and (handed_on or request.url.hostname not in LOCAL):
        raise Problem(403, OPEN_WIRE)


async def _behind(rule: Rule, view: View, request: Request) -> Response:
    # First the whole form, however slowly it comes: what somebody may is looked at when they do it.
    form = await request.form() if request.method == "POST" else FormData()
    key = key_of(request)
    me = await person_of(live_of(request).database, key, now()) if key else None
    if me is None:
        return _signed_out(request, form)
    if request.method == "POST" and not _is_marked(form, me):
        log().warning("refused", why="no mark", route=request.scope["route"].path, account=me.account)
        return again_page(request, me, request.url.path, carried(form), status=403)
    if not allows(rule, me.grants, await scopes_for(request, rule)):
        log().warning("staff refused", route=request.scope["route"].path, account=me.account)
        raise Problem(403, NOT_YOURS)
    request.state.me = me
    return await view(request)


def _signed_out(request: Request, form: FormData) -> Response:
    if request.method != "POST":
        return RedirectResponse(f"/staff/sign-in?to={quote(wanted(request))}", 303)
    return sign_in_page(request, to=request.url.path, kept=carried(form), ended=True, status=403)


def _is_marked(form: FormData, me: Person) -> bool:
    token = form.get("token")
    return isinstance(token, str) and hmac.compare_digest(token.encode(), me.token.encode())
