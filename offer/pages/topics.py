"""Guides by topic: what each is about, what to do first, the law, what a council adds, who to ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import today
from offer.errors import Problem
from offer.guides.reading import guides, other_names
from offer.language import gettext as _
from offer.language import later
from offer.pages.edition import edition_of
from offer.pages.for_all import render_for_all
from offer.pages.rendering import Page, render
from offer.pages.topic_councils import PATH
from offer.pages.topic_view import about_of, title_of, topic_view
from offer.published import Published

UNKNOWN = later("We do not have that topic. Choose one from the list of topics.")


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A guide with the number of offers and of places under it."""

    href: str
    title: str
    about: str
    offers: int
    services: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsView(Page):
    """Every guide."""

    lines: tuple[TopicLine, ...]


async def show_all(request: Request) -> Response:
    """GET /topics."""
    published, on = edition_of(request), today()
    view = TopicsView(
        title=_("Topics"),
        path=PATH,
        description=_("What care leavers in England can get, by topic."),
        lines=tuple(_lines(published, on)),
    )
    return render(request, "topics.html", view)


async def show(request: Request) -> Response:
    """GET /topics/{topic}?by=E06000047: `by` is the council whose offers stand beside England's."""
    published, slug = edition_of(request), request.path_params["topic"]
    by = request.query_params.get("by", "")
    council = published.places.authority(by)
    known = other_names().get(slug, slug)
    if known not in guides():
        raise Problem(404, _(UNKNOWN))
    if known != slug or (by and council is None):  # "custody", or a code that is no council's
        query = f"?by={council.gss}" if council else ""
        return RedirectResponse(f"{PATH}/{known}{query}", 303)
    return render_for_all(
        request, "topic.html", lambda: topic_view(published, guides()[slug], council, today())
    )


def _lines(published: Published, on: date) -> Iterable[TopicLine]:
    for slug, guide in guides().items():
        counts = published.guide_counts.of(guide, on)
        href = "/help-now" if slug == "help-now" else f"{PATH}/{slug}"
        yield TopicLine(href, title_of(guide), about_of(guide), counts.offers, counts.services)


ROUTES = (
    Route(PATH, show_all, name="topics"),
    Route(f"{PATH}/{{topic}}", show, name="topic"),
)
