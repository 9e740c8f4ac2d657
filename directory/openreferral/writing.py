"""Our records as Open Referral UK has them. What has no value is left out: never null, never empty.

`…_item` is what a list carries, columns and one-to-one records only; `…_record` is the whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from directory.hsds_schedules import to_hsds
from directory.openreferral.ids import id_of
from directory.openreferral.listed import Listed, ListedPlace, Runner
from directory.openreferral.taxonomies import KIND, TERMS, TOPIC, Term
from directory.records import Location, Phone
from directory.schedules import Closure, Schedule

NO_DESCRIPTION = "We hold no description of this organisation."
ADDRESS_PRIVATE = "The address is kept private."
ADDRESS_NOT_PUBLISHED = "The address is not published."
GEOGRAPHY = "http://statistics.data.gov.uk/id/statistical-geography/"
COUNTRY = "GB"

Hsds = dict[str, Any]
Names = Mapping[str, str]  # of areas, by GSS code


def service_item(listed: Listed) -> Hsds:
    """A service as a list shows it."""
    runner = listed.runner
    return {
        **service_columns(listed),
        **({"organization": organization_columns(runner)} if runner else {}),
    }


def service_columns(listed: Listed) -> Hsds:
    """The service's own columns."""
    return _filled(
        id=id_of(listed.key),
        organization_id=id_of(listed.runner.key) if listed.runner else None,
        name=listed.name,
        alternate_name="; ".join(listed.also_known_as),
        description=listed.description,
        url=listed.website,
        email=listed.email,
        status=listed.status,
        fees=listed.fees,
        minimum_age=listed.minimum_age,
        maximum_age=listed.maximum_age,
        eligibility_description=listed.who_for,
        application_process=listed.how_to_use,
        assured_date=listed.assured.isoformat(),
        alert=listed.alert,
        last_modified=moment(listed.modified),
        slug=_slug(listed.key),
    )


def service_record(listed: Listed, names: Names) -> Hsds:
    """A service with everything it holds."""
    key = listed.key
    return _filled(
        **service_item(listed),
        phones=_phones(key, listed.phones, service_id=id_of(key)),
        schedules=list(service_schedules(listed)),
        service_areas=[_service_area(key, gss, names) for gss in listed.areas],
        service_at_locations=[
            {
                "id": id_of(place.key),
                "service_id": id_of(key),
                **_at_location(place),
                "location": location_record(place),
            }
            for place in listed.places
        ],
        languages=[
            {"id": id_of(f"language/{key}/{name}"), "service_id": id_of(key), "name": name}
            for name in listed.languages
        ],
        attributes=[_attribute(key, term) for term in terms_of(listed)],
    )


def service_schedules(listed: Listed) -> Iterator[Hsds]:
    """The service's own hours, then those at each of its locations."""
    owner = {"service_id": id_of(listed.key)}
    yield from _schedules(listed.key, listed.schedules, listed.closures, owner)
    if listed.hours_in_words:
        yield {"id": id_of(f"schedule/{listed.key}/words"), **owner, "description": listed.hours_in_words}
    for place in listed.places:
        yield from place_schedules(place)


def place_schedules(place: ListedPlace) -> Iterator[Hsds]:
    """The hours at one location."""
    at = place.view.at
    owner = {"service_at_location_id": id_of(place.key)}
    return _schedules(place.key, at.schedules, at.closures, owner)


def _schedules(
    key: str, schedules: Sequence[Schedule], closures: Sequence[Closure], owner: Mapping[str, str]
) -> Iterator[Hsds]:
    for number, record in enumerate(to_hsds(schedules, closures), 1):
        yield {"id": id_of(f"schedule/{key}/{number}"), **owner, **record}


def at_location_item(listed: Listed, place: ListedPlace) -> Hsds:
    """A service at a location as a list shows it.

    `name` and `status` stand at the top, too: the published 3.0 specification checks this path
    against the schema of a service.
    """
    return _filled(
        id=id_of(place.key),
        service_id=id_of(listed.key),
        location_id=location_id(place.view.location),
        name=listed.name,
        status=listed.status,
        **_at_location(place),
        location=location_columns(place),
        service=service_item(listed),
    )


def at_location_record(listed: Listed, place: ListedPlace, names: Names) -> Hsds:
    """A service at a location with everything both hold."""
    return {
        **at_location_item(listed, place),
        **_filled(
            location=location_record(place),
            service=service_record(listed, names),
            phones=_phones(place.key, place.view.at.phones, service_at_location_id=id_of(place.key)),
            schedules=list(place_schedules(place)),
        ),
    }


