"""Services of the first edition are read as an organisation, a location and a service."""

from typing import Any

import pytest
from pydantic import ValidationError

from directory.first_edition import is_first_edition, slug_of_name, upgraded
from directory.records import Location, Organisation, Service
from tests.directory.invented import KEPT

OLD: dict[str, Any] = KEPT | {
    "id": "council-east-lindsey",
    "name": "East Lindsey District Council (council tax)",
    "organisation": "East Lindsey District Council",
    "kind": "council-tax",
    "areas": ["E07000137"],
    "topics": ["council-tax"],
    "status": "open",
    "summary": "The council tax team.",
    "address": ["The Hub", "Mareham Road"],
    "town": "Horncastle",
    "postcode": "LN9 6PH",
    "phones": [{"number": "01507 601111"}],
    "accessibility": "There is a lift.",
}


def read(body: dict[str, Any]) -> tuple[Service, Organisation, Location | None]:
    new = upgraded(body)
    place = Location.model_validate(new.location) if new.location else None
    return Service.model_validate(new.service), Organisation.model_validate(new.organisation), place


def test_one_old_document_holds_three() -> None:
    service, organisation, location = read(OLD)
    assert (service.id, service.organisation) == ("council-east-lindsey", "east-lindsey-district-council")
    assert (organisation.id, organisation.name) == (service.organisation, "East Lindsey District Council")
    assert location is not None
    assert [each.location for each in service.at] == [location.id]
    assert (location.address, location.town, location.postcode) == (
        ("The Hub", "Mareham Road"), "Horncastle", "LN9 6PH",
    )  # fmt: skip
    assert [phone.number for phone in service.phones] == ["01507 601111"]
    assert service.accessibility == "There is a lift."


def test_a_private_address_stays_private_and_becomes_an_area() -> None:
    old = OLD | {"confidential": True, "address": [], "postcode": None}
    _, _, location = read(old)
    assert location is not None
    assert (location.confidential, location.areas, location.can_be_visited) == (True, ("E07000137",), False)
    with pytest.raises(ValidationError):
        read(OLD | {"confidential": True})


def test_a_po_box_becomes_a_postal_location() -> None:
    _, _, location = read(OLD | {"address": ["PO Box 238"]})
    assert location is not None and location.location_type == "postal"


def test_without_an_address_there_is_no_location() -> None:
    old = {key: value for key, value in OLD.items() if key not in ("address", "town", "postcode")}
    service, _, location = read(old)
    assert (service.at, location) == ((), None)


def test_which_shape_a_body_has() -> None:
    assert is_first_edition(OLD)
    new = upgraded(OLD)
    assert not is_first_edition(new.service)


def test_what_was_wrong_stays_wrong() -> None:
    with pytest.raises(ValidationError):
        read(OLD | {"colour": "blue"})
    with pytest.raises(ValidationError):
        Organisation.model_validate(upgraded(OLD | {"organisation": "!!!"}).organisation)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Barnardo's", "barnardos"),
        ("DurhamWorks / Jobcentre Plus", "durhamworks-jobcentre-plus"),
        ("Éa", "ea"),
    ],
)
def test_names_become_slugs(name: str, slug: str) -> None:
    assert slug_of_name(name) == slug
