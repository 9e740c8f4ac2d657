"""You said, we did: what people told us and what was done about it, newest first, all or one council's.

Held in memory by offer/feedback/following.py: like every public page it asks the database nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.council_names import listed_name
from offer.errors import Problem
from offer.feedback.subject import subject_of
from offer.language import gettext as _
from offer.language import later
from offer.live import live_of
from offer.pages.edition import edition_of
from offer.pages.listing import Link
from offer.pages.rendering import Page, render
from offer.published import Published
from offer.staff.roles import NATIONAL
from offer.staff.you_said import Said

PATH = "/you-said"
MOST = 60  # on one page; the budget of a page allows no more
NOT_READ = later("We cannot show this just now. Please try again in a minute.")
UNKNOWN = later("We do not know that council.")


@dataclass(frozen=True, slots=True)
class SaidBlock:
    """One of them. `about` leads to the page it is about; None where that is not public now, or none."""

    id: int
    on: date
    place: str
    about: Link | None
    you_said: str
    we_did: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YouSaidPage(Page):
    """`places`: all, and each place that has some; () where there are fewer than two. `more`: left out."""

    heading: str
    places: tuple[Link, ...]
    blocks: tuple[SaidBlock, ...]
    more: int


async def show(request: Request) -> Response:
    """GET /you-said; `by` is the code of a council, or "england"."""
    published, by = edition_of(request), request.query_params.get("by", "")
    everything = live_of(request).you_said
    if everything is None:
        raise Problem(503, _(NOT_READ))
    if by and not _is_place(published, by):
        raise Problem(404, _(UNKNOWN))
    chosen = [each for each in everything if by in ("", each.scope)]
    title = _("You said, we did")
    view = YouSaidPage(
        title=f"{title}: {_place(published, by)}" if by else title,
        heading=title,
        path=PATH,
        description=_("What people told us about these pages, and what was changed because of it."),
        places=_places(published, everything, by),
        blocks=tuple(_block(published, each) for each in chosen[:MOST]),
        more=max(0, len(chosen) - MOST),
    )
    return render(request, "you-said.html", view)


def href_of(said: Said) -> str:
    """Where one of them stands on the page of its place."""
    return f"{PATH}?by={said.scope}#said-{said.id}"


def _block(published: Published, said: Said) -> SaidBlock:
    subject = subject_of(published, said.about) if said.about else None
    return SaidBlock(
        id=said.id,
        on=said.on,
        place=_place(published, said.scope),
        about=Link(subject.href, subject.title) if subject else None,
        you_said=said.you_said,
        we_did=said.we_did,
    )


def _places(published: Published, everything: Iterable[Said], by: str) -> tuple[Link, ...]:
    codes = {each.scope for each in everything} | ({by} if by else set())
    if len(codes) < 2 and not by:
        return ()
    named = sorted((_place(published, code), code) for code in codes)
    links = (Link(f"{PATH}?by={code}", name, code == by) for name, code in named)
    return (Link(PATH, _("All"), not by), *links)


def _is_place(published: Published, by: str) -> bool:
    return by == NATIONAL or published.places.authority(by) is not None


def _place(published: Published, scope: str) -> str:
    area = published.places.authority(scope)
    return listed_name(area.name) if area else _("England")


ROUTES = (Route(PATH, show),)
