"""What is refused at the door, where, and in which words; every fault at once."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from offer.eligibility.situation import Fault, read_situation

ON = date(2026, 11, 22)


def faults(raw: dict[str, Any]) -> tuple[Fault, ...]:
    return read_situation(raw, ON)[1]


def only(raw: dict[str, Any]) -> Fault:
    found = faults(raw)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("age_years", "19", "whole number"),
        ("age_years", 19.5, "whole number"),
        ("age_years", True, "whole number"),
        ("age_years", -1, "less than 0"),
        ("age_years", 121, "more than 120"),
        ("age_years", 10**400, "more than 120"),
        ("parent", "yes", "true or false"),
        ("parent", 1, "true or false"),
        ("tenure", "castle", "one of: private_rent"),
        ("in_education", True, "one of:"),
        ("lives_in", "Durham", "place code"),
        ("lives_in", "E0600004", "place code"),
        ("postcode", "", "postcode"),
        ("savings_gbp", 1.234, "amount in pounds"),
        ("savings_gbp", float("nan"), "amount in pounds"),
        ("savings_gbp", float("inf"), "amount in pounds"),
        ("savings_gbp", "100", "amount in pounds"),
        ("savings_gbp", True, "amount in pounds"),
        ("savings_gbp", -0.01, "less than 0"),
        ("date_of_birth", "10/03/2007", "a date such as"),
        ("date_of_birth", "20070310", "a date such as"),
        ("date_of_birth", "2007-02-29", "no such day"),
        ("date_of_birth", datetime(2007, 3, 10, 12, 0), "a date such as"),  # noqa: DTZ001 - a moment, not a day
        ("date_of_birth", "2026-11-23", "in the future"),
        ("date_of_birth", "1905-11-22", "over 120"),
        ("care", "never", "a list"),
        ("care", {}, "a list"),
        ("status_events", [], "must name events"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_fact(name: str, value: object, part: str) -> None:
    fault = only({name: value})
    assert fault.pointer == f"/facts/{name}"
    assert part in fault.detail


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("savings_gbp", 0, 0),
        ("savings_gbp", 195.5, 19550),
        ("savings_gbp", 0.29, 29),
        ("savings_gbp", Decimal("16000.01"), 1600001),
        ("age_years", 0, 0),
        ("age_years", 120, 120),
        ("age_years", 19.0, 19),
        ("days_to_18th_birthday", -700, -700),
        ("date_of_birth", date(2007, 3, 10), None),
        ("parent", None, None),
    ],
)
def test_what_is_possible_is_taken(name: str, value: object, kept: object) -> None:
    situation, found = read_situation({name: value}, ON)
    assert not found
    assert situation.facts.get(name) == kept


def test_an_unknown_fact_is_an_error_with_a_hint() -> None:
    fault = only({"age_year": 19})
    assert fault == Fault("/facts/age_year", "There is no fact called “age_year”. Did you mean “age_years”?")


def test_odd_names_are_escaped_and_cut_in_the_pointer() -> None:
    assert only({"a/b~c": 1}).pointer == "/facts/a~1b~0c"
    assert len(only({"x" * 5000: 1}).detail) < 200


def test_every_fault_is_named_at_once() -> None:
    raw = {
        "age": 19,
        "parent": "no",
        "savings_gbp": "lots",
        "care": [
            {"start": "2020-01-01", "end": "2019-01-01", "kind": "full"},
            {"start": "soon", "kind": "nice"},
        ],
        "status_events": {"went_home": True, "adopted_on": "2020-13-01"},
    }
    assert {fault.pointer for fault in faults(raw)} == {
        "/facts/age",
        "/facts/parent",
        "/facts/savings_gbp",
        "/facts/care/0/end",
        "/facts/care/1/start",
        "/facts/care/1/kind",
        "/facts/status_events/went_home",
        "/facts/status_events/adopted_on",
    }


@pytest.mark.parametrize(
    ("spell", "pointer"),
    [
        ({"start": None, "end": None, "kind": "full"}, "/facts/care/0/start"),
        ({"start": "2020-01-01", "end": None}, "/facts/care/0/kind"),
        ({"start": "2020-01-01", "end": None, "kind": "full", "where": "home"}, "/facts/care/0/where"),
        ("2020", "/facts/care/0"),
    ],
)
def test_each_part_of_a_time_in_care_is_checked(spell: object, pointer: str) -> None:
    assert only({"care": [spell]}).pointer == pointer


def test_empty_care_is_never_and_absent_care_is_unknown() -> None:
    assert read_situation({"care": []}, ON)[0].care == ()
    assert read_situation({"care": None}, ON)[0].care is None
    assert read_situation({}, ON)[0].care is None


def clash(first: str, second: str, raw: dict[str, Any]) -> None:
    found = faults(raw)
    assert any(first in fault.detail and second in fault.detail for fault in found), found


CLASHES: list[tuple[str, str, dict[str, Any]]] = [
    ("age_years", "care_status", {"age_years": 17, "care_status": "former_relevant"}),
    ("date_of_birth", "care_status", {"date_of_birth": "2009-11-22", "care_status": "former_relevant"}),
    ("age_years", "care_when", {"age_years": 19, "care_when": "still_in_care"}),
    ("age_years", "care_when", {"age_years": 15, "care_when": "left_at_18"}),
    ("age_years", "age_months", {"age_years": 19, "age_months": 210}),
    ("date_of_birth", "age_years", {"date_of_birth": "2007-03-10", "age_years": 18}),
    ("date_of_birth", "age_months", {"date_of_birth": "2007-03-10", "age_months": 200}),
    ("age_years", "days_to_18th_birthday", {"age_years": 17, "days_to_18th_birthday": -3}),
    ("age_years", "age_on_31_august", {"age_years": 19, "age_on_31_august": 16}),
    ("parent", "child_under_4", {"parent": False, "child_under_4": True}),
    ("child_under_4", "child_under_5", {"child_under_4": True, "child_under_5": False}),
    (
        "pregnant",
        "pregnant_or_baby_under_12_months",
        {"pregnant": True, "pregnant_or_baby_under_12_months": False},
    ),
    ("is_british_citizen", "immigration", {"is_british_citizen": True, "immigration": "asylum_pending"}),
    ("in_education", "employed", {"in_education": "apprenticeship", "employed": False}),
    ("age_years", "turned_21_during_course", {"age_years": 19, "turned_21_during_course": True}),
    (
        "age_years",
        "age_at_course_start",
        {"age_years": 19, "in_education": "fe_ft", "age_at_course_start": 20},
    ),
    ("lives_in", "residence_nation", {"lives_in": "E07000138", "residence_nation": "wales"}),
    (
        "ever_looked_after",
        "fostered_immediately_before_leaving_care",
        {"care": [], "fostered_immediately_before_leaving_care": True},
    ),
    ("care_when", "ever_looked_after", {"care_when": "never", "ever_looked_after": True}),
    ("care_status", "currently_looked_after", {"care_status": "eligible", "currently_looked_after": False}),
    ("care_when", "care_13_weeks", {"care_when": "left_before_16", "care_13_weeks": True}),
    (
        "that_arrangement_broke_down",
        "lived_6_months_with_parent_or_pr",
        {"status_events": {"that_arrangement_broke_down": True, "lived_6_months_with_parent_or_pr": False}},
    ),
    (
        "sgo_immediately_after_care",
        "care",
        {"care": [], "status_events": {"sgo_immediately_after_care": True}},
    ),
    (
        "care",
        "date_of_birth",
        {"date_of_birth": "2008-01-01", "care": [{"start": "2007-01-01", "end": None, "kind": "full"}]},
    ),
    (
        "care",
        "date_of_birth",
        {"date_of_birth": "2006-01-01", "care": [{"start": "2024-01-01", "end": None, "kind": "full"}]},
    ),
    (
        "care",
        "counted_care_days_since_14",
        {
            "date_of_birth": "2008-01-01",
            "care": [{"start": "2020-01-01", "end": "2024-01-01", "kind": "full"}],
            "counted_care_days_since_14": 5,
        },
    ),
    (
        "care",
        "lived_6_months_with_parent_or_pr",
        {
            "date_of_birth": "2009-01-01",
            "care": [{"start": "2020-01-01", "end": "2026-10-01", "kind": "full"}],
            "status_events": {"lived_6_months_with_parent_or_pr": True},
        },
    ),
    (
        "adopted_on",
        "date_of_birth",
        {"date_of_birth": "2009-01-01", "status_events": {"adopted_on": "2001-01-01"}},
    ),
]


@pytest.mark.parametrize(("first", "second", "raw"), CLASHES)
def test_answers_that_cannot_both_be_true_are_both_named(
    first: str, second: str, raw: dict[str, Any]
) -> None:
    clash(first, second, raw)


@pytest.mark.parametrize(
    "raw",
    [
        {"age_years": 0},
        {"age_years": 120, "care_when": "left_before_16"},
        {"age_years": 19, "age_on_31_august": 18},
        {"parent": False, "pregnant_or_baby_under_12_months": True},
        {"receives_uc": False, "receives_uc_or_hb_housing": True},
        {"age_years": 17, "care_when": "still_in_care", "home_6_months_after_care": True},
        {"age_years": 19, "in_education": "he_applicant", "age_at_course_start": 20},
        {"lives_in": "S12000036", "responsible_authority": "E10000019"},
        {
            "date_of_birth": "2006-08-08",
            "care": [{"start": "2020-01-01", "end": "2026-01-01", "kind": "full"}],
        },
    ],
)
def test_unusual_but_possible_lives_are_not_refused(raw: dict[str, Any]) -> None:
    assert not faults(raw)
