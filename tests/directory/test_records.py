"""The documents of the directory are strict, and hold nothing that must not leak."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from directory.records import Service
from offer.catalogue.yaml_text import read
from tests.directory.invented import location, organisation, service


def test_blanks_are_null_and_not_guessed() -> None:
    blank = service()
    assert (blank.opening_hours, blank.phones, blank.at, blank.schedules) == (None, (), (), ())
    assert (organisation().website, organisation().phones) == (None, ())


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "blue"},
        {"kind": "cafe"},
        {"organisation": "Somewhere Council"},
        {"partners": ["somewhere-council"]},
        {"authority": "E6000047"},
        {"phones": [{"number": "ring the council"}]},
        {"status": "maybe"},
        {"areas": []},
        {"age_from": 25, "age_before": 16},
        {"review_by": "2020-01-01"},
        {"redirect_to": "hub-somewhere"},
        {"postcode": "DH1 5UL"},
        {"at": [{"location": "library"}, {"location": "library", "outreach": True}]},
        {"at": [{"location": "library", "schedules": [{"freq": "DAILY"}]}]},
    ],
)
def test_what_a_service_is_refused_for(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        service(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"postcode": "dh1 5ul"},
        {"location_type": "castle"},
        {"address": ["PO Box 238"]},
        {"location_type": "virtual"},
        {"review_by": "2020-01-01"},
    ],
)
def test_what_a_location_is_refused_for(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        location(**wrong)


NOWHERE: dict[str, object] = {"confidential": True, "address": [], "postcode": None}


@pytest.mark.parametrize(
    "leak",
    [
        {"address": ["1 Hidden Street"]},
        {"postcode": "DH1 5UL"},
        {"directions": "Behind the library."},
        {"areas": []},
        {"latitude": 54.8, "longitude": -1.6},
    ],
)
def test_a_confidential_location_holds_nothing_that_leads_to_its_door(leak: dict[str, object]) -> None:
    assert location(**NOWHERE).town == "Stanley"
    with pytest.raises(ValidationError):
        location(**NOWHERE | leak)


@pytest.mark.parametrize(
    ("changes", "may"),
    [
        ({}, True),
        ({"postcode": None}, True),
        ({"location_type": "postal"}, False),
        ({"location_type": "virtual", "address": [], "postcode": None}, False),
        (NOWHERE, False),
    ],
)
def test_where_people_may_go(changes: dict[str, object], may: bool) -> None:
    assert location(**changes).can_be_visited is may


@pytest.mark.parametrize(
    ("line", "po_box"),
    [("PO Box 238", True), ("P.O. Box 1", True), ("po box 9", True), ("Poet's Box Lane", False)],
)
def test_a_po_box_is_for_letters_only(line: str, po_box: bool) -> None:
    assert location(address=[line], location_type="postal").can_be_visited is False
    if po_box:
        with pytest.raises(ValidationError):
            location(address=[line])
    else:
        assert location(address=[line]).can_be_visited


@pytest.mark.parametrize(
    ("stage", "status", "shown"),
    [
        ("public", "open", True),
        ("public", "unknown", True),
        ("public", "temporarily-closed", True),
        ("public", "closed", False),
        ("public", "planned", False),
        ("draft", "open", False),
    ],
)
def test_who_sees_it(stage: str, status: str, shown: bool) -> None:
    assert service(stage=stage, status=status).is_shown is shown


def test_ages_in_completed_years() -> None:
    record = service(age_from=18, age_before=26)
    assert [record.takes_age(age) for age in (17, 18, 25, 26, None)] == [False, True, True, False, True]


def test_the_example_of_the_documentation_is_a_whole_service() -> None:
    text = (Path(__file__).parents[2] / "offer/pages/docs/directory.md").read_text("utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    session = Service.model_validate(read(example).data).at[0]
    assert (session.outreach, session.schedules[0].interval) == (True, 2)
