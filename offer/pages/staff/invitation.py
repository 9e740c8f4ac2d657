"""The one-time address: choosing a password and setting up the code app.

The secret of the app is made with the page and waits in it: whoever made the
invitation never sees it, and nothing is kept before the first code is right.
"""

from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.clock import now
from offer.live import live_of
from offer.pages.sharing import picture_of
from offer.pages.staff.cookies import keep, key_of
from offer.pages.staff.view import StaffPage, said, show
from offer.staff.accounts import Chosen, Invitation, accept, account_of, invitation_of
from offer.staff.browsers import browser_name
from offer.staff.codes import app_address, in_groups, is_secret, new_secret, step_of
from offer.staff.passwords import fault_of
from offer.staff.sessions import begin, person_of

ISSUER = "Care leaver offers"
_PATH = "/staff/invitation/{key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPage(StaffPage):
    """Choosing a password. `picture` is a QR code of the secret; `groups` the same to type by hand.

    `council`: what the council's own sign-in is called; "" where there is none.
    """

    key: str
    email: str
    name: str
    secret: str
    groups: str
    picture: Markup
    password_fault: str
    repeat_fault: str
    code_fault: str
    council: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyPage(StaffPage):
    """The account works. The recovery codes are shown this once."""

    codes: tuple[str, ...]


async def ask(request: Request) -> Response:
    """GET /staff/invitation/{key}. Opening it uses nothing up: mail programs open links too."""
    held = await _held(request)
    return _form(request, held, new_secret()) if held else _over(request)


async def take(request: Request) -> Response:
    """POST /staff/invitation/{key}: sets up the account, signs in, and shows the recovery codes."""
    held = await _held(request)
    if held is None:
        return _over(request)
    async with request.form() as form:
        password, repeat = str(form.get("password", "")), str(form.get("repeat", ""))
        secret, code = said(form, "secret"), said(form, "code", 40)
    secret = secret if is_secret(secret) else new_secret()
    step = step_of(secret, code, now())
    faults = (
        fault_of(password, held.name, held.email),
        "" if password == repeat else "The two passwords differ. Type both again.",
        "" if step else "That code is not right. Type the one the app shows now.",
    )
    if step is None or any(faults):
        return _form(request, held, secret, *faults)
    return await _set_up(request, held, password, secret, step)


async def _set_up(request: Request, held: Invitation, password: str, secret: str, step: int) -> Response:
    live = live_of(request)
    chosen = Chosen(await live.passwords.hashed(password), secret, step)
    codes = await accept(live.database, live.seals, request.path_params["key"], chosen, now())
    account = await account_of(live.database, held.account)
    if codes is None or account is None:
        return _over(request)
    browser = browser_name(request.headers.get("user-agent", ""))
    key = await begin(live.database, account, browser, now(), before=key_of(request))
    me = await person_of(live.database, key, now())
    reply = show(request, "ready", ReadyPage(title="Your account is ready", me=me, codes=codes))
    keep(request, reply, key)
    return reply


async def _held(request: Request) -> Invitation | None:
    return await invitation_of(live_of(request).database, request.path_params["key"], now())


def _over(request: Request) -> Response:
    view = StaffPage(title="This invitation has been used or is too old")
    return show(request, "invitation-over", view, 404)


def _form(
    request: Request,
    held: Invitation,
    secret: str,
    password_fault: str = "",
    repeat_fault: str = "",
    code_fault: str = "",
) -> Response:
    refused, provider = bool(password_fault or repeat_fault or code_fault), live_of(request).provider
    view = InvitationPage(
        title=f"{'Error: ' if refused else ''}Set up your account",
        key=request.path_params["key"],
        email=held.email,
        name=held.name,
        secret=secret,
        groups=in_groups(secret),
        picture=picture_of(app_address(secret, held.email, ISSUER), "For the camera of your code app"),
        password_fault=password_fault,
        repeat_fault=repeat_fault,
        code_fault=code_fault,
        council=provider.config.name if provider else "",
    )
    return show(request, "invitation", view, 422 if refused else 200)


ROUTES = (Route(_PATH, ask), Route(_PATH, take, methods=["POST"]))
