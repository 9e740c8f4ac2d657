"""Ages: the birthday itself counts, and 29 February is 1 March in a common year."""

from calendar import isleap, monthrange
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer.eligibility.dates import (
    age_in_months,
    age_in_years,
    age_on_31_august,
    birthday,
    last_31_august,
    month_birthday,
    months_after,
)

BORN = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("dob", "on", "age"),
    [
        (date(2008, 11, 23), date(2026, 11, 22), 17),
        (date(2008, 11, 22), date(2026, 11, 22), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_an_age_starts_with_the_birthday(dob: date, on: date, age: int) -> None:
    assert age_in_years(dob, on) == age


def test_ages_agree_with_other_projects(vectors: dict[str, list[dict[str, Any]]]) -> None:
    groups = (
        "age and birthday, GOV.UK",
        "leap-day births and ages around 28 February, State Pension",
        "leap-day birth, pension age in a common year",
        "age on the first of the month, OpenFisca",
    )
    for case in (case for name in groups for case in vectors[name]):
        dob = date.fromisoformat(case["dob"])
        if "on" in case:
            assert age_in_years(dob, date.fromisoformat(case["on"])) == case["age"], case
        else:
            assert birthday(dob, case["age"]) == date.fromisoformat(case["reached_on"]), case


def test_whether_somebody_is_under_18_agrees_with_certlogic(vectors: dict[str, list[dict[str, Any]]]) -> None:
    cases = [case for case in vectors["under 18 on a day, decided"] if case["known_to"] == "day"]
    assert cases
    for case in cases:
        age = age_in_years(date.fromisoformat(case["dob"]), date.fromisoformat(case["on"]))
        assert (age < 18) is case["expected_is_minor"], case


@given(BORN, st.integers(0, 110))
def test_a_birthday_is_the_first_day_of_its_age(dob: date, years: int) -> None:
    day = birthday(dob, years)
    assert age_in_years(dob, day) == years
    assert age_in_years(dob, day - timedelta(days=1)) == years - 1


@given(BORN, st.integers(0, 40_000))
def test_an_age_agrees_with_counting_birthdays_one_by_one(dob: date, days: int) -> None:
    on = dob + timedelta(days=days)
    counted, year = 0, dob.year + 1
    while True:
        leap_day = (dob.month, dob.day) == (2, 29) and not isleap(year)
        celebrated = date(year, 3, 1) if leap_day else date(year, dob.month, dob.day)
        if celebrated > on:
            break
        counted, year = counted + 1, year + 1
    assert age_in_years(dob, on) == counted


@given(BORN, st.integers(0, 1400))
def test_a_month_birthday_is_the_first_day_of_its_month_of_age(dob: date, months: int) -> None:
    day = month_birthday(dob, months)
    assert age_in_months(dob, day) == months
    assert age_in_months(dob, day - timedelta(days=1)) == months - 1


@given(BORN, st.integers(0, 100))
def test_twelve_months_of_age_are_a_year(dob: date, years: int) -> None:
    assert month_birthday(dob, 12 * years) == birthday(dob, years)


def test_a_licence_age_of_15_years_and_9_months_does_not_come_early_in_a_short_month() -> None:
    assert month_birthday(date(2010, 5, 31), 189) == date(2026, 3, 1)


@given(BORN, st.integers(0, 60))
def test_a_run_of_months_ends_in_the_right_month_never_past_its_end(day: date, months: int) -> None:
    end = months_after(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == min(day.day, monthrange(end.year, end.month)[1])


@pytest.mark.parametrize(
    ("on", "august"),
    [
        (date(2026, 8, 31), date(2025, 8, 31)),
        (date(2026, 9, 1), date(2026, 8, 31)),
        (date(2027, 1, 1), date(2026, 8, 31)),
    ],
)
def test_the_school_year_turns_on_1_september(on: date, august: date) -> None:
    assert last_31_august(on) == august


def test_born_on_31_august_is_19_for_the_year_that_starts_the_next_day() -> None:
    assert age_on_31_august(date(2007, 8, 31), date(2026, 11, 22)) == 19
    assert age_on_31_august(date(2007, 9, 1), date(2026, 11, 22)) == 18
