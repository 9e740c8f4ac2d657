"""The facts of a page for search engines: schema.org's own words, and no text that ends the block."""

import json
import re
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from directory.schedules import Schedule
from offer.pages.linked_data import data_block, opening_hours, service_data
from offer.published import Published
from tests.directory.opening_cases import ALWAYS, DROP_IN, LATE, OFFICE

# Properties we use, by type, as https://schema.org defines them, those of the types above each included.
THING = {"@type", "@id", "name", "description", "url", "identifier", "alternateName"}
SCHEMA_ORG: dict[str, set[str]] = {
    "WebPage": THING | {"@context", "inLanguage", "lastReviewed", "license", "citation", "mainEntity"},
    "GovernmentService": THING | {"serviceType", "areaServed", "provider", "audience"},
    "GovernmentOrganization": THING,
    "AdministrativeArea": THING,
    "Service": THING
    | {"serviceType", "areaServed", "provider", "audience", "hoursAvailable", "availableChannel"},
    "Organization": THING,
    "ServiceChannel": THING | {"servicePhone", "serviceUrl", "serviceLocation"},
    "ContactPoint": THING | {"telephone"},
    "Place": THING | {"address", "geo", "openingHoursSpecification", "specialOpeningHoursSpecification"},
    "PostalAddress": THING
    | {"streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry"},
    "GeoCoordinates": THING | {"latitude", "longitude"},
    "OpeningHoursSpecification": THING | {"dayOfWeek", "opens", "closes", "validFrom", "validThrough"},
    "PeopleAudience": THING | {"audienceType", "requiredMinAge", "requiredMaxAge"},
}  # fmt: skip
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def block_of(page: httpx2.Response) -> dict[str, Any]:
    """The one data block of a page."""
    (text,) = BLOCK.findall(page.text)
    data: dict[str, Any] = json.loads(text)
    return data


def things(value: Any) -> list[dict[str, Any]]:
    """Every object in it."""
    if isinstance(value, list):
        return [thing for each in value for thing in things(each)]
    if not isinstance(value, dict):
        return []
    return [value, *(thing for each in value.values() for thing in things(each))]


def check(data: dict[str, Any]) -> None:
    """Only types and properties that schema.org has, and nothing blank."""
    for thing in things(data):
        assert set(thing) <= SCHEMA_ORG[thing["@type"]], thing
        assert all(value not in (None, "", [], {}) for value in thing.values())


async def test_every_entry_has_its_facts(client: httpx2.AsyncClient, published: Published) -> None:
    for slug, entry in published.entries.items():
        data = block_of(await client.get(f"/entitlements/{slug}"))
        check(data)
        assert data["@context"] == "https://schema.org"
        assert data["url"] == data["@id"] == f"http://offer.test/entitlements/{slug}"
        assert data["mainEntity"]["name"] == entry.title
        assert data["lastReviewed"] == entry.checked_on.isoformat()
        assert entry.staff_note is None or entry.staff_note not in json.dumps(data)


async def test_a_councils_offer_names_the_council_and_ages(client: httpx2.AsyncClient) -> None:
    service = block_of(await client.get("/entitlements/durham-setting-up-home-allowance"))["mainEntity"]
    assert service["@type"] == "GovernmentService"
    assert service["provider"]["name"] == "Durham County Council"
    assert service["areaServed"][0]["identifier"] == "E06000047"
    national = block_of(await client.get("/entitlements/setting-up-home-allowance"))["mainEntity"]
    assert "provider" not in national
    assert national["areaServed"][0]["name"] == "England"
    assert national["audience"] == {
        "@type": "PeopleAudience", "audienceType": "Care leavers", "requiredMinAge": 16, "requiredMaxAge": 24,
    }  # fmt: skip


def places_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [thing for thing in things(data) if thing["@type"] == "Place"]


def test_every_service_has_its_facts(published: Published) -> None:
    for view in published.services.values():
        data = service_data(published, view, "https://offers.example")
        check(data)
        assert data["mainEntity"]["name"] == view.name
        numbers = {thing["telephone"] for thing in things(data) if thing["@type"] == "ContactPoint"}
        assert numbers == {phone.number for phone in view.phones}
        assert view.record.staff_note is None or view.record.staff_note not in json.dumps(data)


def test_a_private_place_and_a_po_box_are_not_told(published: Published) -> None:
    hidden = [
        view
        for view in published.services.values()
        if view.places and not any(place.location.can_be_visited for place in view.places)
    ]
    assert any(view.confidential for view in hidden)
    for view in hidden:
        data = service_data(published, view, "https://offers.example")
        assert places_of(data) == []
        assert not re.search(r'"(latitude|postalCode|streetAddress)"', json.dumps(data))


def test_a_place_has_its_address_its_point_and_its_hours(published: Published) -> None:
    view = published.services["housing-north-kesteven"]
    (place,) = places_of(service_data(published, view, "https://offers.example"))
    assert place["address"]["postalCode"] == "NG34 7EF"
    assert round(place["geo"]["latitude"], 1) == 53.0
    assert place["openingHoursSpecification"][1] == {
        "@type": "OpeningHoursSpecification", "dayOfWeek": ["Friday"], "opens": "09:00", "closes": "16:30",
    }  # fmt: skip


def test_only_weekly_hours_can_be_said_in_its_words() -> None:
    fortnightly = Schedule.model_validate(OFFICE.model_dump() | {"interval": 2, "dtstart": "2026-11-02"})
    said = list(opening_hours([OFFICE, ALWAYS, LATE, DROP_IN, fortnightly, Schedule(byday=("MO",))]))
    assert [(hours["opens"], hours["closes"]) for hours in said] == [
        ("09:00", "17:00"), ("00:00", "23:59"), ("22:00", "02:00"),
    ]  # fmt: skip


HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 \" '"


async def test_hostile_text_stays_inside_the_block(
    application: Starlette, client: httpx2.AsyncClient, published: Published
) -> None:
    entry = published.entries["pathway-plan"].model_copy(update={"title": HOSTILE, "summary": HOSTILE})
    application.state.live.edition = replace(published, entries={**published.entries, entry.id: entry})
    page = await client.get("/entitlements/pathway-plan")
    assert block_of(page)["mainEntity"]["description"] == HOSTILE
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("text", [HOSTILE, "]]>", "\u2029", "£5 – “yes”", "\\u003c/script>"])
def test_the_block_reads_back_as_it_was(text: str) -> None:
    block = data_block({"name": text})
    assert json.loads(block) == {"name": text}
    assert not re.search("[<>&\u2028\u2029]", block)
