"""A stated end of a course or day of release: from then on what it ends is unknown, never guessed."""

from datetime import date, timedelta
from typing import Any

import pytest

from offer.eligibility.age_told import older
from offer.eligibility.situation import derive, read_situation
from offer.eligibility.timeline_dates import breakpoints
from tests.offer.eligibility.test_timeline_dates import RULES, scan

ON = date(2026, 11, 22)
ENDS = date(2027, 7, 2)
STUDENT = {
    "date_of_birth": "2008-05-05",
    "in_education": "fe_ft",
    "on_agreed_education_programme": True,
    "course_21_hours_24_weeks": True,
    "age_at_course_start": 18,
    "employed": False,
    "course_ends_on": ENDS.isoformat(),
}
COURSE = ("in_education", "on_agreed_education_programme", "course_21_hours_24_weeks", "age_at_course_start")


def known(raw: dict[str, Any], day: date) -> dict[str, object]:
    situation, faults = read_situation(raw, ON)
    assert not faults
    return dict(derive(situation, day))


def test_a_course_is_known_to_the_day_before_it_ends_and_unknown_from_then_on() -> None:
    before = known(STUDENT, ENDS - timedelta(days=1))
    assert {name: before[name] for name in COURSE} == {name: STUDENT[name] for name in COURSE}
    after = known(STUDENT, ENDS)
    assert not set(COURSE) & set(after), "unknown: neither on a course nor off one"
    assert after["employed"] is False, "what the course has nothing to do with stays as told"


def test_pay_ends_with_an_apprenticeship_and_a_room_in_halls_with_the_course() -> None:
    apprentice = {**STUDENT, "in_education": "apprenticeship", "employed": True, "gross_weekly_pay_gbp": 280}
    assert known(apprentice, ON)["gross_weekly_pay_gbp"] == 28000
    assert not {"employed", "gross_weekly_pay_gbp"} & set(known(apprentice, ENDS))
    in_halls = {**STUDENT, "in_education": "he_ft", "tenure": "halls"}
    assert "tenure" not in known(in_halls, ENDS)
    assert known({**in_halls, "tenure": "social_rent"}, ENDS)["tenure"] == "social_rent"


def test_what_was_so_stays_so_after_the_course() -> None:
    apprentice = {**STUDENT, "in_education": "apprenticeship", "had_apprenticeship_bursary_before": True}
    apprentice |= {"employed": True, "course_21_hours_24_weeks": None, "on_agreed_education_programme": None}
    assert known(apprentice, ENDS)["had_apprenticeship_bursary_before"] is True


def test_custody_is_unknown_from_the_day_of_release() -> None:
    raw = {"date_of_birth": "2006-08-08", "in_custody": True, "release_date": "2027-02-01"}
    assert known(raw, date(2027, 1, 31))["in_custody"] is True
    assert "in_custody" not in known(raw, date(2027, 2, 1))


def test_both_days_are_breakpoints_and_nothing_moves_between_them() -> None:
    raw = {**STUDENT, "in_custody": True, "release_date": "2027-02-01"}
    points = breakpoints(read_situation(raw, ON)[0], ON, RULES)
    assert {ENDS, date(2027, 2, 1)} <= set(points)
    scan({**raw, "course_ends_on": "2028-07-02", "care_when": "left_at_18"})


def test_an_age_to_come_does_not_carry_a_course_that_ends() -> None:
    raw = {"age_years": 19, "in_education": "fe_ft", "course_ends_on": ENDS.isoformat()}
    situation, faults = read_situation(raw, ON)
    assert not faults
    assert "in_education" not in derive(older(situation, 20), ON), "it may have ended by then"


@pytest.mark.parametrize(
    ("raw", "pair"),
    [
        ({"in_education": "fe_ft", "course_ends_on": "2026-11-21"}, ("in_education", "course_ends_on")),
        ({"in_education": "none", "course_ends_on": "2027-07-02"}, ("in_education", "course_ends_on")),
        ({"in_custody": True, "release_date": "2026-01-01"}, ("in_custody", "release_date")),
        ({"in_custody": False, "release_date": "2027-01-01"}, ("in_custody", "release_date")),
    ],
)
def test_a_date_that_does_not_fit_is_asked_about(raw: dict[str, Any], pair: tuple[str, str]) -> None:
    _, faults = read_situation(raw, ON)
    assert len(faults) == 1
    assert faults[0].pointer == f"/facts/{pair[1]}"
    assert all(name in faults[0].detail for name in pair)


@pytest.mark.parametrize(
    "raw",
    [
        {"in_education": "fe_ft", "course_ends_on": "2026-11-22"},
        {"in_education": "none", "course_ends_on": "2026-07-02"},
        {"course_ends_on": "2027-07-02"},
        {"in_custody": False, "release_date": "2026-01-01"},
    ],
)
def test_a_course_that_ends_today_or_has_ended_is_no_clash(raw: dict[str, Any]) -> None:
    assert read_situation(raw, ON)[1] == ()
