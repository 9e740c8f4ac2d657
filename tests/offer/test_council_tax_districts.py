"""Every district's row of the facts gives what it says: the age it holds to, and whose care leavers.

The mutation check spoils the terms of the districts that situations live in; this holds the other rows.
"""

import csv
from datetime import date
from functools import cache

import pytest

from offer.eligibility.evaluate import explained
from offer.eligibility.partly_known import knowledge
from offer.person import read_person
from offer.published import COUNCIL_TAX, Published
from tests.conftest import SHARED

ON = date(2026, 11, 22)
ROWS = SHARED / "facts" / "council_tax_by_district.csv"
WEST_NORTHAMPTONSHIRE = "E06000062"  # "own", and by its note the care leavers of one neighbour: others ask
GLOUCESTER = "E07000081"  # its page says 22 and 25: nobody can say, so the council is asked
OUTCOMES = {True: "yes", False: "no", None: "unknown"}


@cache
def rows() -> tuple[dict[str, str], ...]:
    """The rows of the facts; none where they do not stand beside the project."""
    if not ROWS.is_file():
        return ()
    with ROWS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def outcome(published: Published, district: str, age: int, council: str) -> str:
    """What a care leaver of that age, on the bill in the district, is told."""
    facts = {
        "age_years": age,
        "care_status": "former_relevant",
        "liable_for_council_tax": True,
        "lives_in": district,
        "responsible_authority": council,
    }
    situation = read_person(published, facts, ON).situation
    rule = published.rules_on(ON)[COUNCIL_TAX]
    return OUTCOMES[explained(rule.node, knowledge(situation, ON)).outcome]


def is_held(row: dict[str, str]) -> bool:
    """A figure is shown only where it was found, and the page does not contradict itself."""
    weak = row["confidence"] == "found-in-source-weak" or not row["max_age_exclusive"]
    return not weak and row["gss_code"] != GLOUCESTER


def by_decision(published: Published, district: str, age: int) -> bool:
    """Whether some row of the district that asks a person still holds at that age."""
    return any(
        row.asks and row.age_before is not None and age < row.age_before
        for row in published.council_tax
        if row.district == district and row.in_force(ON)
    )


def as_of_right(published: Published, district: str, age: int) -> bool:
    """Whether some row of the district holds at that age with nobody to ask."""
    return any(
        not row.asks and row.age_before is not None and age < row.age_before
        for row in published.council_tax
        if row.district == district and row.in_force(ON)
    )


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("row", rows(), ids=lambda row: row["name"])
def test_a_district_s_own_row(published: Published, row: dict[str, str]) -> None:
    """Where a council looks at each case, as many do from 21, its own care leavers are told to ask."""
    district = row["gss_code"]
    own = published.places.authority_of(district, ON)
    assert own is not None
    other = "E06000047" if own.gss != "E06000047" else "E10000019"
    if not is_held(row):
        assert outcome(published, district, 20, own.gss) == "unknown"
        return
    limit = int(row["max_age_exclusive"])
    yes = "yes" if as_of_right(published, district, limit - 1) else "unknown"
    assert yes == "yes" or by_decision(published, district, limit - 1)
    assert outcome(published, district, limit - 1, own.gss) == yes
    later = "unknown" if by_decision(published, district, limit) else "no"
    assert later == "no" or row["bands"] or row["notes"], "a later chance stands in the facts"
    assert outcome(published, district, limit, own.gss) == later
    who = "own and a neighbour" if district == WEST_NORTHAMPTONSHIRE else row["who"]
    expected = {"own": "no", "any": yes}.get(who, "unknown")
    assert outcome(published, district, limit - 1, other) == expected


def test_a_district_without_a_row_asks(published: Published) -> None:
    held = {row.district for row in published.council_tax}
    missing = [area.gss for area in published.places.districts() if area.gss not in held]
    assert missing
    for district in missing:
        authority = published.places.authority_of(district, ON)
        assert authority is not None
        assert outcome(published, district, 20, authority.gss) == "unknown", district
