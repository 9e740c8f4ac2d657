"""My own password and code app: the old password and a code are asked again, whoever sits at the browser."""

from dataclasses import dataclass

from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import now
from offer.live import live_of
from offer.pages.sharing import picture_of
from offer.pages.staff.door import TOO_MANY, trier_of
from offer.pages.staff.invitation import ISSUER, ReadyPage
from offer.pages.staff.view import StaffPage, me_of, said, show
from offer.staff.accounts import Account, account_of
from offer.staff.codes import app_address, in_groups, is_secret, new_secret, step_of
from offer.staff.own import NewApp, NewPassword, renew
from offer.staff.passwords import fault_of
from offer.staff.sessions import Typed, checked

PASSWORD, APP = "/staff/me/password", "/staff/me/app"
WRONG = "The password you have now or the code is wrong. A code works once: wait for the next."
_SAME = "That is the password you have now. Choose another."


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with each field; "" for nothing."""

    old: str = ""
    password: str = ""
    repeat: str = ""
    new_code: str = ""


NONE = Faults()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage(StaffPage):
    """`email` is for password managers. `secret`, `groups` and `picture` are of the new app, else ""."""

    email: str
    faults: Faults
    secret: str = ""
    groups: str = ""
    picture: Markup | str = ""


async def ask_password(request: Request) -> Response:
    """GET /staff/me/password."""
    held = await held_with_password(request)
    return _password_page(request, held) if held else _no_password()


async def take_password(request: Request) -> Response:
    """POST /staff/me/password: the new recovery codes; the form with its faults otherwise."""
    form, held = await request.form(), await held_with_password(request)
    if held is None:
        return _no_password()
    old, new = str(form.get("old", "")), str(form.get("password", ""))
    faults = Faults(
        password=fault_of(new, held.name, held.email) or (_SAME if new == old else ""),
        repeat="" if new == str(form.get("repeat", "")) else "The two passwords differ. Type both again.",
    )
    if faults != NONE:
        return _password_page(request, held, faults, 422)
    if fault := await not_them(request, held, form):
        return _password_page(request, held, Faults(old=fault), 429 if fault == TOO_MANY else 422)
    kept = NewPassword(await live_of(request).passwords.hashed(new))
    return await _done(request, kept, "Your password is changed")


async def ask_app(request: Request) -> Response:
    """GET /staff/me/app."""
    held = await held_with_password(request)
    return _app_page(request, held, new_secret()) if held else _no_password()


async def take_app(request: Request) -> Response:
    """POST /staff/me/app: the first code of the new app proves that it is set up."""
    form, held = await request.form(), await held_with_password(request)
    if held is None:
        return _no_password()
    secret = said(form, "secret")
    secret = secret if is_secret(secret) else new_secret()
    step = step_of(secret, said(form, "new_code", 40), now())
    if step is None:
        fault = Faults(new_code="That code is not right. Type the one the new app shows now.")
        return _app_page(request, held, secret, fault, 422)
    if fault_words := await not_them(request, held, form):
        status = 429 if fault_words == TOO_MANY else 422
        return _app_page(request, held, secret, Faults(old=fault_words), status)
    return await _done(request, NewApp(secret, step), "Your code app is changed")


async def held_with_password(request: Request) -> Account | None:
    """The account that asks; None for one that signs in elsewhere and has no password here."""
    held = await account_of(live_of(request).database, me_of(request).account)
    return held if held and held.has_password else None


def _no_password() -> Response:
    return RedirectResponse("/staff/me", 303)


async def not_them(request: Request, held: Account, form: FormData) -> str:
    """Why this may not be the owner; "" where the password and code of now are right."""
    live, who = live_of(request), await trier_of(request, held.email)
    if not await live.staff_tries.take(live.database, who, now()):
        return TOO_MANY
    typed = Typed(held.email, str(form.get("old", "")), said(form, "code", 40))
    if await checked(live.database, live.passwords, live.seals, typed, now()) is None:
        return WRONG
    await live.staff_tries.right(live.database, who)
    return ""


async def _done(request: Request, new: NewPassword | NewApp, title: str) -> Response:
    me, live = me_of(request), live_of(request)
    codes = await renew(live.database, live.seals, me, new, now())
    return show(request, "renewed", ReadyPage(title=title, me=me, codes=codes))


def _password_page(request: Request, held: Account, faults: Faults = NONE, status: int = 200) -> Response:
    title = f"{'Error: ' if status != 200 else ''}Change your password"
    view = OwnPage(title=title, me=me_of(request), email=held.email, faults=faults)
    return show(request, "own-password", view, status)


def _app_page(
    request: Request, held: Account, secret: str, faults: Faults = NONE, status: int = 200
) -> Response:
    view = OwnPage(
        title=f"{'Error: ' if status != 200 else ''}Use another code app",
        me=me_of(request),
        email=held.email,
        faults=faults,
        secret=secret,
        groups=in_groups(secret),
        picture=picture_of(app_address(secret, held.email, ISSUER), "For the camera of your code app"),
    )
    return show(request, "own-app", view, status)


ROUTES = (
    Route(PASSWORD, ask_password),
    Route(PASSWORD, take_password, methods=["POST"]),
    Route(APP, ask_app),
    Route(APP, take_app, methods=["POST"]),
)
