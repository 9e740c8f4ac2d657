"""A service as a card: where it is, how to reach it, when, and what we could not find."""

from dataclasses import dataclass
from datetime import date, datetime

from directory.assembled import PlaceView, ServiceView
from directory.help_now import tel
from directory.phrase import phrase
from directory.records import Phone, Service
from directory.topics import KIND_TITLES
from offer.addresses import service_href
from offer.clock import civil_day
from offer.language import gettext as _
from offer.language import later
from offer.languages.phrases import said
from offer.pages.listing import not_lately
from offer.pages.service_places import MapLinks, Openness, Point, ask_first, map_links, openness, town_words
from offer.pages.service_places import where as where_of

NOT_SURE_OPEN = later("We could not find out if this is still open. Ring before you go.")


@dataclass(frozen=True, slots=True)
class PhoneLink:
    """A number to tap: "03000 262 271" with its `tel:` link; `label` says whose or when, or is ""."""

    number: str
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """One service in a list, at one of its places. `open` is how it stands; "", () and None are left out.

    `how_to_use` stands where there is no number to ring.
    """

    href: str
    name: str
    mark: str
    organisation: str
    summary: str
    where: str
    distance: str
    also_at: str
    visits: str
    phones: tuple[PhoneLink, ...]
    email: str
    website: str
    open: Openness | None
    hours: str
    how_to_use: str
    ages: str
    caution: str
    doubt: str
    map: MapLinks | None


def card(
    service: ServiceView,
    at: datetime,
    *,
    distance: str = "",
    point: Point | None = None,
    place: PlaceView | None = None,
) -> ServiceCard:
    """The card of a service at one of its places, at an aware moment; without a place, at its first.

    `distance` is "3.2 miles in a straight line"; `point` is that of the place.
    """
    record = service.record
    place = place or next(iter(service.places), None)
    visit = place is not None and place.location.can_be_visited
    is_open = openness(service, place, at)
    return ServiceCard(
        href=service_href(service.id),
        name=service.name,
        mark=_(KIND_TITLES[record.kind]),
        organisation=service.run_by,
        summary=record.summary,
        where=_where(service, place),
        distance=distance if visit else "",
        also_at=_also_at(service, place),
        visits=_visits(place),
        phones=phone_links(service.phones),
        email=record.email or "",
        website=record.website or "",
        open=is_open,
        hours="" if is_open or (service.confidential and not visit) else _hours(service),
        how_to_use="" if service.phones else record.how_to_use or "",
        ages=ages(record),
        caution=record.caution or "",
        doubt=_doubt(record, civil_day(at)),
        map=map_links(service.name, place.location, point) if place and not record.is_national else None,
    )


def _doubt(service: Service, on: date) -> str:
    if service.status == "unknown":
        return _("Check it is still open")
    return not_lately(service.checked_on, service.review_by, on)


def phone_links(phones: tuple[Phone, ...]) -> tuple[PhoneLink, ...]:
    """Numbers in their order."""
    return tuple(PhoneLink(each.number, tel(each.number), each.label or "") for each in phones)


def ages(service: Service) -> str:
    """The ages it is for, in words; "" where none are set."""
    start, before = service.age_from, service.age_before
    if start is not None and before is not None:
        if not start:
            return _("Until you turn %(age)s") % {"age": before}
        return _("Ages %(start)s to %(last)s") % {"start": start, "last": before - 1}
    if start is not None:
        return _("Age %(age)s and over") % {"age": start}
    return _("Until you turn %(age)s") % {"age": before} if before is not None else ""


def _hours(service: ServiceView) -> str:
    if service.record.opening_hours:
        return service.record.opening_hours
    return said(phrase("Opening hours not found: %(ask)s.", ask=ask_first(service)))


def _where(service: ServiceView, place: PlaceView | None) -> str:
    """Where it is; nobody goes to a national body, nor to what is reached by phone or online."""
    record = service.record
    reached = service.phones or record.email or record.website or record.how_to_use
    return "" if record.is_national or (place is None and reached) else where_of(service, place)


def _also_at(service: ServiceView, place: PlaceView | None) -> str:
    """The other towns it is in: "Skegness"."""
    here = place.location.town if place else None
    return said(town_words(town for town in service.towns if town != here))


def _visits(place: PlaceView | None) -> str:
    """When a visiting session is held, in the record's words."""
    if place is None or not (place.at.outreach or place.at.note):
        return ""
    return place.at.note or _("A visiting session: ask for the next date.")
