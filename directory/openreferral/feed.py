"""The feed of one edition, in memory: what is listed, and the indexes its filters need.

Records are written when they are asked for, so that an edition of 150,000 services costs little;
the items of lists, which harvesters ask for again and again, are kept for a while.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from geopy.distance import geodesic

from directory.openreferral.asked import Asked, Hours, hours_of, is_inside
from directory.openreferral.ids import id_of
from directory.openreferral.listed import Listed, ListedPlace, Runner
from directory.openreferral.paging import to_json
from directory.openreferral.writing import (
    Hsds,
    at_location_item,
    at_location_record,
    organization_columns,
    organization_record,
    service_item,
    service_record,
    terms_of,
)
from directory.places import Places
from directory.records import ENGLAND

KEPT_ITEMS = 5_000  # about 1.5 kB each
_WORD = re.compile(r"\w+")


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
        self._hours = tuple(_all_hours(each) for each in self.services)
        self._numbers = _postings(self.services)
        self.service_item: Callable[[int], bytes] = lru_cache(KEPT_ITEMS)(self._service_item)
        self.at_location_item: Callable[[int], bytes] = lru_cache(KEPT_ITEMS)(self._at_location_item)

    def find_services(self, asked: Asked) -> Sequence[int]:
        """The numbers of the services that fit all that was asked, in order."""
        some = self._in_postings(asked)
        return [number for number in some if self._suits(number, asked)] if asked.looks_closer else some

    def find_at_locations(self, asked: Asked, near: Near | None = None) -> Sequence[int]:
        """The numbers of the services at a location that fit, in order."""
        if asked == Asked() and near is None:
            return range(len(self.at_locations))
        services = set(self.find_services(asked))
        reaches = self._reach(near) if near else (lambda listed, place: True)
        return [
            number
            for number, (service, place) in enumerate(self.at_locations)
            if service in services and reaches(self.services[service], place)
        ]

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
        run = self._numbers.get(_organization(id_of(runner.key)), ())
        return organization_record(runner, (self.services[each] for each in run))

    def organization_item(self, number: int) -> bytes:
        """An organisation as a list shows it, as JSON."""
        return to_json(organization_columns(self.runners[number]))

    def _service_item(self, number: int) -> bytes:
        return to_json(service_item(self.services[number]))

    def _at_location_item(self, number: int) -> bytes:
        service, place = self.at_locations[number]
        return to_json(at_location_item(self.services[service], place))

    def _in_postings(self, asked: Asked) -> Sequence[int]:
        """Those with every word, term and organisation asked for: the rarest first, then what they share."""
        keys = list(_asked_keys(asked))
        if not keys:
            return range(len(self.services))
        found = sorted((self._numbers.get(key, array("I")) for key in keys), key=len)
        shared = set(found[0]).intersection(*found[1:])
        return sorted(shared)

    def _suits(self, number: int, asked: Asked) -> bool:
        listed = self.services[number]
        if asked.modified_after is not None and listed.modified < asked.modified_after:
            return False
        return is_inside(listed, self._hours[number], asked)

    def _reach(self, near: Near) -> Callable[[Listed, ListedPlace], bool]:
        """Whether a service serves a postcode and, with a distance, is at a place so near its centre.

        A place that is kept private, or has no published postcode, has no point: it is never near.
        """
        row = self._places.find(near.postcode)
        plain = _compact(near.postcode)
        here = (row.lat, row.lon) if row and row.lat is not None else None
        over = self._areas_over(row.district) if row else frozenset()

        def reaches(listed: Listed, place: ListedPlace) -> bool:
            if listed.areas and over.isdisjoint(listed.areas):
                return False
            if near.metres is None:
                return True
            if place.point is None:
                return False
            return _compact(place.view.location.postcode or "") == plain or (
                here is not None and geodesic(here, place.point).meters <= near.metres
            )

        return reaches

    def _areas_over(self, district: str) -> frozenset[str]:
        """A district, its council, and England where it lies in England."""
        council = self._places.areas.council_of(district)
        return frozenset({district, *([council.gss, ENGLAND] if council else [])})


def _postings(services: Sequence[Listed]) -> dict[str, array[int]]:
    """The numbers of the services with a word, a term, a taxonomy, an organisation; each in order."""
    found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for number, listed in enumerate(services):
        for key in _keys_of(listed):
            found[key].append(number)
    found.default_factory = None
    return found


def _keys_of(listed: Listed) -> set[str]:
    text = " ".join((listed.name, listed.description, *listed.also_known_as, listed.who_for or ""))
    run_by = listed.runner.name if listed.runner else ""
    keys = {f"word:{word}" for word in _words(f"{text} {run_by}")}
    for term in terms_of(listed):
        keys |= {f"term:{term.id}", f"taxonomy:{term.taxonomy_id}"}
    if listed.runner:
        keys.add(_organization(id_of(listed.runner.key)))
    return keys


def _asked_keys(asked: Asked) -> Iterator[str]:
    yield from (f"word:{word}" for word in _words(asked.search))
    if asked.taxonomy_term_id:
        yield f"term:{asked.taxonomy_term_id.lower()}"
    if asked.taxonomy_id:
        yield f"taxonomy:{asked.taxonomy_id.lower()}"
    if asked.organization_id:
        yield _organization(asked.organization_id.lower())


def _organization(id_: str) -> str:
    return f"organization:{id_}"


def _words(text: str) -> list[str]:
    """The words of a text, small and without accents; a text of none at all matches nothing."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _WORD.findall(plain) or ([""] if text.strip() else [])


def _all_hours(listed: Listed) -> tuple[Hours, ...]:
    at_places = (each.view.at.schedules for each in listed.places)
    return hours_of((*listed.schedules, *(schedule for many in at_places for schedule in many)))


def _compact(postcode: str) -> str:
    return "".join(postcode.split()).upper()
