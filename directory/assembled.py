"""The directory put together for reading: each service with who runs it and where it is.

Documents name one another by slug; here the names are followed once, when a catalogue
is published, and never again. A location or organisation that is no longer public is
left out, so that what staff take back is gone at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from directory.records import Location, Organisation, Phone, Record, Service, ServiceAtLocation
from directory.schedules import Closure, Schedule

Hours: TypeAlias = tuple[tuple[Schedule, ...], tuple[Closure, ...]]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A service at one of its locations."""

    at: ServiceAtLocation
    location: Location


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service as people read it. `places` stand in the order of the record."""

    record: Service
    organisations: tuple[Organisation, ...]  # who runs it, the first first; those that are public
    places: tuple[PlaceView, ...]

    @property
    def id(self) -> str:
        """The service's slug."""
        return self.record.id

    @property
    def name(self) -> str:
        """The service's name."""
        return self.record.name

    @property
    def is_shown(self) -> bool:
        """Whether the public may see it at all."""
        return self.record.is_shown

    @property
    def run_by(self) -> str:
        """Who runs it: "Durham County Council", "Depaul UK and Durham County Council"; "" not public."""
        names = [organisation.name for organisation in self.organisations]
        return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)

    @property
    def phones(self) -> tuple[Phone, ...]:
        """Every number, the service's own first, each once."""
        found: dict[str, Phone] = {}
        for phone in self._all_phones():
            found.setdefault(phone.number, phone)
        return tuple(found.values())

    def _all_phones(self) -> Iterable[Phone]:
        yield from self.record.phones
        for place in self.places:
            yield from place.at.phones
            yield from place.location.phones

    def hours(self, place: PlaceView | None) -> Hours:
        """The hours at that place, else those that hold wherever it is; closures of both count."""
        own, closures = self.record.schedules, self.record.closures
        return (place.at.schedules or own, closures + place.at.closures) if place else (own, closures)

    @property
    def confidential(self) -> bool:
        """Whether where it is is kept private."""
        return any(place.location.confidential for place in self.places)

    @property
    def towns(self) -> tuple[str, ...]:
        """The towns it is in, each once."""
        return tuple(dict.fromkeys(place.location.town for place in self.places if place.location.town))


@dataclass(frozen=True)
class Assembled:
    """All public documents of the directory, each kind by its slug."""

    organisations: Mapping[str, Organisation]
    locations: Mapping[str, Location]
    services: Mapping[str, ServiceView]


def assemble(records: Iterable[Record]) -> Assembled:
    """Follows every name once. Drafts are left out, and whatever names them goes without."""
    public = [record for record in records if record.stage == "public"]
    organisations = {each.id: each for each in public if isinstance(each, Organisation)}
    locations = {each.id: _shut(each) for each in public if isinstance(each, Location)}
    services = {
        each.id: _view(each, organisations, locations) for each in public if isinstance(each, Service)
    }
    return Assembled(MappingProxyType(organisations), MappingProxyType(locations), MappingProxyType(services))


def _shut(location: Location) -> Location:
    """A confidential location without what leads to its door, should a record ever hold it: nothing leaks."""
    if not location.confidential:
        return location
    return location.model_copy(update={"address": (), "postcode": None, "directions": None})


def _view(
    record: Service, organisations: Mapping[str, Organisation], locations: Mapping[str, Location]
) -> ServiceView:
    return ServiceView(
        record,
        tuple(
            organisations[slug] for slug in (record.organisation, *record.partners) if slug in organisations
        ),
        tuple(PlaceView(at, locations[at.location]) for at in record.at if at.location in locations),
    )
