"""A service document is strict, and holds nothing that must not leak."""

from typing import Any

import pytest
from pydantic import ValidationError

from directory.records import Service

BODY: dict[str, Any] = {
    "id": "hub-somewhere",
    "name": "Hub, Somewhere",
    "organisation": "Somewhere Council",
    "authority": "E06000047",
    "kind": "care-leaver-hub",
    "areas": ["E06000047"],
    "topics": ["adviser-and-rights"],
    "stage": "public",
    "status": "open",
    "summary": "A place to drop in.",
    "sources": [{"name": "Somewhere Council: hub", "url": "https://example.org", "seen": "2026-11-22"}],
    "confidence": "found in source",
    "checked_on": "2026-11-22",
    "review_by": "2027-02-22",
}


def service(**changes: object) -> Service:
    return Service.model_validate(BODY | changes)


def test_blanks_are_null_and_not_guessed() -> None:
    blank = service()
    assert (blank.postcode, blank.opening_hours, blank.phones, blank.town) == (None, None, [], None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "blue"},
        {"kind": "cafe"},
        {"postcode": "dh1 5ul"},
        {"authority": "E6000047"},
        {"phones": [{"number": "ring the council"}]},
        {"status": "maybe"},
        {"areas": []},
        {"age_from": 25, "age_before": 16},
        {"review_by": "2020-01-01"},
        {"redirect_to": "hub-somewhere"},
        {"confidential": True, "address": ["1 Hidden Street"]},
        {"confidential": True, "postcode": "DH1 5UL"},
    ],
)
def test_what_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        service(**wrong)


@pytest.mark.parametrize(
    ("line", "po_box"),
    [("PO Box 238", True), ("P.O. Box 1", True), ("po box 9", True), ("Poet's Box Lane", False)],
)
def test_a_po_box_cannot_be_visited(line: str, po_box: bool) -> None:
    record = service(address=[line], postcode="DH8 1FP")
    assert (record.is_po_box, record.can_be_visited) == (po_box, not po_box)


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
