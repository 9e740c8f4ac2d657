"""Signing in with a council account: on to the provider, and back with its answer.

Begun from the page that signs in, from an invitation, or from "My account"; whatever the answer is
acted on only in the browser that began, once, within ten minutes.
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.addresses import base_of
from offer.clock import now
from offer.db.errors import Refused
from offer.fair_use.place import place_of
from offer.live import live_of
from offer.logs import log
from offer.pages.staff.again import read_to, sign_in_page
from offer.pages.staff.cookies import forget_journey, journey_of, keep, keep_journey, key_of
from offer.staff.accounts import Account, invitation_of
from offer.staff.browsers import browser_name
from offer.staff.council import identities
from offer.staff.council.errors import NotBelieved, ProviderAway, TooWeak
from offer.staff.council.journey import Journey, Purpose, new_journey
from offer.staff.council.opening import Provider
from offer.staff.sessions import begin, person_of
from offer.staff.tries import was_proved

BACK = "/staff/sign-in/council/back"
AWAY = "%s does not answer just now. Sign in with your password, or try again in a minute."
NOT_OURS = "That was not begun in this browser, or it took too long. Please try again."
DOUBTED = (
    "What %s answered cannot be trusted, so nothing was done. Try again, and tell an admin if it goes on."
)
NOBODY = (
    "That account has no account here yet. Were you invited? Then open the address you were sent. "
    "Do you sign in with a password? Then do that, and link the two under “My account”."
)
WEAK = (
    "%s did not say that you used a second step to sign in, such as a code on your phone. Ask your IT team "
    "to turn that on for you, or sign in with your password here."
)
DECLINED = "%s did not sign you in."


def provider_of(request: Request) -> Provider:
    """The council's provider. 404 where none is set."""
    provider = live_of(request).provider
    if provider is None:
        raise HTTPException(404)
    return provider


async def onward(request: Request, purpose: Purpose, about: str) -> tuple[str, Journey]:
    """Where to send this browser, and what it must keep. Raises ProviderAway, NotBelieved."""
    journey = new_journey(purpose, about)
    return await provider_of(request).address(journey, f"{base_of(request)}{BACK}"), journey


async def to_sign_in(request: Request) -> Response:
    """GET /staff/sign-in/council: on to the provider."""
    return await _begun(request, "sign-in", read_to(request.query_params.get("to", "")))


async def to_accept(request: Request) -> Response:
    """GET /staff/invitation/{key}/council: the invited person signs in there and needs no password here."""
    key = request.path_params["key"]
    if await invitation_of(live_of(request).database, key, now()) is None:
        raise HTTPException(404)
    return await _begun(request, "invitation", key)


async def _begun(request: Request, purpose: Purpose, about: str) -> Response:
    try:
        address, journey = await onward(request, purpose, about)
    except (ProviderAway, NotBelieved) as fault:
        return _failed(request, fault)
    reply = RedirectResponse(address, 303)
    keep_journey(request, reply, journey)
    return reply


async def back(request: Request) -> Response:
    """GET /staff/sign-in/council/back: the answer, looked at once."""
    provider, journey, asked = provider_of(request), journey_of(request), request.query_params
    name = provider.config.name
    if journey is None or not journey.answered_with(asked.get("state", "")):
        reply = _refused(request, NOT_OURS, "state", 422)
    elif asked.get("iss", provider.config.issuer).rstrip("/") != provider.config.issuer:
        reply = _refused(request, DOUBTED % name, "issuer", 422)
    elif "code" not in asked:
        reply = _refused(request, DECLINED % name, "declined", 422)
    else:
        reply = await _answered(request, provider, journey, asked["code"])
    forget_journey(request, reply)
    return reply


async def _answered(request: Request, provider: Provider, journey: Journey, code: str) -> Response:
    live, place = live_of(request), place_of(request)
    if not await live.staff_tries.arrive(live.database, place, now()):
        return _refused(request, "There were too many tries from here. Wait 15 minutes.", "too many", 429)
    try:
        subject = await provider.subject(journey, code, f"{base_of(request)}{BACK}", now())
    except (ProviderAway, NotBelieved) as fault:
        return _failed(request, fault)
    try:
        return await _DEEDS[journey.purpose](request, provider.config.issuer, subject, journey)
    except Refused as fault:
        return _refused(request, str(fault), "taken", 409)


async def _sign_in(request: Request, issuer: str, subject: str, journey: Journey) -> Response:
    held = await identities.account_for(live_of(request).database, issuer, subject)
    if held is None:
        return _refused(request, NOBODY, "unknown", 403)
    return await _signed_in(request, held, read_to(journey.about))


async def _accept(request: Request, issuer: str, subject: str, journey: Journey) -> Response:
    held = await identities.accept(live_of(request).database, journey.about, issuer, subject, now())
    if held is None:
        return _refused(request, "That invitation has been used or is too old.", "invitation", 404)
    return await _signed_in(request, held, "/staff")


async def _link(request: Request, issuer: str, subject: str, journey: Journey) -> Response:
    """Only where the owner has shown who they are for this very journey: its cookie alone proves nothing."""
    connection, key = live_of(request).database, key_of(request)
    me = await person_of(connection, key, now()) if key else None
    if me is None or not await was_proved(connection, me.account, journey.state, now()):
        return _refused(request, NOT_OURS, "session", 403)
    await identities.link(connection, me.account, issuer, subject, me.by, now())
    return RedirectResponse("/staff/me?linked", 303)


_DEEDS = {"sign-in": _sign_in, "invitation": _accept, "link": _link}


async def _signed_in(request: Request, held: Account, to: str) -> Response:
    browser = browser_name(request.headers.get("user-agent", ""))
    how, before = "council sign-in", key_of(request)
    key = await begin(live_of(request).database, held, browser, now(), how, before)
    reply = RedirectResponse(to, 303)
    keep(request, reply, key)
    return reply


def _failed(request: Request, fault: ProviderAway | NotBelieved) -> Response:
    name = provider_of(request).config.name
    if isinstance(fault, ProviderAway):
        return _refused(request, AWAY % name, f"away: {fault}", 503)
    if isinstance(fault, TooWeak):
        return _refused(request, WEAK % name, str(fault), 403)
    return _refused(request, DOUBTED % name, str(fault), 422)


def _refused(request: Request, words: str, why: str, status: int) -> Response:
    log().warning("council sign-in refused", why=why)
    return sign_in_page(request, error=words[:1].upper() + words[1:], status=status)


ROUTES = (
    Route("/staff/sign-in/council", to_sign_in),
    Route(BACK, back),
    Route("/staff/invitation/{key}/council", to_accept),
)
