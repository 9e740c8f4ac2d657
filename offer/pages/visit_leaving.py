"""Leaving a visit, or ending it for both: what is gone then, and what somebody may take along."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from offer.caching import PRIVATE
from offer.clock import now
from offer.language import gettext as _
from offer.language import speaking
from offer.languages.finishing import finished
from offer.live import live_of
from offer.pages.person_form import Hidden
from offer.pages.rendering import Page, render
from offer.pages.visit_answers import Sent
from offer.pages.visit_cookies import forget, language_of
from offer.pages.visit_room import Inside
from offer.visits import store


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftPage(Page):
    """Outside again. `hidden`: the answers, for a sheet or to go on alone; () where none are left."""

    hidden: tuple[Hidden, ...] = ()


async def leave(request: Request, inside: Inside, _sent: Sent) -> Response:
    """Out of the visit, which goes on for the other. The page that answers still has the answers in it."""
    database = live_of(request).database
    visit = await store.read(database, inside.visit, inside.member, now())
    await store.leave(database, inside.visit, inside.member)
    return _gone(request, inside, tuple(Hidden(name, text) for name, text in visit.shared.typed.items()))


async def wipe(request: Request, inside: Inside, _sent: Sent) -> Response:
    """The end for both. Who wipes may be about to hand the phone back: this page has nothing in it."""
    await store.wipe(live_of(request).database, inside.visit, inside.member)
    return _gone(request, inside)


def _gone(request: Request, inside: Inside, hidden: tuple[Hidden, ...] = ()) -> Response:
    live_of(request).visits.wake(inside.visit)
    language = language_of(inside.member.language)
    with speaking(language):
        page = LeftPage(title=_("You have left the visit"), hidden=hidden)
        reply = render(request, "visit-left.html", page, headers=PRIVATE)
    html = HTMLResponse(finished(bytes(reply.body).decode(), language), 200, dict(PRIVATE))
    forget(request, html, inside.visit)
    return html
