"""Every service of an area as a list, page by page; and what one organisation runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.assembled import ServiceView
from directory.freshness import overdue_words
from directory.places import Area
from directory.records import KINDS, Organisation
from offer.addresses import organisation_href
from offer.clock import civil_day, now, today
from offer.council_tax_words import SourceLink
from offer.errors import Problem
from offer.language import gettext as _
from offer.language import later
from offer.languages.dates import said_month
from offer.pages.edition import edition_of
from offer.pages.nearby_query import Narrowed, read_narrowed, topic_choices
from offer.pages.place_asking import Choice
from offer.pages.rendering import Page, render
from offer.pages.sensitive import narrows
from offer.pages.service_words import PhoneLink, ServiceCard, card, phone_links
from offer.pages.services import source_links
from offer.published import Published

PATH = "/services"
PER_PAGE = 20
GONE = later("We do not have that organisation any more. Search for it, or ask your adviser.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesPage(Page):
    """One page of a list. `area` is None for all areas; `areas` and `topics` are there to choose from."""

    area: Area | None
    narrowed: Narrowed
    areas: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    cards: tuple[ServiceCard, ...]
    total: int
    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage(Page):
    """One organisation and what it runs, alone or with others."""

    name: str
    about: str
    phones: tuple[PhoneLink, ...]
    email: str
    website: str
    services: tuple[ServiceCard, ...]
    sources: tuple[SourceLink, ...]
    checked: str
    overdue: str


async def show_all(request: Request) -> Response:
    """GET /services?in=E06000047&topic=housing&page=2: `in` is a district or a council."""
    published, params = edition_of(request), request.query_params
    area = _area(published, params.get("in", ""))
    narrowed = read_narrowed(params)
    found = _found(published, area, narrowed)
    last = max(1, -(-len(found) // PER_PAGE))
    typed = params.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    if (params.get("in") and area is None) or not 1 <= page <= last:
        return RedirectResponse(narrowed.address(PATH, **_in(area)), 303)
    return render(request, "services.html", _view(published, area, narrowed, found, page, last))


def _view(
    published: Published, area: Area | None, narrowed: Narrowed, found: Sequence[ServiceView],
    page: int, last: int,
) -> ServicesPage:  # fmt: skip
    start, at = (page - 1) * PER_PAGE, now()

    def turned(to: int) -> str:
        return narrowed.address(PATH, page=str(to) if to > 1 else "", **_in(area)) if 1 <= to <= last else ""

    title = _("Places and teams")
    if area:
        title = _("Places and teams for people in %(place)s") % {"place": area.name}
    where = _("Page %(page)s of %(last)s") % {"page": page, "last": last} if last > 1 else ""
    return ServicesPage(
        title=f"{title} ({where})" if where else title,
        path=PATH,
        description=_("Hubs, teams, homes and help lines for care leavers, as a list."),
        sensitive=narrows(narrowed),
        area=area,
        narrowed=narrowed,
        areas=_areas(published, area),
        topics=topic_choices(narrowed.topic),
        cards=tuple(card(each, at) for each in found[start : start + PER_PAGE]),
        total=len(found),
        where=where,
        before=turned(page - 1),
        after=turned(page + 1),
    )


def _in(area: Area | None) -> dict[str, str]:
    return {"in": area.gss} if area else {}


def _area(published: Published, code: str) -> Area | None:
    """A district or council by its code, followed where it was replaced."""
    places = published.places
    current = places.areas.current(code, today()) if code else ""
    return places.district(current) or places.authority(current)


def _found(published: Published, area: Area | None, narrowed: Narrowed) -> list[ServiceView]:
    """Those of the area first, then those for all England; in each the kinds as listed, by name."""
    keep = narrowed.wanted(now()).suits
    groups = published.directory.nearby(None, None, [area.gss] if area else [], keep=keep)
    local = (*groups.places, *groups.remote, *groups.private)
    return [*sorted(local, key=_order), *sorted(groups.national, key=_order)]


def _order(service: ServiceView) -> tuple[int, str]:
    return KINDS.index(service.record.kind), service.name


def _areas(published: Published, chosen: Area | None) -> tuple[Choice, ...]:
    """The districts and councils that some service is for, by name."""
    held = published.directory.areas
    ours = held | {chosen.gss} if chosen else held
    named = sorted((name, code) for code in ours if (name := published.names.get(code)))
    return tuple(Choice(code, name, chosen is not None and code == chosen.gss) for name, code in named)


async def organisation(request: Request) -> Response:
    """GET /organisations/{slug}; one that runs nothing the public may see is not shown."""
    published, slug = edition_of(request), request.path_params["slug"]
    held = published.organisations.get(slug)
    services = [each for each in published.directory.services if slug in {o.id for o in each.organisations}]
    if held is None or not services:
        raise Problem(404, GONE)
    return render(request, "organisation.html", organisation_page(held, services, now()))


def organisation_page(held: Organisation, services: list[ServiceView], at: datetime) -> OrganisationPage:
    """The page of an organisation with what it runs, at a moment."""
    return OrganisationPage(
        title=held.name,
        path=organisation_href(held.id),
        description=_("What %(name)s runs for care leavers.") % {"name": held.name},
        name=held.name,
        about=held.description or "",
        phones=phone_links(held.phones),
        email=held.email or "",
        website=held.website or "",
        services=tuple(card(each, at) for each in sorted(services, key=_order)),
        sources=source_links(held.sources),
        checked=said_month(held.checked_on),
        overdue=overdue_words(held.checked_on, held.review_by, civil_day(at), _("them")),
    )


ROUTES = (
    Route(PATH, show_all, name="services"),
    Route("/organisations/{slug}", organisation, name="organisation"),
)
