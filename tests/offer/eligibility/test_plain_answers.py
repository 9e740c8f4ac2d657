"""People who know no dates: what plain answers settle, and what they leave open."""

from datetime import date
from typing import Any

import pytest

from offer.eligibility.care import care_status
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import Situation, derive, read_situation

ON = date(2026, 11, 22)


def read(raw: dict[str, Any]) -> Situation:
    situation, faults = read_situation(raw, ON)
    assert not faults, faults
    return situation


def status(**raw: Any) -> str | None:
    return care_status(read(raw), ON).value


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"age_years": 19, "care_when": "left_at_18", "care_13_weeks": True}, "former_relevant"),
        ({"age_years": 40, "care_when": "left_at_18", "care_13_weeks": True}, "former_relevant"),
        ({"age_years": 17, "care_when": "still_in_care", "care_13_weeks": True}, "eligible"),
        (
            {"age_years": 16, "care_when": "still_in_care", "care_13_weeks": False},
            "looked_after_not_eligible",
        ),
        ({"age_years": 15, "care_when": "still_in_care"}, "looked_after_under_16"),
        ({"age_years": 14, "care_when": "never"}, "none"),
        ({"age_years": 22, "care_when": "left_at_18", "care_13_weeks": False}, "past_qualifying"),
        (
            {
                "age_years": 19,
                "care_when": "left_at_18",
                "care_13_weeks": False,
                "special_guardian_after_care": False,
            },
            "qualifying_other",
        ),
        ({"age_years": 22, "care_when": "never"}, "none"),
        ({"age_years": 30, "care_when": "left_at_16_or_17", "care_13_weeks": False}, "none"),
        (
            {
                "age_years": 17,
                "care_when": "left_at_16_or_17",
                "care_13_weeks": True,
                "home_6_months_after_care": False,
            },
            "relevant",
        ),
        (
            {
                "age_years": 19,
                "care_when": "left_at_16_or_17",
                "care_13_weeks": True,
                "home_6_months_after_care": True,
                "home_after_care_broke_down": True,
            },
            "former_relevant",
        ),
        (
            {
                "age_years": 19,
                "care_when": "left_at_16_or_17",
                "care_13_weeks": True,
                "home_6_months_after_care": True,
                "home_after_care_broke_down": False,
                "special_guardian_after_care": False,
            },
            "qualifying_other",
        ),
        (
            {
                "age_years": 18,
                "care_when": "left_before_16",
                "hospital_or_detained_at_16_after_13_weeks": False,
                "special_guardian_after_care": True,
            },
            "qualifying_sgo",
        ),
        (
            {
                "age_years": 18,
                "care_when": "left_before_16",
                "hospital_or_detained_at_16_after_13_weeks": False,
                "special_guardian_after_care": False,
                "other_s24_accommodation_at_16_or_17": False,
            },
            "none",
        ),
        (
            {"date_of_birth": "2007-03-10", "care_when": "left_at_18", "care_13_weeks": True},
            "former_relevant",
        ),
        ({"age_months": 230, "care_when": "left_at_18", "care_13_weeks": True}, "former_relevant"),
    ],
)
def test_settled_statuses(raw: dict[str, Any], expected: str) -> None:
    assert status(**raw) == expected


@pytest.mark.parametrize(
    ("raw", "possible"),
    [
        (
            {"age_years": 19, "care_when": "left_at_16_or_17", "care_13_weeks": True},
            {"former_relevant", "qualifying_sgo", "qualifying_other"},
        ),
        (
            {"age_years": 19, "care_when": "left_at_18"},
            {"former_relevant", "qualifying_other", "qualifying_sgo"},
        ),
        ({"age_years": 17, "care_when": "still_in_care"}, {"eligible", "looked_after_not_eligible"}),
        ({"age_years": 19, "care_when": "never"}, {"none", "qualifying_other"}),
        ({"care_when": "left_at_18", "care_13_weeks": True}, {"former_relevant"}),
    ],
)
def test_open_statuses(raw: dict[str, Any], possible: set[str]) -> None:
    assert care_status(read(raw), ON).possible == possible


def test_nothing_given_settles_nothing() -> None:
    assert derive(read({}), ON) == {}
    assert len(care_status(read({}), ON).possible) == 9


