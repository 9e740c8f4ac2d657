"""Where a service is and when it is open, in words and links; what is not known is said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from directory.assembled import PlaceView, ServiceView
from directory.hours_list import HoursLine, hours_list
from directory.opening import sessions
from directory.opening_words import session_words, words, words_by_old_hours
from directory.records import Location
from directory.recurrence import is_occasional
from directory.time_marks import State
from directory.wanted import opening_of
from offer.clock import LONDON

_DATES = 3  # told of a drop-in that is not weekly
Point = tuple[float, float]  # WGS84 latitude and longitude


@dataclass(frozen=True, slots=True)
class Openness:
    """How it stands now: "Open now. Closes at 5pm."."""

    state: State
    words: str


@dataclass(frozen=True, slots=True)
class MapLinks:
    """Links that carry the place's own point or address, never the visitor's."""

    app: str  # geo: opens the phone's own map
    web: str  # the same place on OpenStreetMap


def openness(service: ServiceView, place: PlaceView | None, at: datetime) -> Openness | None:
    """How it stands at `at`; None where we hold no hours to tell by."""
    if service.record.status == "temporarily-closed":
        return Openness("closed", f"Closed for now: {ask_first(service)} when it opens again.")
    schedules, closures = service.hours(place)
    if not schedules and not closures:
        return None
    opening, ask = opening_of(service, place, at), ask_first(service)
    if service.record.hours_are_old and opening.state != "unknown":
        return Openness("unknown", words_by_old_hours(opening, ask))
    return Openness(opening.state, words(opening, ask))


def hours_of(service: ServiceView, place: PlaceView | None, at: datetime) -> tuple[HoursLine, ...]:
    """The hours as a list to read, with the next dates where they are not weekly; empty = none known."""
    schedules, closures = service.hours(place)
    lines = hours_list(schedules, closures, at.astimezone(LONDON).date(), ask_first(service))
    coming = sessions(schedules, closures, at, _DATES) if is_occasional(schedules) else ()
    if not coming:
        return lines
    return (HoursLine("Next dates", "; ".join(session_words(each, at) for each in coming)), *lines)


def ask_first(service: ServiceView) -> str:
    """What to do when something is not known: "ring first" where there is a number to ring."""
    return "ring first" if service.phones else "ask first"


def where(service: ServiceView, place: PlaceView | None) -> str:
    """Where it is, or plainly that this is not published and what to do."""
    reach = _reach(service)
    if place is None:
        return "" if service.record.is_national else f"Address not published: {_small(reach)}"
    location = place.location
    if location.confidential:
        somewhere = f"In {location.town}. " if location.town else ""
        how = "" if service.record.how_to_use else f" {reach}"
        return f"{somewhere}The address is kept private, to keep people safe.{how}"
    lines = ", ".join(address_lines(location))
    if location.location_type == "postal":
        return f"{lines}. This address only takes letters: nobody can visit it."
    if location.postcode:
        return lines
    near = (
        f"{lines or location.name}." if location.address else f"In or near {location.town or location.name}."
    )
    return f"{near} The {'full ' if location.address else ''}address is not published: {_small(reach)}"


def address_lines(location: Location) -> tuple[str, ...]:
    """The address as lines to write on a letter; those not published are left out."""
    end = (location.town, location.county if location.postcode else None, location.postcode)
    return (*location.address, *(line for line in end if line))


def map_links(name: str, location: Location, point: Point | None) -> MapLinks | None:
    """Links to the place; without a point, to its address where one is published.

    OpenStreetMap is contacted only when somebody taps its link.
    """
    if not location.can_be_visited:
        return None
    if point is None:
        return _search_links(location) if location.address else None
    lat, lon = (f"{part:.5f}" for part in point)
    query = urlencode({"q": f"{lat},{lon} ({name})"})
    return MapLinks(
        f"geo:{lat},{lon}?{query}", f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"
    )


def _search_links(location: Location) -> MapLinks:
    address = ", ".join(dict.fromkeys(address_lines(location)))
    return MapLinks(
        f"geo:0,0?{urlencode({'q': address})}",
        f"https://www.openstreetmap.org/search?{urlencode({'query': address})}",
    )


def town_words(towns: Iterable[str]) -> str:
    """ "Boston and Skegness"."""
    names = list(towns)
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _reach(service: ServiceView) -> str:
    if service.phones:
        return f"Ring {service.phones[0].number}."
    if service.record.email:
        return f"Email {service.record.email}."
    return "Look on its website." if service.record.website else "Ask your adviser how to reach it."


def _small(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"
