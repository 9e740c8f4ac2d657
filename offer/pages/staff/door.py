"""Signing in and out."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.caching import FORGET
from offer.clock import now
from offer.fair_use.place import place_of
from offer.live import live_of
from offer.logs import log
from offer.pages.staff.again import again_page, read_kept, read_to, sign_in_page
from offer.pages.staff.cookies import forget, keep, key_of, known_key_of
from offer.pages.staff.view import me_of, said
from offer.staff.accounts import Account, read_email
from offer.staff.browsers import browser_name
from offer.staff.sessions import Typed, begin, checked, end, is_known, person_of
from offer.staff.tries import MINUTES, Trier

WRONG = "One of the three is wrong: the email address, the password or the code. A code works once."
TOO_MANY = f"There were too many tries from here. Wait {MINUTES} minutes, then try again."


async def ask(request: Request) -> Response:
    """GET /staff/sign-in."""
    to = read_to(request.query_params.get("to", ""))
    key = key_of(request)
    if key and await person_of(live_of(request).database, key, now()):
        return RedirectResponse(to, 303)
    return sign_in_page(request, to=to, ended="to" in request.query_params and bool(key))


async def sign_in(request: Request) -> Response:
    """POST /staff/sign-in: on to where somebody was going, or the form that waited."""
    async with request.form() as form:
        email, code, to = said(form, "email", 254), said(form, "code", 40), read_to(said(form, "to", 400))
        password, kept = str(form.get("password", "")), read_kept(form)
    account, fault, status = await _look(request, email, password, code)
    if account is None:
        return sign_in_page(request, email=email, to=to, kept=kept, error=fault, status=status)
    live = live_of(request)
    browser = browser_name(request.headers.get("user-agent", ""))
    key = await begin(live.database, account, browser, now(), before=key_of(request))
    me = await person_of(live.database, key, now())
    reply = again_page(request, me, to, kept) if kept and me else RedirectResponse(to, 303)
    keep(request, reply, key)
    return reply


async def _look(request: Request, email: str, password: str, code: str) -> tuple[Account | None, str, int]:
    """The account, or None with a sentence and a status."""
    live, who = live_of(request), await trier_of(request, email)
    if not await live.staff_tries.take(live.database, who, now()):
        log().warning("staff sign-in refused", why="too many")
        return None, TOO_MANY, 429
    await asyncio.sleep(await live.staff_tries.pause(live.database, who, now()))
    typed = Typed(who.email, password, code)
    account = await checked(live.database, live.passwords, live.seals, typed, now())
    if account is None:
        log().warning("staff sign-in refused", why="wrong")
        return None, WRONG, 422
    await live.staff_tries.right(live.database, who)
    return account, "", 200


async def trier_of(request: Request, email: str) -> Trier:
    """Who tries, by where the request comes from and whether this browser knows the account."""
    typed, known = read_email(email) or "", known_key_of(request)
    if known and not await is_known(live_of(request).database, typed, known, now()):
        known = ""
    return Trier(typed, place_of(request), known)


async def sign_out(request: Request) -> Response:
    """POST /staff/sign-out: the session ends, and the browser drops what it kept."""
    me = me_of(request)
    await end(live_of(request).database, me.account, me.session, me.by, now())
    reply = RedirectResponse("/staff/sign-in", 303, FORGET)
    forget(request, reply)
    return reply


ROUTES = (
    Route("/staff/sign-in", ask),
    Route("/staff/sign-in", sign_in, methods=["POST"]),
    Route("/staff/sign-out", sign_out, methods=["POST"]),
)
