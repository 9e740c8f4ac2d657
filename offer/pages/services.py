"""One service: where, when, how, and in plain words what we could not find."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.records import Service
from offer.errors import Problem
from offer.pages.council_tax_words import SourceLink, month
from offer.pages.edition import edition_of
from offer.pages.listing import Link, service_href, topic_title
from offer.pages.rendering import Page, render
from offer.pages.service_words import ServiceCard, card
from offer.published import Published

GONE = "We do not have that place or team any more. Search for it, or ask your adviser."
_SURE = {
    "found in source": "We read this on the pages named here.",
    "partly": "We could only confirm part of this. Ring before you rely on it.",
    "existence only": "We only know that it is there. Ring before you go.",
    "unconfirmed": "We could not confirm this. Ring before you go.",
    "council paper": "We know this from council papers. Ring before you go.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceView(Page):
    """One service. `missing` is what we looked for and did not find; "" and () are left out."""

    card: ServiceCard
    description: str
    who_for: str
    cost: str
    accessibility: str
    languages: str
    covers: str
    missing: str
    topics: tuple[Link, ...]
    sources: tuple[SourceLink, ...]
    sure: str
    checked: str
    closed: str


async def show(request: Request) -> Response:
    """GET /services/{slug}; an old address leads on to what took its place."""
    published, slug = edition_of(request), request.path_params["slug"]
    service = published.services.get(slug)
    if service is None:
        raise Problem(404, GONE)
    if service.redirect_to:
        return RedirectResponse(service_href(service.redirect_to), 308)
    if not service.is_shown:
        raise Problem(404, GONE)
    return render(request, "service.html", _view(published, service))


def _view(published: Published, service: Service) -> ServiceView:
    return ServiceView(
        title=service.name,
        path=service_href(service.id),
        edition=published.places.edition,
        card=card(service, point=_point(published, service)),
        description=service.description or "",
        who_for=service.who_for or "",
        cost=service.cost or "",
        accessibility=service.accessibility or "",
        languages=", ".join(service.languages),
        covers=_covers(published, service),
        missing=", ".join(service.not_found),
        topics=tuple(Link(f"/topics/{topic}", topic_title(topic)) for topic in service.topics),
        sources=tuple(
            SourceLink(f"{source.name}, seen {month(source.seen)}", source.url or "")
            for source in service.sources
        ),
        sure=_SURE[service.confidence],
        checked=month(service.checked_on),
        closed=_status(service),
    )


def _point(published: Published, service: Service) -> tuple[float, float] | None:
    """The published postcode's point; none for a PO box or a private address."""
    row = published.places.find(service.postcode) if service.postcode and service.can_be_visited else None
    return (row.lat, row.lon) if row and row.lat is not None and row.lon is not None else None


def _covers(published: Published, service: Service) -> str:
    """ "Boston, East Lindsey …" or "all of England"."""
    names = [published.names.get(code, "all of England") for code in service.areas]
    return ", ".join(names)


def _status(service: Service) -> str:
    if service.status == "temporarily-closed":
        return "This is closed for now. Ring to ask when it opens again."
    if service.status == "unknown":
        return "We could not find out if this is still open. Ring before you go."
    return ""


ROUTES = (Route("/services/{slug}", show, name="service"),)
