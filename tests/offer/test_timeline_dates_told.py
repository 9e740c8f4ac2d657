"""The exact days of the timeline, each worked out by hand from the rule or the law named beside it."""

from datetime import date
from typing import Any

import pytest

from offer.person import read_person
from offer.published import COUNCIL_TAX, Published
from offer.timeline import (
    StatusChange,
    last_day,
    status_changes,
    status_changes_by_age,
    timeline,
    timeline_by_age,
)

ON = date(2026, 11, 22)
ENGLISH = {"responsible_authority": "E06000047", "residence_nation": "england"}


def days(published: Published, facts: dict[str, Any], slug: str, **more: Any) -> dict[str, tuple[str, str]]:
    """The days on which one entry turns, and how."""
    situation = read_person(published, {**ENGLISH, **facts}, ON).situation
    changes = timeline(published, situation, ON, last_day(situation, ON), **more)
    return {str(each.date): (each.before, each.after) for each in changes if each.slug == slug}


def statuses(published: Published, facts: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    situation = read_person(published, {**ENGLISH, **facts}, ON).situation
    found = status_changes(published, situation, ON, last_day(situation, ON))
    assert all(each.age is None for each in found)
    return [(str(each.date), each.before, each.after) for each in found]


def test_the_jobcentre_starts_28_days_before_18(published: Published) -> None:
    facts = {"date_of_birth": "2009-04-20", "care_when": "still_in_care"}
    assert min(days(published, facts, "jobcentre-early-start-and-youth-support")) == "2027-03-23"


def test_a_licence_can_be_asked_for_at_15_years_and_9_months(published: Published) -> None:
    facts = {"date_of_birth": "2011-05-31", "care_when": "still_in_care"}
    assert days(published, facts, "provisional-licence-and-id")["2027-03-01"][0] == "no", "February is short"


@pytest.mark.parametrize(("born", "stops"), [("2008-08-31", "2027-09-01"), ("2008-09-01", "2028-09-01")])
def test_what_goes_by_31_august_turns_on_1_september(published: Published, born: str, stops: str) -> None:
    facts = {
        "date_of_birth": born,
        "care_when": "left_at_18" if born < "2008-11-22" else "still_in_care",
        "care_13_weeks": True,
        "in_education": "fe_ft",
        "continuing_same_16_19_programme": False,
        "ehcp": False,
    }
    assert days(published, facts, "bursary-16-to-19")[stops][1] == "no"


def test_the_91st_day_in_care_makes_a_17_year_old_an_eligible_child(published: Published) -> None:
    """31 days of October, 30 of November and 30 of December are 91. CPR 2010 reg 40."""
    facts = {"date_of_birth": "2009-04-20", "care": [{"start": "2026-10-01", "end": None, "kind": "full"}]}
    assert statuses(published, facts) == [
        ("2026-12-30", "looked_after_not_eligible", "eligible"),
        ("2027-04-20", "eligible", "former_relevant"),
    ]


def test_qualifying_becomes_past_qualifying_at_21_and_ends_at_25(published: Published) -> None:
    """CA 1989 s24(1A) ends at 21, s24B and s24D at 25. Born on 29 February: 1 March in a common year."""
    facts = {
        "date_of_birth": "2008-02-29",
        "care": [{"start": "2024-03-10", "end": "2024-04-10", "kind": "full"}],
    }
    assert statuses(published, facts) == [
        ("2029-03-01", "qualifying_other", "past_qualifying"),
        ("2033-03-01", "past_qualifying", "none"),
    ]


def test_a_former_relevant_child_keeps_the_status_at_21_and_at_25(published: Published) -> None:
    """The duties end, the status does not: CA 1989 s23C(1) has no upper age."""
    facts = {
        "date_of_birth": "2006-12-01",
        "care": [{"start": "2019-01-01", "end": "2024-12-01", "kind": "full"}],
    }
    assert statuses(published, facts) == []


def test_what_rests_on_a_course_is_open_from_the_day_the_course_ends(published: Published) -> None:
    facts = {
        "date_of_birth": "2008-10-05",
        "care": [{"start": "2019-01-01", "end": "2026-10-05", "kind": "full"}],
        "in_education": "fe_ft",
        "course_ends_on": "2027-07-02",
    }
    assert days(published, facts, "bursary-16-to-19")["2027-07-02"] == ("yes", "unknown")


def test_what_rests_on_custody_is_open_from_the_day_of_release(published: Published) -> None:
    facts = {
        "date_of_birth": "2006-08-08",
        "care": [{"start": "2015-01-01", "end": "2024-08-08", "kind": "full"}],
        "in_custody": True,
        "release_date": "2027-02-01",
    }
    assert days(published, facts, "support-in-custody")["2027-02-01"] == ("yes", "unknown")


def test_without_a_birth_date_there_are_ages(published: Published) -> None:
    facts = {**ENGLISH, "age_years": 17, "care_when": "still_in_care", "care_13_weeks": True}
    situation = read_person(published, facts, ON).situation
    changes = timeline_by_age(published, situation, ON)
    assert [each.age for each in changes] == sorted(each.age for each in changes)
    assert ("personal-adviser-to-21", "no") in {(c.slug, c.after) for c in changes if c.age == 21}
    assert ("personal-adviser-21-to-25", "yes") in {(c.slug, c.after) for c in changes if c.age == 21}
    assert status_changes_by_age(published, situation, ON) == (
        StatusChange(
            date=None,
            age=18,
            before="eligible",
            after="former_relevant",
            cite="Children Act 1989 s23C(1)(b); Sch 2 para 19B; Care Planning Regulations 2010 reg 40",
        ),
    )
    nothing = read_person(published, ENGLISH, ON).situation
    assert timeline_by_age(published, nothing, ON) == ()


def test_a_dated_rule_of_a_district_turns_on_its_own_day_and_not_where_one_days_law_is_taken(
    published: Published,
) -> None:
    row = next(
        row for row in published.council_tax if row.start and row.age_before == 25 and row.who == "own"
    )
    assert row.start
    born = row.start.replace(year=row.start.year - 19, month=2)
    facts = {
        "date_of_birth": born.isoformat(),
        "care": [
            {"start": "2010-01-01", "end": born.replace(year=born.year + 18).isoformat(), "kind": "full"}
        ],
        "lives_in": row.district,
        "responsible_authority": row.authority,
        "liable_for_council_tax": True,
    }
    situation = read_person(published, facts, ON).situation
    start, end = row.start.replace(year=row.start.year - 1), row.start.replace(year=row.start.year + 1)

    def turned(**law: Any) -> set[date]:
        changes = timeline(published, situation, start, end, **law)
        return {each.date for each in changes if each.slug == COUNCIL_TAX}

    assert row.start in turned()
    assert not turned(law=ON) & set(published.stretch_starts)
