"""A service as a card: where it is, how to reach it, when, and what we could not find."""

from dataclasses import dataclass
from urllib.parse import urlencode

from directory.assembled import PlaceView, ServiceView
from directory.help_now import tel
from directory.records import Location, Service
from directory.topics import KIND_TITLES
from offer.pages.listing import service_href


@dataclass(frozen=True, slots=True)
class PhoneLink:
    """A number to tap: "03000 262 271" with its `tel:` link; `label` says whose or when, or is ""."""

    number: str
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class MapLinks:
    """Links that carry the service's own point, never the visitor's."""

    app: str  # geo: opens the phone's own map
    web: str  # the same point on OpenStreetMap


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """One service in a list. `where` is always a sentence; "" and () are left out."""

    href: str
    name: str
    mark: str
    organisation: str
    summary: str
    where: str
    distance: str
    phones: tuple[PhoneLink, ...]
    email: str
    website: str
    hours: str
    how_to_use: str
    ages: str
    caution: str
    map: MapLinks | None


def card(
    view: ServiceView,
    distance: str = "",
    point: tuple[float, float] | None = None,
    place: PlaceView | None = None,
) -> ServiceCard:
    """The card of a service at one of its places; without one, at its first.

    `distance` is "3.2 miles in a straight line"; `point` latitude and longitude of the place.
    """
    service = view.record
    place = place or next(iter(view.places), None)
    visit = place is not None and place.location.can_be_visited
    return ServiceCard(
        href=service_href(service.id),
        name=service.name,
        mark=KIND_TITLES[service.kind],
        organisation=view.run_by,
        summary=service.summary,
        where=where(view, place),
        distance=distance if visit else "",
        phones=phone_links(view),
        email=service.email or "",
        website=service.website or "",
        hours=service.opening_hours or "",
        how_to_use=service.how_to_use or "",
        ages=ages(service),
        caution=service.caution or "",
        map=map_links(service.name, point) if visit and point else None,
    )


def phone_links(service: ServiceView) -> tuple[PhoneLink, ...]:
    """The service's numbers in their order."""
    return tuple(PhoneLink(each.number, tel(each.number), each.label or "") for each in service.phones)


def where(service: ServiceView, place: PlaceView | None) -> str:
    """Where it is, or plainly that this is not published and what to do."""
    reach = _reach(service)
    if place is None:
        return "" if service.record.is_national else f"Address not published: {reach[:1].lower()}{reach[1:]}"
    location = place.location
    if location.confidential:
        return f"The address is kept private, to keep people safe. {reach}"
    lines = ", ".join((*location.address, *_end(location)))
    if location.location_type == "postal":
        return f"{lines}. This address only takes letters: nobody can visit it."
    if location.postcode:
        return lines
    near = f"In or near {location.town or location.name}."
    return f"{near} The address is not published: {reach[:1].lower()}{reach[1:]}"


def ages(service: Service) -> str:
    """The ages it is for, in words; "" where none are set."""
    start, before = service.age_from, service.age_before
    if start is not None and before is not None:
        return f"Ages {start} to {before - 1}"
    if start is not None:
        return f"Age {start} and over"
    return f"Until you turn {before}" if before is not None else ""


def sessions_href(slug: str) -> str:
    """The address of a service's times as a calendar."""
    return f"{service_href(slug)}/times.ics"


def map_links(name: str, point: tuple[float, float]) -> MapLinks:
    """Links to the service's point. OpenStreetMap is contacted only when somebody taps its link."""
    lat, lon = (f"{part:.5f}" for part in point)
    query = urlencode({"q": f"{lat},{lon} ({name})"})
    return MapLinks(
        f"geo:{lat},{lon}?{query}", f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"
    )


def _reach(service: ServiceView) -> str:
    if service.phones:
        return f"Ring {service.phones[0].number}."
    if service.record.email:
        return f"Email {service.record.email}."
    return "Look on its website." if service.record.website else "Ask your adviser how to reach it."


def _end(location: Location) -> tuple[str, ...]:
    return tuple(part for part in (location.town, location.postcode) if part)
