"""A page's facts for search engines: schema.org as JSON-LD, in a data block of the page.

A data block is not a script: browsers never run it, so the content security policy
has nothing to allow. Only what the page itself shows is in it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from directory.assembled import PlaceView, ServiceView
from directory.records import Location
from directory.schedules import WEEKDAYS, Closure, Schedule
from directory.topics import KIND_TITLES, TOPICS
from offer.addresses import entry_href, service_href
from offer.documents import ages_of
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.licence import LICENCE
from offer.published import Published

Data = dict[str, Any]
MOST_NAMES = 4  # of an entry: its page is the heaviest of the later ones, and search has them all
_DAYS = dict(zip(
    WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True
))  # fmt: skip
_SPECIAL = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


def data_block(data: Mapping[str, Any]) -> Markup:
    """The JSON for between the tags of a data block: no text in it can end the block."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_SPECIAL))  # noqa: S704 - nothing in it that HTML reads


def entry_data(published: Published, entry: Entitlement, whose: str, base: str) -> Data:
    """The page of an entitlement and the public service it is about; `whose` council, "" for England.

    Its sources are links of the page itself: said here too they would cost each visit bytes.
    """
    page = {
        **_page(f"{base}{entry_href(entry.id)}", entry.title, entry.checked_on.isoformat()),
        "mainEntity": _without_blanks({
            "@type": "GovernmentService",
            "name": entry.title,
            "alternateName": list(entry.also_known_as[:MOST_NAMES]),
            "description": entry.summary,
            "serviceType": TOPICS[entry.topic].title,
            "areaServed": areas(published, entry.areas or [entry.authority]),
            "provider": _council(entry.authority, whose),
            "audience": _audience(entry),
        }),
    }  # fmt: skip
    return _without_blanks(page)


def service_data(published: Published, service: ServiceView, base: str) -> Data:
    """The page of a service, the service, and how to reach it. Of a private place nothing is said."""
    record = service.record
    ages = {"requiredMinAge": record.age_from, "requiredMaxAge": _last_age(record.age_before)}
    page = {
        **_page(f"{base}{service_href(service.id)}", service.name, record.checked_on.isoformat()),
        "citation": [source.url for source in record.sources if source.url],
        "mainEntity": _without_blanks({
            "@type": "Service",
            "name": service.name,
            "alternateName": list(record.also_known_as),
            "description": record.summary,
            "serviceType": KIND_TITLES[record.kind],
            "areaServed": areas(published, record.areas),
            "provider": [_organisation(each.name, each.website) for each in service.organisations],
            "audience": _people(ages),
            "hoursAvailable": list(opening_hours(record.schedules)),
            "availableChannel": list(_channels(published, service)),
        }),
    }  # fmt: skip
    return _without_blanks(page)


def opening_hours(schedules: Sequence[Schedule]) -> Iterator[Data]:
    """Weekly hours; schema.org has no words for "every second Tuesday", so those are left to the page."""
    for schedule in schedules:
        if schedule.freq == "WEEKLY" and schedule.interval == 1 and schedule.opens_at:
            yield _without_blanks({
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [_DAYS[day] for day in schedule.byday],
                "opens": schedule.opens_at,
                "closes": schedule.closes_at,
                "validFrom": schedule.valid_from and schedule.valid_from.isoformat(),
                "validThrough": schedule.valid_to and schedule.valid_to.isoformat(),
            })  # fmt: skip


def _special_hours(closures: Sequence[Closure]) -> Iterator[Data]:
    """Exceptions; opening and closing at midnight is how a closed day is written."""
    for closure in closures:
        yield {
            "@type": "OpeningHoursSpecification",
            "opens": closure.opens_at or "00:00",
            "closes": closure.closes_at or "00:00",
            "validFrom": closure.start.isoformat(),
            "validThrough": closure.end.isoformat(),
        }


def _channels(published: Published, service: ServiceView) -> Iterator[Data]:
    for phone in service.phones:
        number = _without_blanks(
            {"@type": "ContactPoint", "telephone": phone.number, "description": phone.label}
        )
        yield {"@type": "ServiceChannel", "servicePhone": number}
    if service.record.website:
        yield {"@type": "ServiceChannel", "serviceUrl": service.record.website}
    for place in service.places:
        if place.location.can_be_visited and place.location.postcode:
            yield {"@type": "ServiceChannel", "serviceLocation": _place(published, service, place)}


def _place(published: Published, service: ServiceView, place: PlaceView) -> Data:
    point = published.directory.point_of(service, place)
    schedules, closures = service.hours(place)
    return _without_blanks({
        "@type": "Place",
        "name": place.location.name,
        "address": _address(place.location),
        "geo": {"@type": "GeoCoordinates", "latitude": point[0], "longitude": point[1]} if point else None,
        "openingHoursSpecification": list(opening_hours(schedules)),
        "specialOpeningHoursSpecification": list(_special_hours(closures)) if schedules else None,
    })  # fmt: skip


def _address(location: Location) -> Data:
    return _without_blanks({
        "@type": "PostalAddress",
        "streetAddress": ", ".join(location.address),
        "addressLocality": location.town,
        "addressRegion": location.county,
        "postalCode": location.postcode,
        "addressCountry": "GB",
    })  # fmt: skip


def _organisation(name: str, website: str | None) -> Data:
    return _without_blanks({"@type": "Organization", "name": name, "url": website})


def areas(published: Published, codes: Sequence[str]) -> list[Data]:
    """Councils' areas by name, with their ONS codes."""
    return [
        {
            "@type": "AdministrativeArea",
            "name": "England" if code == ENGLAND else published.names.get(code, code),
            "identifier": code,
        }
        for code in codes
    ]


def _page(address: str, name: str, checked: str) -> Data:
    return {
        "@context": "https://schema.org", "@type": "WebPage", "@id": address, "url": address, "name": name,
        "inLanguage": "en-GB", "lastReviewed": checked, "license": LICENCE,
    }  # fmt: skip


def _council(authority: str, name: str) -> Data | None:
    """The council whose offer it is; who delivers a national right is told on the page, not here."""
    return {"@type": "GovernmentOrganization", "name": name, "identifier": authority} if name else None


def _audience(entry: Entitlement) -> Data | None:
    """The widest ages of the rule; the rule itself is on the page."""
    start, before = ages_of(entry.rule)
    who = "Care leavers" if entry.for_care_leavers else None
    return _people({"audienceType": who, "requiredMinAge": start, "requiredMaxAge": _last_age(before)})


def _people(said: Data) -> Data | None:
    held = _without_blanks(said)
    return {"@type": "PeopleAudience", **held} if held else None


def _last_age(before: int | None) -> int | None:
    """The last whole year of age before a birthday."""
    return before - 1 if before is not None else None


def _without_blanks(data: Data) -> Data:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
