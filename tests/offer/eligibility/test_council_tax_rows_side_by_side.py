"""Two rows of one district with the same start: "to 21" and "to 25, if the council agrees"."""

from datetime import date

import pytest

from offer.eligibility.evaluate import Known, Verdict, explained
from offer.eligibility.terms import CouncilTaxRow, Terms
from offer.rulebook import compile_rule

ON = date(2026, 11, 22)
NORTH_NORTHAMPTONSHIRE = "E06000061"
RULE = {"id": "district-terms", "use": "council-tax-terms"}


def a_row(**changes: object) -> CouncilTaxRow:
    fields: dict[str, object] = {
        "district": NORTH_NORTHAMPTONSHIRE,
        "district_name": "North Northamptonshire",
        "authority": NORTH_NORTHAMPTONSHIRE,
        "start": date(2021, 4, 1),
        "end": None,
        "age_before": 21,
        "who": "own",
        "asks": (),
        "cite": "North Northamptonshire Council: care leavers discount",
    }
    return CouncilTaxRow(**(fields | changes))  # type: ignore[arg-type]


def verdict(age: int, *rows: CouncilTaxRow) -> Verdict:
    known: Known = {
        "age_years": age,
        "lives_in": NORTH_NORTHAMPTONSHIRE,
        "responsible_authority": NORTH_NORTHAMPTONSHIRE,
    }
    return explained(compile_rule(RULE, Terms(ON, rows)).node, known)


@pytest.mark.parametrize(("age", "outcome"), [(20, True), (21, None), (24, None), (25, False)])
def test_a_council_that_decides_from_21_is_asked_and_never_a_plain_no(age: int, outcome: bool | None) -> None:
    found = verdict(age, a_row(age_before=25, asks=("From 21 the council decides.",)), a_row())
    assert found.outcome is outcome
    assert found.asks == (("From 21 the council decides.",) if outcome is None else ())


def test_the_newer_of_two_rows_that_overlap_still_stands_alone() -> None:
    older = a_row(start=date(2019, 4, 1), age_before=25)
    assert verdict(23, older, a_row()).outcome is False
