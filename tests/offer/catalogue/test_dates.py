"""Dates of laws and figures in the files: what is refused, what is flagged, and the bytes that come back."""

from datetime import date
from typing import Any

import pytest

from directory.places import Places
from offer.catalogue import yaml_text
from offer.catalogue.advice import advice
from offer.catalogue.checks import check_entitlement
from offer.catalogue.documents import body_of, document_of, text_of
from offer.entitlements.amounts import worth_on
from offer.entitlements.schema import Entitlement
from tests.offer.dated import entry

TODAY = date(2026, 11, 22)
OLD, NEW = {"text": "£8 an hour", "end": "2027-04-01"}, {"text": "£9 an hour", "start": "2027-04-01"}


def faults(**given: Any) -> dict[tuple[str | int, ...], str]:
    return {fault.place: fault.reason for fault in check_entitlement(entry(**given))}


def odd(places: Places, **given: Any) -> list[str]:
    found = advice([entry(**given)], places, TODAY)
    return [finding.problem for finding in found if finding.kind == "entitlement"]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"begins": "2027-04-01", "ends": "2027-04-01", "in_force": "not-yet"}, ("ends",)),
        ({"begins": "2027-04-01", "ends": "2026-04-01", "in_force": "not-yet"}, ("ends",)),
        ({"begins": "2027-04-01"}, ("in_force",)),
        ({"begins": "2027-04-01", "in_force": "not-yet", "strength": "future"}, ("strength",)),
        ({"amount": {**OLD, "start": "2027-04-01"}}, ("amount", "end")),
        ({"amount": OLD, "more_amounts": [{**NEW, "end": "2027-03-01"}]}, ("more_amounts", 0, "end")),
        ({"amount": OLD, "more_amounts": [{**NEW, "start": "2027-03-31"}]}, ("more_amounts",)),
        ({"amount": {"text": "£8"}, "more_amounts": [NEW]}, ("more_amounts",)),
        ({"more_amounts": [NEW]}, ("more_amounts",)),
    ],
)
def test_dates_that_tell_no_one_story_are_refused_at_their_place(
    given: dict[str, Any], place: tuple[str | int, ...]
) -> None:
    assert place in faults(**given)


def test_two_amounts_that_touch_are_no_fault_and_overlapping_ones_are_named_by_their_days() -> None:
    assert not faults(amount=OLD, more_amounts=[NEW])
    (reason,) = faults(amount=OLD, more_amounts=[{**NEW, "start": "2027-03-31"}]).values()
    assert reason == "its amounts from the beginning and from 2027-03-31 count on the same days"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"in_force": "not-yet", "begins": "2026-11-01"}, "it began on 2026-11-01"),
        ({"ends": "2026-11-22"}, "it ended on 2026-11-22"),
        ({"amount": {"text": "£8", "end": "2026-09-01"}}, "its amount was for days before 2026-09-01"),
        (
            {"amount": {"text": "£8", "end": "2027-01-01"}, "more_amounts": [NEW]},
            "no amount between 2027-01-01 and 2027-04-01",
        ),
        ({"amount": {"text": "£8", "pence": 800}}, "its amount says no year"),
    ],
)
def test_what_a_day_makes_of_an_entry_is_flagged(places: Places, given: dict[str, Any], problem: str) -> None:
    assert any(each.startswith(problem) for each in odd(places, **given)), odd(places, **given)


@pytest.mark.parametrize(
    "given",
    [
        {"in_force": "not-yet", "begins": "2026-11-23"},
        {"ends": "2026-11-23"},
        {"amount": {"text": "£8", "pence": 800, "start": "2026-04-01"}},
        {"amount": OLD, "more_amounts": [NEW]},
    ],
)
def test_the_day_before_nothing_is_flagged(places: Places, given: dict[str, Any]) -> None:
    told = ("it began", "it ended", "its amount", "no amount")
    assert not [each for each in odd(places, **given) if each.startswith(told)]


def test_a_dated_entry_comes_back_with_the_same_bytes() -> None:
    dated = entry(in_force="not-yet", begins="2027-04-01", ends="2030-04-01", amount=OLD, more_amounts=[NEW])
    text = yaml_text.write(body_of(dated))
    again = Entitlement.model_validate(yaml_text.read(text).data)
    assert yaml_text.write(body_of(again)) == text
    assert document_of("entitlement", text_of(dated)) == dated
    assert "begins: 2027-04-01\nends: 2030-04-01\n" in text


def test_a_file_from_before_there_were_dates_reads_and_writes_as_it_was() -> None:
    old = entry(amount={"text": "£8 an hour", "applies_to": "2025 to 2026"})
    body = body_of(old)
    assert not body.keys() & {"begins", "ends", "more_amounts"}
    assert body["amount"] == {"text": "£8 an hour", "applies_to": "2025 to 2026"}
    worth = worth_on(old, date(2040, 1, 1))
    assert worth and worth.text == "£8 an hour", "a figure with no dates counts on every day"
