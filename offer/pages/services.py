"""One service: where, when, how, and in plain words what we could not find."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.assembled import PlaceView, ServiceView
from directory.freshness import overdue_words
from directory.hours_list import HoursLine
from directory.records import Source
from directory.recurrence import is_daily
from directory.wanted import has_hours
from offer.addresses import SERVICE, base_of, organisation_href, service_href, sessions_href
from offer.clock import civil_day, now
from offer.council_tax_words import SourceLink
from offer.errors import Problem
from offer.language import gettext as _
from offer.language import later
from offer.languages.dates import said_month
from offer.looking.noticing import note_opening
from offer.pages.edition import edition_of
from offer.pages.for_all import render_for_all
from offer.pages.linked_data import data_block, service_data
from offer.pages.listed import key_of
from offer.pages.listing import Link, topic_title
from offer.pages.rendering import Page
from offer.pages.sensitive import is_sensitive
from offer.pages.service_places import (
    MapLinks,
    Openness,
    address_lines,
    hours_of,
    map_links,
    openness,
    where,
)
from offer.pages.service_words import NOT_SURE_OPEN, PhoneLink, ServiceCard, card, phone_links
from offer.published import Published

GONE = later("We do not have that place or team any more. Search for it, or ask your adviser.")
_SURE = {
    "found in source": later("We read this on the pages named here."),
    "partly": later("We could only confirm part of this. Ring before you rely on it."),
    "existence only": later("We only know that it is there. Ring before you go."),
    "unconfirmed": later("We could not confirm this. Ring before you go."),
    "council paper": later("We know this from council papers. Ring before you go."),
}


@dataclass(frozen=True, slots=True)
class PlaceBlock:
    """One place of a service. `lines` is the address; where it is not published `words` say so."""

    name: str
    lines: tuple[str, ...]
    words: str
    visits: str
    open: Openness | None
    hours: tuple[HoursLine, ...]
    directions: str
    access: tuple[str, ...]
    phones: tuple[PhoneLink, ...]
    map: MapLinks | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage(Page):
    """One service. `missing` is what we looked for and did not find; "" and () are left out.

    `key` is what a list calls it (offer/pages/listed.py).
    `hours` are those that hold wherever it is; a place with hours of its own has them in its block.
    """

    key: str
    linked_data: Markup
    calendar: str
    card: ServiceCard
    run_by: tuple[Link, ...]
    reach: str
    places: tuple[PlaceBlock, ...]
    hours: tuple[HoursLine, ...]
    printed_hours: str
    about: str
    how_to_use: str
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
    overdue: str


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
    return render_for_all(
        request, "service.html", lambda: service_page(published, service, now(), base_of(request))
    )


def service_page(published: Published, service: ServiceView, at: datetime, base: str) -> ServicePage:
    """The page of a service at a moment; `base` as `base_of`."""
    record = service.record
    return ServicePage(
        title=service.name,
        path=service_href(service.id),
        description=record.summary,
        sensitive=is_sensitive(record),
        key=key_of(service),
        linked_data=data_block(service_data(published, service, base)),
        calendar=_calendar(service),
        card=card(service, at),
        run_by=tuple(Link(organisation_href(each.id), each.name) for each in service.organisations),
        reach="" if service.places else where(service, None),
        places=tuple(_place(published, service, place, at) for place in service.places),
        hours=hours_of(service, None, at),
        printed_hours=record.opening_hours or "",
        about=record.description or "",
        how_to_use=record.how_to_use or "",
        who_for=record.who_for or "",
        cost=record.cost or "",
        accessibility=record.accessibility or "",
        languages=", ".join(record.languages),
        covers=", ".join(published.names.get(code) or _("all of England") for code in record.areas),
        missing=", ".join(map(_, _missing(service))),
        topics=tuple(Link(f"/topics/{topic}", topic_title(topic)) for topic in record.topics),
        sources=source_links(record.sources),
        sure=_(_SURE[record.confidence]),
        checked=said_month(record.checked_on),
        closed=_status(service),
        overdue=overdue_words(record.checked_on, record.review_by, civil_day(at), _("them")),
    )


def _calendar(service: ServiceView) -> str:
    """The address of its times as a calendar; "" for a line that is there every day."""
    if not has_hours(service):
        return ""
    hours = [service.record.schedules, *(place.at.schedules for place in service.places)]
    return "" if any(is_daily(each) for each in hours) else sessions_href(service.id)


def _place(published: Published, service: ServiceView, place: PlaceView, at: datetime) -> PlaceBlock:
    location = place.location
    shows = location.can_be_visited and location.postcode is not None
    own = bool(place.at.schedules)
    point = published.directory.point_of(service, place)
    return PlaceBlock(
        name="" if location.confidential or location.name == service.name else location.name,
        lines=address_lines(location) if shows else (),
        words="" if shows else where(service, place),
        visits=place.at.note
        or (_("A visiting session: ask for the next date.") if place.at.outreach else ""),
        open=openness(service, place, at) if own else None,
        hours=hours_of(service, place, at) if own else (),
        directions=location.directions or "",
        access=tuple(location.accessibility),
        phones=phone_links((*place.at.phones, *location.phones)),
        map=map_links(location.name, location, point),
    )


def source_links(sources: Iterable[Source]) -> tuple[SourceLink, ...]:
    """Where the facts were read, with the month."""
    return tuple(SourceLink(_seen(each), each.url or "") for each in sources)


def _seen(source: Source) -> str:
    return _("%(name)s, seen %(month)s") % {"name": source.name, "month": said_month(source.seen)}


def _missing(service: ServiceView) -> tuple[str, ...]:
    """What was looked for in vain, of the service and of its places."""
    found = [*service.record.not_found, *(w for place in service.places for w in place.location.not_found)]
    return tuple(dict.fromkeys(found))


def _status(service: ServiceView) -> str:
    if service.record.status == "temporarily-closed":
        return _("This is closed for now. Ring to ask when it opens again.")
    return _(NOT_SURE_OPEN) if service.record.status == "unknown" else ""


ROUTES = (Route("/services/{slug}", show, name="service"),)
