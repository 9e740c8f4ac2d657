"""My account and my council account: linking the two, with the password and a code asked again; ending it."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import now
from offer.db.errors import Refused
from offer.live import live_of
from offer.pages.staff.cookies import keep_journey
from offer.pages.staff.council import AWAY, DOUBTED, onward, provider_of
from offer.pages.staff.door import TOO_MANY
from offer.pages.staff.own import held_with_password, not_them
from offer.pages.staff.view import StaffPage, me_of, show
from offer.staff.council import identities
from offer.staff.council.errors import NotBelieved, ProviderAway
from offer.staff.tries import prove

PATH = "/staff/me/council"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkingPage(StaffPage):
    """`name` is the provider's; `onward` the address there, "" before it was shown who asks."""

    name: str
    onward: str = ""
    fault: str = ""


async def ask(request: Request) -> Response:
    """GET /staff/me/council."""
    if await held_with_password(request) is None:
        return RedirectResponse("/staff/me", 303)
    return _page(request)


async def take(request: Request) -> Response:
    """POST /staff/me/council: a page that leads on to the provider.

    A link there and not a redirect: no form of ours may end on another site, says our content policy.
    """
    form, held = await request.form(), await held_with_password(request)
    if held is None:
        return RedirectResponse("/staff/me", 303)
    if fault := await not_them(request, held, form):
        return _page(request, fault=fault, status=429 if fault == TOO_MANY else 422)
    name = provider_of(request).config.name
    try:
        address, journey = await onward(request, "link", str(held.id))
    except ProviderAway:
        return _page(request, fault=AWAY % name, status=503)
    except NotBelieved:
        return _page(request, fault=DOUBTED % name, status=422)
    await prove(live_of(request).database, held.id, journey.state, now())
    reply = _page(request, address=address)
    keep_journey(request, reply, journey)
    return reply


async def end(request: Request) -> Response:
    """POST /staff/me/council/end."""
    me = me_of(request)
    try:
        await identities.unlink(live_of(request).database, me.account, me.by, now())
    except Refused as fault:
        return _page(request, fault=str(fault), status=409)
    return RedirectResponse("/staff/me?unlinked", 303)


def _page(request: Request, *, address: str = "", fault: str = "", status: int = 200) -> Response:
    view = LinkingPage(
        title=f"{'Error: ' if fault else ''}Link your council account",
        me=me_of(request),
        name=provider_of(request).config.name,
        onward=address,
        fault=fault,
    )
    return show(request, "linking", view, status)


ROUTES = (
    Route(PATH, ask),
    Route(PATH, take, methods=["POST"]),
    Route(f"{PATH}/end", end, methods=["POST"]),
)
