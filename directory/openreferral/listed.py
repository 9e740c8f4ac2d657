"""What the feed holds of one service, whoever keeps it: our directory, or the rooms above this one.

Plain records, so that this room need not know what else can be offered as a service.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from directory.assembled import PlaceView, ServiceView
from directory.places import Places
from directory.records import Organisation, Phone
from directory.schedules import Closure, Schedule

Status = Literal["active", "temporarily closed"]
NOT_CONFIRMED = "We could not confirm that this is still running. Ring or look at the website first."


@dataclass(frozen=True, slots=True)
class Runner:
    """Who runs a service. `key` is "organisation/durham-county-council"."""

    key: str
    name: str
    description: str | None = None
    website: str | None = None
    email: str | None = None
    phones: tuple[Phone, ...] = ()
    also_known_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A service at a location. `point` and `county` only where the location's door may be known."""

    key: str  # "service/become/at/city-hall"
    view: PlaceView
    point: tuple[float, float] | None  # WGS84 latitude and longitude of its postcode
    county: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One service of the feed. Ages are completed years, both ends included."""

    key: str  # "service/become"
    name: str
    description: str
    status: Status
    runner: Runner | None
    modified: datetime
    assured: date
    areas: tuple[str, ...]  # GSS codes
    topics: tuple[str, ...]
    kind: str
    alert: str | None = None
    website: str | None = None
    email: str | None = None
    phones: tuple[Phone, ...] = ()
    fees: str | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    who_for: str | None = None
    how_to_use: str | None = None
    also_known_as: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    closures: tuple[Closure, ...] = ()
    hours_in_words: str | None = None
    places: tuple[ListedPlace, ...] = ()

    @property
    def has_hours(self) -> bool:
        """Whether it is said at what times it is open, in a form that machines read."""
        return bool(self.schedules) or any(place.view.at.schedules for place in self.places)

    @property
    def has_point(self) -> bool:
        """Whether it is somewhere on the map."""
        return any(place.point for place in self.places)


def fullest_first(services: Iterable[Listed]) -> list[Listed]:
    """The order of the feed: what is told most fully first, so that its start shows what it can hold."""
    return sorted(services, key=lambda each: (not each.has_hours, not each.has_point, each.key))


def runner_of(organisation: Organisation) -> Runner:
    """An organisation of the directory."""
    return Runner(
        key=f"organisation/{organisation.id}",
        name=organisation.name,
        description=organisation.description,
        website=organisation.website,
        email=organisation.email,
        phones=organisation.phones,
        also_known_as=organisation.also_known_as,
    )


def listed_of(service: ServiceView, places: Places, modified: datetime) -> Listed:
    """A service of the directory that the public may see."""
    record = service.record
    unknown = NOT_CONFIRMED if record.status == "unknown" else None
    return Listed(
        key=f"service/{record.id}",
        name=record.name,
        description=paragraphs(record.summary, record.description, record.accessibility),
        status="temporarily closed" if record.status == "temporarily-closed" else "active",
        runner=runner_of(service.organisations[0]) if service.organisations else None,
        modified=modified,
        assured=record.checked_on,
        areas=record.areas,
        topics=record.topics,
        kind=record.kind,
        alert=" ".join(filter(None, (unknown, record.caution))) or None,
        website=record.website,
        email=record.email,
        phones=record.phones,
        fees=record.cost,
        minimum_age=record.age_from,
        maximum_age=None if record.age_before is None else record.age_before - 1,
        who_for=record.who_for,
        how_to_use=record.how_to_use,
        also_known_as=record.also_known_as,
        languages=record.languages,
        schedules=record.schedules,
        closures=record.closures,
        hours_in_words=record.opening_hours,
        places=tuple(_listed_place(record.id, place, places) for place in service.places),
    )


def _listed_place(service: str, place: PlaceView, places: Places) -> ListedPlace:
    location = place.location
    key = f"service/{service}/at/{location.id}"
    row = places.find(location.postcode) if location.postcode and not location.confidential else None
    if row is None:
        return ListedPlace(key, place, None, location.county)
    council = places.areas.council_of(row.district)
    point = (row.lat, row.lon) if row.lat is not None and row.lon is not None else None
    return ListedPlace(
        key,
        place,
        point if location.can_be_visited else None,
        location.county or (council.name if council else None),
    )


def paragraphs(*parts: str | None) -> str:
    """Texts one below the other; those that are missing leave no gap."""
    return "\n\n".join(filter(None, parts))


def runners_of(services: Iterable[Listed]) -> tuple[Runner, ...]:
    """Everybody who runs one of these services, each once, by name."""
    found = {each.runner.key: each.runner for each in services if each.runner}
    return tuple(sorted(found.values(), key=lambda each: (each.name.casefold(), each.key)))
