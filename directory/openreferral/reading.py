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

from directory.hsds_schedules import NotReadableError, from_hsds
from directory.openreferral.cleaning import email_address, plain_line, plain_text, web_address
from directory.openreferral.given import (
    MOST,
    Given,
    age_in,
    day_in,
    first,
    lines_in,
    phones_in,
    postcodes_of,
    record_in,
    records_in,
)
from directory.openreferral.harvesting import uuid_in
from directory.openreferral.listed import NOT_CONFIRMED
from directory.openreferral.places_given import areas_in, council_for
from directory.openreferral.reading_location import location_fields
from directory.openreferral.taxonomies import KIND, SUPPORT, TERM_BY_ID, TERMS, TOPIC
from directory.openreferral.writing import NO_DESCRIPTION
from directory.places import Places
from directory.records import Location, Organisation, Record, Service, ServiceAtLocation
from directory.schedules import Schedule

RecordKind = Literal["organisation", "location", "service"]
REVIEW_AFTER = timedelta(days=182)
NOT_SAID = "The feed does not say what this is."
FALLBACK_TOPIC, FALLBACK_KIND = "adviser-and-rights", "information"
_STATUS = {
    "active": "open",
    "inactive": "closed",
    "defunct": "closed",
    "temporarily closed": "temporarily-closed",
}


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
    own, by_place = _schedules(record, doubts)
    at: list[ServiceAtLocation] = []
    for place in records_in(record.get("service_at_locations")):
        location = _location(record_in(place.get("location")), name, authority, areas, desk, doubts)
        if location is None or location.document.id in {each.location for each in at}:
            continue
        yield location
        at.append(_at(place, location.document.id, by_place, doubts))
    fields = {
        **_service_fields(record, name, doubts),
        "id": desk.slug("service", remote_id, name, record.get("slug")),
        "organisation": organisation.document.id,
        "authority": authority,
        "areas": areas,
        "at": at,
        "schedules": own,
    }
    fields |= _trust("service", remote_id, record, desk, doubts)
    yield Incoming("service", remote_id, Service.model_validate(fields), record)


def _service_fields(record: Given, name: str, doubts: list[str]) -> dict[str, Any]:
    summary, description = _summary(record.get("description"))
    if summary is None:
        doubts.append("it does not say what it is: write the summary")
    alert = plain_line(record.get("alert"))
    unknown = bool(alert and alert.startswith(NOT_CONFIRMED))
    status = _STATUS.get(str(record.get("status")), "unknown")
    if status == "unknown":
        doubts.append("it does not say whether it is open")
    ages = _ages(record, doubts)
    topics, kind = _about(record, doubts)
    return {
        "name": name,
        "kind": kind,
        "topics": topics,
        "status": "unknown" if unknown and status == "open" else status,
        "summary": summary or NOT_SAID,
        "description": description,
        "phones": phones_in(_all_phones(record), doubts),
        "email": email_address(record.get("email")),
        "website": web_address(record.get("url")),
        "opening_hours": _hours_in_words(record),
        "age_from": ages[0],
        "age_before": ages[1],
        "who_for": plain_line(record.get("eligibility_description")),
        "how_to_use": plain_line(record.get("application_process")),
        "cost": plain_line(record.get("fees")) or first(_costs(record)),
        "languages": lines_in(record.get("languages"), "name"),
        "also_known_as": _names(record.get("alternate_name")),
        "caution": plain_line(alert.removeprefix(NOT_CONFIRMED)) if alert and unknown else alert,
    }


def _summary(value: object) -> tuple[str | None, str | None]:
    """The first paragraph as the summary and the rest as the description; a long one stays whole below."""
    text = plain_text(value, 2400)
    if text is None:
        return None, None
    head, _, rest = text.partition("\n\n")
    summary = plain_line(head)
    if summary is not None and len(" ".join(head.split())) > len(summary):
        rest = text
    return summary, plain_text(rest, 2000)


