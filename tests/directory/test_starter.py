"""The starter services: the facts they were written from, honest blanks, and who is never shown."""

import json
from pathlib import Path

import pytest

from directory.places import Places
from directory.records import ENGLAND, Service
from tests.directory.starter import STARTER, starter_services


@pytest.fixture(scope="module")
def starter() -> tuple[Service, ...]:
    return starter_services()


def test_every_starter_file_round_trips(starter: tuple[Service, ...]) -> None:
    assert len(starter) == 57
    for service in starter:
        assert (STARTER / f"{service.id}.yaml").is_file()
        assert Service.model_validate(json.loads(service.model_dump_json())) == service


def test_the_starter_keeps_the_slugs_and_blanks_of_the_facts(
    starter: tuple[Service, ...], shared: Path
) -> None:
    records = json.loads((shared / "facts" / "hubs_services.json").read_text(encoding="utf-8"))["records"]
    ours = {service.id: service for service in starter}
    assert set(ours) == {record["slug"] for record in records}
    for record in records:
        service = ours[record["slug"]]
        assert service.kind == record["kind"], service.id
        if record["postcode"] is None:
            assert service.postcode is None, service.id
        if record["phone"] is None:
            assert service.phones == [], service.id
        else:
            assert record["phone"] in [phone.number for phone in service.phones], service.id


def test_never_public(starter: tuple[Service, ...]) -> None:
    shown = {service.id for service in starter if service.is_shown}
    assert not shown & {"durham-gp-pilot", "barnardos-lincolnshire-sleaford"}
    redirect = next(each for each in starter if each.id == "barnardos-lincolnshire-sleaford")
    assert redirect.redirect_to == "lincolnshire-leaving-care-service"


def test_supported_housing_hides_its_street(starter: tuple[Service, ...]) -> None:
    for service in starter:
        if service.kind == "supported-housing":
            assert (service.address, service.postcode) == ([], None), service.id


def test_every_code_and_postcode_of_the_starter_exists(starter: tuple[Service, ...], places: Places) -> None:
    for service in starter:
        for code in (*service.areas, service.authority):
            assert code == ENGLAND or places.district(code) or places.authority(code), service.id
        assert service.postcode is None or places.find(service.postcode), service.id
        assert service.redirect_to is None or any(s.id == service.redirect_to for s in starter)
