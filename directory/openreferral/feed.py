"""The feed of one edition, in memory: what is listed, and the indexes its filters need.

Records are written when they are asked for, so that an edition of 150,000 services costs little;
the items of lists, which harvesters ask for again and again, are kept for a while.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial

from directory.openreferral.asked import Asked
from directory.openreferral.ids import id_of
from directory.openreferral.index import ServiceIndex
from directory.openreferral.listed import Listed, ListedPlace, Runner
from directory.openreferral.nearness import PlaceBand
from directory.openreferral.paging import to_json
from directory.openreferral.writing import (
    Hsds,
    at_location_item,
    at_location_record,
    organization_columns,
    organization_record,
    service_item,
    service_record,
)
from directory.places import Places
from directory.records import ENGLAND

KEPT_ITEMS = 20_000  # about 1.5 kB each


@dataclass(frozen=True, slots=True)
class Near:
    """The postcode asked about, and within how many metres of its centre, if that matters."""

    postcode: str
    metres: float | None = None


class Feed:
    """Everything the feed lists, in a fixed order; immutable, shared by all requests of an edition."""

    def __init__(
        self, services: Iterable[Listed], runners: Iterable[Runner], places: Places, names: Mapping[str, str]
    ) -> None:
        self.services = tuple(services)
        self.runners = tuple(runners)
        self._places = places
        self._names = names
        self.at_locations = tuple(
            (number, place) for number, each in enumerate(self.services) for place in each.places
        )
        self._service_at = {id_of(each.key): number for number, each in enumerate(self.services)}
        self._place_at = {id_of(place.key): number for number, (_, place) in enumerate(self.at_locations)}
        self._runner_at = {id_of(each.key): number for number, each in enumerate(self.runners)}
        self._index = ServiceIndex(self.services)
        pointed = [(at, each) for at, (_, each) in enumerate(self.at_locations) if each.point]
        self._band = PlaceBand((at, each.point) for at, each in pointed if each.point)
        self._by_postcode: defaultdict[str, list[int]] = defaultdict(list)
        for at, each in pointed:
            self._by_postcode[_compact(each.view.location.postcode or "")].append(at)
        # Of functions, not of our own methods: they would hold us, and we them, after our edition is gone.
        self.service_item = lru_cache(KEPT_ITEMS)(partial(_service_item, self.services))
        self.at_location_item = lru_cache(KEPT_ITEMS)(
            partial(_at_location_item, self.services, self.at_locations)
        )

    def find_services(self, asked: Asked) -> Sequence[int]:
        """The numbers of the services that fit all that was asked, in order."""
        return self._index.find(asked)

    def find_at_locations(self, asked: Asked, near: Near | None = None) -> Sequence[int]:
        """The numbers of the services at a location that fit, in order."""
        if asked == Asked() and near is None:
            return range(len(self.at_locations))
        services = set(self.find_services(asked))
        if near is None:
            return [at for at, (number, _) in enumerate(self.at_locations) if number in services]
        services &= self._serving(near.postcode)
        if near.metres is None:
            return [at for at, (number, _) in enumerate(self.at_locations) if number in services]
        return sorted(at for at in self._close_to(near) if self.at_locations[at][0] in services)

    def _serving(self, postcode: str) -> set[int]:
        """The services whose area holds the postcode: its district, its council, or England around them."""
        row = self._places.find(postcode)
        council = self._places.areas.council_of(row.district) if row else None
        above = (council.gss, ENGLAND) if council else ()
        return self._index.serving((row.district, *above) if row else ())

    def _close_to(self, near: Near) -> set[int]:
        """The places within the distance, and those of the very postcode.

        A place that is kept private, or has no published postcode, has no point: it is never near.
        """
        row = self._places.find(near.postcode)
        found = set(self._by_postcode.get(_compact(near.postcode), ()))
        if row and row.lat is not None and row.lon is not None:
            found |= set(self._band.within((row.lat, row.lon), near.metres or 0))
        return found

    def ids_of(self, numbers: Iterable[int]) -> Iterator[tuple[str, datetime]]:
        """The UUID of each service and when it was last changed."""
        return ((id_of(self.services[each].key), self.services[each].modified) for each in numbers)

    def service(self, id_: str) -> Hsds | None:
        """A whole service by its UUID."""
        number = self._service_at.get(id_)
        return None if number is None else self.whole_service(number)

    def whole_service(self, number: int) -> Hsds:
        """A whole service by its number."""
        return service_record(self.services[number], self._names)

    def at_location(self, id_: str) -> Hsds | None:
        """A whole service at a location by its UUID."""
        number = self._place_at.get(id_)
        return None if number is None else self.whole_at_location(number)

    def whole_at_location(self, number: int) -> Hsds:
        """A whole service at a location by its number."""
        service, place = self.at_locations[number]
        return at_location_record(self.services[service], place, self._names)

    def organization(self, id_: str) -> Hsds | None:
        """A whole organisation by its UUID, with the services it runs."""
        number = self._runner_at.get(id_)
        return None if number is None else self.whole_organization(number)

    def whole_organization(self, number: int) -> Hsds:
        """A whole organisation by its number."""
        runner = self.runners[number]
        run = self._index.run_by(id_of(runner.key))
        return organization_record(runner, (self.services[each] for each in run))

    def organization_item(self, number: int) -> bytes:
        """An organisation as a list shows it, as JSON."""
        return to_json(organization_columns(self.runners[number]))


def _service_item(services: Sequence[Listed], number: int) -> bytes:
    return to_json(service_item(services[number]))


def _at_location_item(
    services: Sequence[Listed], at_locations: Sequence[tuple[int, ListedPlace]], number: int
) -> bytes:
    service, place = at_locations[number]
    return to_json(at_location_item(services[service], place))


def _compact(postcode: str) -> str:
    return "".join(postcode.split()).upper()