def _at_location(place: ListedPlace) -> Hsds:
    return _filled(description=place.view.at.note, outreach=place.view.at.outreach or None)


def location_id(location: Location) -> str:
    """The UUID of a location."""
    return id_of(f"location/{location.id}")


def location_columns(place: ListedPlace) -> Hsds:
    """The location's own columns. Of one that is kept private nothing leads to its door."""
    location = place.view.location
    return _filled(
        id=location_id(location),
        location_type=location.location_type,
        name=location.name,
        description="\n\n".join(_said_of(place)),
        latitude=round(place.point[0], 5) if place.point else None,
        longitude=round(place.point[1], 5) if place.point else None,
        slug=location.id,
    )


def location_record(place: ListedPlace) -> Hsds:
    """A location with everything it holds."""
    location = place.view.location
    key = f"location/{location.id}"
    return _filled(
        **location_columns(place),
        addresses=[address] if (address := address_of(place)) else [],
        accessibility=[
            {"id": id_of(f"accessibility/{key}/{number}"), "location_id": id_of(key), "description": line}
            for number, line in enumerate(location.accessibility, 1)
        ],
        phones=_phones(key, location.phones, location_id=id_of(key)),
    )


def address_of(place: ListedPlace) -> Hsds | None:
    """The address, where every part of it that the standard asks for is published; None otherwise."""
    location = place.view.location
    if location.confidential or not (
        location.address and location.town and location.postcode and place.county
    ):
        return None
    return {
        "id": id_of(f"address/location/{location.id}"),
        "location_id": location_id(location),
        "address_1": ", ".join(location.address),
        "city": location.town,
        "state_province": place.county,
        "postal_code": location.postcode,
        "country": COUNTRY,
        "address_type": "postal" if location.location_type == "postal" else "physical",
    }


def _said_of(place: ListedPlace) -> Iterator[str]:
    location = place.view.location
    if location.directions and not location.confidential:
        yield location.directions
    if location.confidential:
        yield ADDRESS_PRIVATE
    elif location.location_type == "physical" and address_of(place) is None:
        phone = next(iter((*place.view.at.phones, *location.phones)), None)
        ring = f"Ring {phone.number} to ask where it is." if phone else "Ask the service where it is."
        yield f"{ADDRESS_NOT_PUBLISHED} {ring}"


def organization_columns(runner: Runner) -> Hsds:
    """The organisation's own columns."""
    return _filled(
        id=id_of(runner.key),
        name=runner.name,
        alternate_name="; ".join(runner.also_known_as),
        description=runner.description or NO_DESCRIPTION,
        email=runner.email,
        website=runner.website,
        slug=_slug(runner.key),
    )


def organization_record(runner: Runner, services: Iterable[Listed]) -> Hsds:
    """An organisation with the services it runs."""
    return _filled(
        **organization_columns(runner),
        phones=_phones(runner.key, runner.phones, organization_id=id_of(runner.key)),
        services=[service_columns(each) for each in services],
    )


def terms_of(listed: Listed) -> list[Term]:
    """What the service is about, and what kind of service it is."""
    return [*(TERMS[TOPIC, topic] for topic in listed.topics), TERMS[KIND, listed.kind]]


def moment(when: datetime) -> str:
    """A moment as the standard writes it: "2026-11-22T10:30:45.123Z"."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _attribute(key: str, term: Term) -> Hsds:
    return {
        "id": id_of(f"attribute/{key}/{term.taxonomy}/{term.code}"),
        "link_id": id_of(key),
        "link_type": "service",
        "taxonomy_term_id": term.id,
        "taxonomy_term": term.hsds(),
    }


def _service_area(key: str, gss: str, names: Names) -> Hsds:
    name = names.get(gss, gss)
    return {
        "id": id_of(f"service_area/{key}/{gss}"),
        "service_id": id_of(key),
        "name": name,
        "service_area": name,
        "uri": f"{GEOGRAPHY}{gss}",
    }


def _phones(key: str, phones: Iterable[Phone], **owner: str) -> list[Hsds]:
    return [
        _filled(
            id=id_of(f"phone/{key}/{phone.number}"), **owner, number=phone.number, description=phone.label
        )
        for phone in phones
    ]


def _slug(key: str) -> str:
    return key.rpartition("/")[2]


def _filled(**fields: Any) -> Hsds:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
