"""A stranger's service as drafts of our own records: the service, who runs it and where it is.

Nothing is taken on trust: every text is made plain, every value that makes no sense is left out and
said among the doubts, and every record is a draft that nobody has confirmed. Nothing is filled by a guess:
what our records need and the feed does not say is filled with words that say so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import ValidationError

from directory.openreferral.cleaning import email_address, plain_line, plain_text, web_address
from directory.openreferral.given import (
    Given,
    day_in,
    phones_in,
    postcodes_of,
    record_in,
    records_in,
)
from directory.openreferral.harvesting import uuid_in
from directory.openreferral.places_given import areas_in, council_for
from directory.openreferral.reading_location import location_fields
from directory.openreferral.reading_service import names_in, schedules_in, service_fields
from directory.openreferral.writing import NO_DESCRIPTION
from directory.places import Places
from directory.records import Location, Organisation, Record, Service, ServiceAtLocation
from directory.schedules import Schedule

RecordKind = Literal["organisation", "location", "service"]
REVIEW_AFTER = timedelta(days=182)


class NotReadable(Exception):  # noqa: N818 - the word a person reads
    """A record of which no draft can be made; the text says why, in a few plain words."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One draft, the id the feed knows it by, and the part of the feed it was made of."""

    kind: RecordKind
    remote_id: str
    document: Record
    raw: Given


@dataclass(frozen=True, slots=True)
class IncomingService:
    """A service with what it needs, those it names first; and what a person should look at."""

    drafts: tuple[Incoming, ...]
    doubts: tuple[str, ...]

    @property
    def service(self) -> Service:
        """The service itself."""
        document = self.drafts[-1].document
        assert isinstance(document, Service)
        return document


@dataclass(frozen=True, slots=True)
class Desk:
    """What reading needs to know of us. `slug` and `seen` answer for a record by its kind and remote id."""

    feed: str  # its base address; "" for a file
    host: str
    places: Places
    authority: str | None  # whose directory it comes into; None: by its area
    slug: Callable[[RecordKind, str, str, object], str]  # kind, remote id, name, the slug it says it has
    seen: Callable[[RecordKind, str], date]  # the day it was first met


def read_service(record: Given, remote_id: str, desk: Desk) -> IncomingService:
    """The drafts of one service. Raises NotReadable."""
    doubts: list[str] = []
    try:
        drafts = tuple(_drafts(record, remote_id, desk, doubts))
    except ValidationError as faults:
        fault = faults.errors(include_input=False)[0]
        where = ".".join(map(str, fault["loc"])) or "the record"
        raise NotReadable(f"{where}: {fault['msg']}") from None
    return IncomingService(drafts, tuple(dict.fromkeys(doubts)))


def _drafts(record: Given, remote_id: str, desk: Desk, doubts: list[str]) -> Iterator[Incoming]:
    name = plain_line(record.get("name"))
    if name is None:
        raise NotReadable("it has no name")
    areas = areas_in(record.get("service_areas"), desk.places)
    authority = desk.authority or council_for(areas, postcodes_of(record), desk.places)
    areas = areas or [authority]
    organisation = _organisation(record_in(record.get("organization")), authority, desk, doubts)
    yield organisation
    own, by_place = schedules_in(record, doubts)
    at: list[ServiceAtLocation] = []
    for place in records_in(record.get("service_at_locations")):
        location = _location(record_in(place.get("location")), name, authority, areas, desk, doubts)
        if location is None or location.document.id in {each.location for each in at}:
            continue
        yield location
        at.append(_at(place, location.document.id, by_place, doubts))
    fields = {
        **service_fields(record, name, doubts),
        "id": desk.slug("service", remote_id, name, record.get("slug")),
        "organisation": organisation.document.id,
        "authority": authority,
        "areas": areas,
        "at": at,
        "schedules": own,
    }
    fields |= _trust("service", remote_id, record, desk, doubts)
    yield Incoming("service", remote_id, Service.model_validate(fields), record)


def _organisation(record: Given, authority: str, desk: Desk, doubts: list[str]) -> Incoming:
    """Who runs it; where the feed does not say, the feed itself stands for them."""
    name, remote_id = plain_line(record.get("name")), uuid_in(record.get("id"))
    if name is None or remote_id is None:
        doubts.append("it does not say who runs it")
        name, remote_id, record = f"Not named in the feed of {desk.host}", desk.host[:80], {}
    description = plain_text(record.get("description"), 2000)
    fields = {
        "id": desk.slug("organisation", remote_id, name, record.get("slug")),
        "name": name,
        "authority": authority,
        "description": None if description == NO_DESCRIPTION else description,
        "website": web_address(record.get("website")),
        "email": email_address(record.get("email")),
        "phones": phones_in(record.get("phones"), doubts),
        "also_known_as": names_in(record.get("alternate_name")),
        **_trust("organisation", remote_id, record, desk, []),
    }
    return Incoming("organisation", remote_id, Organisation.model_validate(fields), record)


def _location(
    record: Given, service: str, authority: str, areas: list[str], desk: Desk, doubts: list[str]
) -> Incoming | None:
    """Where it is; None where the feed gives the place no id to know it by."""
    remote_id = uuid_in(record.get("id"))
    if remote_id is None:
        doubts.append("one of its locations has no id, so it was left out")
        return None
    fields = location_fields(record, service, areas, desk.places, doubts)
    fields |= {
        "id": desk.slug("location", remote_id, str(fields["name"]), record.get("slug")),
        "authority": authority,
        **_trust("location", remote_id, record, desk, []),
    }
    return Incoming("location", remote_id, Location.model_validate(fields), record)


def _at(
    place: Given, location: str, by_place: Mapping[str, list[Schedule]], doubts: list[str]
) -> ServiceAtLocation:
    return ServiceAtLocation(
        location=location,
        outreach=place.get("outreach") is True,
        note=plain_line(place.get("description")),
        schedules=tuple(by_place.get(uuid_in(place.get("id")) or "", ())),
        phones=tuple(phones_in(place.get("phones"), doubts)),
    )


def _trust(kind: RecordKind, remote_id: str, record: Given, desk: Desk, doubts: list[str]) -> dict[str, Any]:
    """Where it is from, and that nobody here has confirmed it."""
    seen = desk.seen(kind, remote_id)
    said = day_in(record.get("assured_date"))
    checked = said if said and said <= seen else seen
    url = f"{desk.feed}/services/{remote_id}" if desk.feed and kind == "service" else desk.feed or None
    note = "; ".join(dict.fromkeys(doubts))
    return {
        "stage": "draft",
        "sources": [{"name": f"Open Referral feed of {desk.host}", "url": url, "seen": seen}],
        "confidence": "unconfirmed",
        "checked_on": checked,
        "review_by": checked + REVIEW_AFTER,
        "staff_note": plain_text(f"Look at this before publishing: {note}.", 2000) if note else None,
    }
