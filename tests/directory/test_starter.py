"""The starter directory: the facts it was written from, honest blanks, and who is never shown."""

import json
from pathlib import Path

import pytest

from directory.places import Places
from directory.records import ENGLAND, Location, Organisation, Record, Service
from tests.directory.starter import FOLDERS, starter, starter_records

RECORDS = starter_records()
SERVICES = [each for each in RECORDS if isinstance(each, Service)]
LOCATIONS = {each.id: each for each in RECORDS if isinstance(each, Location)}
LATER = {"local-government-ombudsman"}  # read afterwards, on the pages its record names
ORGANISATIONS = {each.id: each for each in RECORDS if isinstance(each, Organisation)}


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: f"{type(each).__name__} {each.id}")
def test_every_starter_file_round_trips(record: Record) -> None:
    kind = type(record).__name__.lower()
    assert (FOLDERS[kind] / f"{record.id}.yaml").is_file()
    assert type(record).model_validate(json.loads(record.model_dump_json())) == record


def test_the_starter_keeps_the_slugs_and_blanks_of_the_facts(shared: Path) -> None:
    facts = json.loads((shared / "facts" / "hubs_services.json").read_text(encoding="utf-8"))["records"]
    ours = {service.id: service for service in SERVICES}
    assert set(ours) == {fact["slug"] for fact in facts} | LATER
    for fact in facts:
        service = ours[fact["slug"]]
        assert service.kind == fact["kind"], service.id
        postcodes = {LOCATIONS[at.location].postcode for at in service.at} - {None}
        assert postcodes <= {fact["postcode"]}, service.id
        numbers = [phone.number for phone in service.phones]
        assert fact["phone"] in numbers if fact["phone"] else numbers == [], service.id


def test_every_name_leads_somewhere_and_every_document_is_named() -> None:
    assert {at.location for service in SERVICES for at in service.at} == set(LOCATIONS)
    run = {slug for service in SERVICES for slug in (service.organisation, *service.partners)}
    assert run == set(ORGANISATIONS)
    assert all(service.run_by for service in starter().services.values())


def test_never_public() -> None:
    shown = {service.id for service in SERVICES if service.is_shown}
    assert not shown & {"durham-gp-pilot", "barnardos-lincolnshire-sleaford"}
    redirect = next(each for each in SERVICES if each.id == "barnardos-lincolnshire-sleaford")
    assert redirect.redirect_to == "lincolnshire-leaving-care-service"


def test_supported_housing_is_shown_as_an_area() -> None:
    for service in SERVICES:
        if service.kind == "supported-housing":
            assert service.at, service.id
            assert all(LOCATIONS[at.location].confidential for at in service.at), service.id


def test_a_service_in_two_towns_is_at_two_locations() -> None:
    framework = starter().services["framework-lincs"]
    assert framework.towns == ("Boston", "Skegness")


def test_every_code_and_postcode_of_the_starter_exists(places: Places) -> None:
    for record in RECORDS:
        codes = (record.authority, *(() if isinstance(record, Organisation) else record.areas))
        assert all(c == ENGLAND or places.district(c) or places.authority(c) for c in codes), record.id
        if isinstance(record, Service):
            assert record.redirect_to is None or any(s.id == record.redirect_to for s in SERVICES)


def test_a_postcode_lies_in_the_area_of_its_location(places: Places) -> None:
    for location in LOCATIONS.values():
        if location.postcode and location.areas:
            row = places.find(location.postcode)
            assert row is not None and row.district in location.areas, location.id