def test_plain_answers_settle_the_other_care_facts() -> None:
    known = derive(read({"age_years": 19, "care_when": "left_at_18", "care_13_weeks": True}), ON)
    assert known["former_relevant_route"] == "looked_after_at_18"
    assert known["eligible_or_relevant_before_18"] is True
    assert known["ever_looked_after_at_16_or_17"] is True
    assert known["currently_looked_after"] is False
    assert known["other_s24_accommodation_at_16_or_17"] is False
    assert "thirteen_weeks_in_care_ended_after_16" not in known  # whether it was in one go was not said
    assert "age_on_31_august" not in known


def test_less_than_13_weeks_in_all_is_less_than_13_weeks_in_one_go() -> None:
    known = derive(read({"age_years": 19, "care_when": "left_at_18", "care_13_weeks": False}), ON)
    assert known["thirteen_weeks_in_care_ended_after_16"] is False


def test_an_adult_is_not_in_care_whatever_else_is_unknown() -> None:
    assert derive(read({"age_years": 19}), ON)["currently_looked_after"] is False
    assert "currently_looked_after" not in derive(read({"age_years": 17}), ON)


def test_ready_made_derived_facts_narrow_the_rest() -> None:
    known = derive(read({"care_status": "former_relevant", "age_years": 20}), ON)
    assert known["ever_looked_after"] is True
    assert known["eligible_or_relevant_before_18"] is True
    assert "former_relevant_route" not in known


def test_never_in_care_answers_what_only_care_can_bring() -> None:
    known = derive(read({"care_when": "never", "age_years": 19}), ON)
    assert known["counted_care_days_since_14"] == 0
    assert known["fostered_immediately_before_leaving_care"] is False
    assert known["care_order_placement_2_years_before_16"] is False


def test_events_without_dates_stay_three_valued() -> None:
    raw: dict[str, Any] = {"age_years": 19, "care_when": "left_at_16_or_17", "care_13_weeks": True}
    raw["status_events"] = {"lived_6_months_with_parent_or_pr": False}
    assert care_status(read(raw), ON).value == "former_relevant"
    raw["status_events"] = {"lived_6_months_with_parent_or_pr": True}
    assert care_status(read(raw), ON).possible == {"former_relevant", "qualifying_sgo", "qualifying_other"}


def test_care_dates_with_an_age_but_no_birth_date_settle_what_every_birth_date_agrees_on() -> None:
    care = [{"start": "2015-01-01", "end": None, "kind": "full"}]
    known = derive(read({"age_years": 19, "care": care}), ON)
    assert known["care_status"] == "former_relevant"
    assert "counted_care_days_since_14" not in known
    close = [{"start": "2022-01-01", "end": "2024-03-01", "kind": "full"}]
    left = care_status(read({"age_years": 18, "care": close}), ON)
    assert left.value is None
    assert {"former_relevant", "none"} <= left.possible


def test_an_age_alone_narrows_what_needs_the_birth_date() -> None:
    known = knowledge(read({"age_years": 17}), ON)
    assert known["age_on_31_august"] == {16, 17}
    assert known["age_months"] == set(range(204, 216))
    assert 0 not in known["days_to_18th_birthday"]  # type: ignore[operator]
    assert {1, 28, 366} <= known["days_to_18th_birthday"]  # type: ignore[operator]


def test_thirteen_weeks_bound_the_counted_days() -> None:
    more = knowledge(read({"age_years": 19, "care_when": "left_at_18", "care_13_weeks": True}), ON)
    less = knowledge(read({"age_years": 19, "care_when": "left_at_18", "care_13_weeks": False}), ON)
    assert min(more["counted_care_days_since_14"]) == 91  # type: ignore[arg-type]
    assert max(less["counted_care_days_since_14"]) == 90  # type: ignore[arg-type]


def test_place_codes_say_the_nation() -> None:
    known = derive(read({"lives_in": "S12000036", "responsible_authority": "E10000019"}), ON)
    assert known["residence_nation"] == "scotland"
    assert known["responsible_authority_nation"] == "england"


def test_one_answer_fills_in_those_that_follow_from_it() -> None:
    known = derive(read({"child_under_4": True, "pregnant": True, "in_education": "apprenticeship"}), ON)
    assert known["parent"] is True
    assert known["child_under_5"] is True
    assert known["pregnant_or_baby_under_6_months"] is True
    assert known["employed"] is True
    known = derive(read({"parent": False, "pregnant_or_baby_under_12_months": False}), ON)
    assert known["child_under_4"] is False
    assert known["pregnant"] is False


def test_the_postcode_is_not_carried_into_what_is_known() -> None:
    assert "postcode" not in derive(read({"postcode": "DH1 5UL"}), ON)
