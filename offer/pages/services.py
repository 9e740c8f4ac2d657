"""One service: where, when, how, and in plain words what we could not find."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.assembled import ServiceView
from directory.records import Service
from offer.errors import Problem
from offer.looking.noticing import note_opening
from offer.pages.council_tax_words import SourceLink, month
from offer.pages.edition import edition_of
from offer.pages.listing import SERVICE, Link, service_href, topic_title
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
class ServicePage(Page):
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
    if service.record.redirect_to:
        return RedirectResponse(service_href(service.record.redirect_to), 308)
    if not service.is_shown:
        raise Problem(404, GONE)
    note_opening(request, SERVICE, slug)
    return render(request, "service.html", _view(published, service))


def _view(published: Published, view: ServiceView) -> ServicePage:
    service = view.record
    return ServicePage(
        title=service.name,
        path=service_href(service.id),
        edition=published.places.edition,
        card=card(view, point=_point(published, view)),
        description=service.description or "",
        who_for=service.who_for or "",
        cost=service.cost or "",
        accessibility=" ".join(_access(view)),
        languages=", ".join(service.languages),
        covers=_covers(published, service),
        missing=", ".join(_missing(view)),
        topics=tuple(Link(f"/topics/{topic}", topic_title(topic)) for topic in service.topics),
        sources=tuple(
            SourceLink(f"{source.name}, seen {month(source.seen)}", source.url or "")
            for source in service.sources
        ),
        sure=_SURE[service.confidence],
        checked=month(service.checked_on),
        closed=_status(service),
    )


def _point(published: Published, service: ServiceView) -> tuple[float, float] | None:
    """The published postcode's point; none for a PO box or a private address."""
    place = next(iter(service.places), None)
    return published.directory.point_of(service, place) if place else None


def _access(service: ServiceView) -> tuple[str, ...]:
    """Access for disabled people, of the service and of its places."""
    own = [service.record.accessibility] if service.record.accessibility else []
    return (*own, *(line for place in service.places for line in place.location.accessibility))


def _missing(service: ServiceView) -> tuple[str, ...]:
    """What was looked for in vain, of the service and of its places."""
    found = [*service.record.not_found, *(w for place in service.places for w in place.location.not_found)]
    return tuple(dict.fromkeys(found))


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