def _ages(record: Given, doubts: list[str]) -> tuple[int | None, int | None]:
    """The first age, and the birthday it ends on."""
    lowest, highest = age_in(record.get("minimum_age")), age_in(record.get("maximum_age"))
    for name, age in (("minimum_age", lowest), ("maximum_age", highest)):
        if age is None and record.get(name) not in (None, ""):
            doubts.append(f"{name} is no age")
    if lowest is not None and highest is not None and highest < lowest:
        doubts.append("its highest age is below its lowest, so we hold neither")
        return None, None
    if highest == 25:
        doubts.append("it says up to 25: ask whether somebody of 25 may still come")
    return lowest, None if highest is None else highest + 1


def _about(record: Given, doubts: list[str]) -> tuple[list[str], str]:
    """Topics and kind, by our own terms or terms of the same name."""
    by_name = {term.name.casefold(): term for term in TERMS.values()}
    found = []
    for each in records_in(record.get("attributes")):
        inner = record_in(each.get("taxonomy_term"))
        id_ = uuid_in(each.get("taxonomy_term_id")) or uuid_in(inner.get("id")) or ""
        term = TERM_BY_ID.get(id_) or by_name.get((plain_line(inner.get("name")) or "").casefold())
        found += [term] if term else []
    topics = [term.code for term in found if term.taxonomy == TOPIC]
    kinds = [term.code for term in found if term.taxonomy == KIND and term.code != SUPPORT]
    if not topics:
        doubts.append("it does not say what it is about in words we know: choose the topics")
    if not kinds:
        doubts.append("it does not say what kind of service it is: choose one")
    return list(dict.fromkeys(topics)) or [FALLBACK_TOPIC], (first(kinds) or FALLBACK_KIND)


def _schedules(record: Given, doubts: list[str]) -> tuple[list[Schedule], Mapping[str, list[Schedule]]]:
    """The service's own hours, and those of its locations by the id of the service at location."""
    own: list[Schedule] = []
    by_place: dict[str, list[Schedule]] = {}
    nested = [
        {"service_at_location_id": place.get("id"), **each}
        for place in records_in(record.get("service_at_locations"))
        for each in records_in(place.get("schedules"))
    ]
    done: set[str] = set()
    for each in (*records_in(record.get("schedules")), *nested):
        id_ = uuid_in(each.get("id"))
        if _only_words(each) or (id_ is not None and id_ in done):
            continue
        done |= {id_} if id_ else set()
        schedule = _schedule(each, doubts)
        place_id = uuid_in(each.get("service_at_location_id"))
        if schedule is not None:
            (by_place.setdefault(place_id, []) if place_id else own).append(schedule)
    return own, by_place


def _schedule(record: Given, doubts: list[str]) -> Schedule | None:
    plain = {key: plain_line(value) if isinstance(value, str) else value for key, value in record.items()}
    try:
        read = from_hsds(plain)
    except (NotReadableError, ValueError, TypeError, RecursionError):
        doubts.append("some of its opening hours make no sense")
        return None
    doubts.extend(read.doubts)
    return read.schedule


def _only_words(schedule: Given) -> bool:
    timed = ("freq", "byday", "bymonthday", "opens_at", "closes_at", "dtstart")
    return bool(schedule.get("description")) and not any(schedule.get(name) for name in timed)


def _hours_in_words(record: Given) -> str | None:
    words = [each for each in records_in(record.get("schedules")) if _only_words(each)]
    return plain_line(words[0].get("description")) if words else None


def _all_phones(record: Given) -> list[Given]:
    """The service's numbers, then those of its contacts. Names of people are not taken over."""
    contacts = [
        {"number": phone.get("number"), "description": phone.get("description") or contact.get("title")}
        for contact in records_in(record.get("contacts"))
        for phone in records_in(contact.get("phones"))
    ]
    return [*records_in(record.get("phones")), *contacts][:MOST]


def _costs(record: Given) -> list[str]:
    return lines_in(record.get("cost_options"), "amount_description", "option")


def _names(value: object) -> list[str]:
    text = plain_line(value, 2000)
    return [part.strip()[:400] for part in text.split(";") if part.strip()][:MOST] if text else []


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
        "also_known_as": _names(record.get("alternate_name")),
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
