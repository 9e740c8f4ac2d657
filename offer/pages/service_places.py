"""Where a service is and when it is open, in words and links; what is not known is said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from directory.assembled import PlaceView, ServiceView
from directory.hours_list import HoursLine, hours_list
from directory.opening import sessions
from directory.opening_words import session_words, words, words_by_old_hours
from directory.phrase import listed, phrase, together
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
        return Openness(
            "closed", phrase("Closed for now: %(ask)s when it opens again.", ask=ask_first(service))
        )
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
    return (
        HoursLine(
            phrase("Next dates"), together(*(session_words(each, at) for each in coming), between="; ")
        ),
        *lines,
    )


def hours_to_go_by(service: ServiceView, at: datetime) -> tuple[HoursLine, ...]:
    """The hours at its first place; none of one whose address is kept private and where nobody can go."""
    place = next(iter(service.places), None)
    private = service.confidential and not (place and place.location.can_be_visited)
    return () if private else hours_of(service, place, at)


def ask_first(service: ServiceView) -> str:
    """What to do when something is not known: "ring first" where there is a number to ring."""
    return phrase("ring first") if service.phones else phrase("ask first")


def where(service: ServiceView, place: PlaceView | None) -> str:
    """Where it is, or plainly that this is not published and what to do."""
    if place is None:
        unknown = phrase("Address not published: %(reach)s", reach=_reach(service, small=True))
        return "" if service.record.is_national else unknown
    location = place.location
    if location.confidential:
        somewhere = phrase("In %(town)s.", town=location.town) if location.town else ""
        how = "" if service.record.how_to_use else _reach(service)
        return together(somewhere, phrase("The address is kept private, to keep people safe."), how)
    lines = ", ".join(address_lines(location))
    if location.location_type == "postal":
        return together(f"{lines}.", phrase("This address only takes letters: nobody can visit it."))
    if location.postcode:
        return lines
    reach = _reach(service, small=True)
    if location.address:
        unknown = phrase("The full address is not published: %(reach)s", reach=reach)
        return together(f"{lines or location.name}.", unknown)
    near = phrase("In or near %(place)s.", place=location.town or location.name)
    return together(near, phrase("The address is not published: %(reach)s", reach=reach))


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
    return listed(towns, "and")


def _reach(service: ServiceView, *, small: bool = False) -> str:
    """How to ask where it is; `small`: to go on after a colon."""
    record = service.record
    if service.phones:
        number = service.phones[0].number
        return (
            phrase("ring %(number)s.", number=number) if small else phrase("Ring %(number)s.", number=number)
        )
    if record.email:
        email = record.email
        return phrase("email %(email)s.", email=email) if small else phrase("Email %(email)s.", email=email)
    if record.website:
        return phrase("look on its website.") if small else phrase("Look on its website.")
    if small:
        return phrase("ask your adviser how to reach it.")
    return phrase("Ask your adviser how to reach it.")
