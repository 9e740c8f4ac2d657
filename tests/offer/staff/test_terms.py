"""Terms by place and date: one more from a day, and what that does to those before and after it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer.staff import terms
from offer.staff.terms import Row, TermFault

NAMES = {"E1": "Boston", "E2": "Acle"}


def row(
    area: str = "E1", start: str | None = None, end: str | None = None, age: int | None = 21, **more: Any
) -> Row:
    held = {"area": area, "start": start, "end": end, "age_before": age, **more}
    return {name: value for name, value in held.items() if value is not None}


def test_a_new_row_from_a_day_ends_the_old_one_on_that_day_and_goes_on() -> None:
    old, other = row(start="2020-04-01", note="n"), row("E2")
    found = terms.from_day([old, other], old, row(age=25), "2027-04-01")
    assert found == [
        row(start="2020-04-01", end="2027-04-01", note="n"),
        row(start="2027-04-01", age=25),
        other,
    ]


def test_a_new_row_ends_where_the_next_begins_and_where_the_old_one_was_to_end() -> None:
    old, later = row(end="2028-04-01"), row(start="2029-04-01", age=24)
    assert terms.from_day([old, later], old, row(age=25), "2027-04-01")[1]["end"] == "2028-04-01"
    old, later = row(), row(start="2028-04-01", age=24)
    assert terms.from_day([old, later], old, row(age=25), "2027-04-01")[1]["end"] == "2028-04-01"


def test_rows_side_by_side_both_end() -> None:
    rows = [row(start="2020-04-01"), row(start="2020-04-01", age=25, asks=["Ask."])]
    found = terms.from_day(rows, rows[0], row(age=24), "2027-04-01")
    assert [each.get("end") for each in found] == ["2027-04-01", None, "2027-04-01"]
    assert not terms.told_overlaps(found, NAMES)


@pytest.mark.parametrize(
    ("rows", "day", "told"),
    [
        ([row(), row(start="2027-04-01", age=25)], "2027-04-01", "already begins on that day"),
        ([row(end="2026-04-01")], "2027-04-01", "does not hold on that day"),
        ([row(start="2028-04-01")], "2027-04-01", "does not hold on that day"),
    ],
)
def test_a_day_that_does_not_fit_is_told(rows: list[Row], day: str, told: str) -> None:
    with pytest.raises(TermFault, match=told):
        terms.from_day(rows, rows[0], row(age=25), day)


_days = st.dates().map(str)


@given(st.lists(_days, unique=True, min_size=1, max_size=6), _days)
def test_from_whatever_day_no_two_rows_ever_hold_on_one_day(starts: list[str], day: str) -> None:
    starts = sorted(starts)
    rows = [
        row(start=a, end=b, age=18 + n)
        for n, (a, b) in enumerate(zip(starts, [*starts[1:], None], strict=True))
    ]
    for old in rows:
        try:
            found = terms.from_day(rows, old, row(age=30), day)
        except TermFault:
            continue
        assert not terms.told_overlaps(found, NAMES) and not terms.told_gaps(found, NAMES)
        assert len(found) == len(rows) + 1


def test_overlaps_and_gaps_are_told_in_words() -> None:
    rows = [row(start="2020-04-01"), row(start="2024-04-01", age=25)]
    assert terms.told_overlaps(rows, NAMES) == [
        "Boston: the row from 1 April 2020 and the row from 1 April 2024 hold on the same days. "
        "End the first one on the day the second begins."
    ]
    rows = [row(start="2020-04-01", end="2021-04-01"), row(start="2024-04-01")]
    assert terms.told_gaps(rows, NAMES) == [
        "Boston: nothing is known from 1 April 2021 until 1 April 2024. People are then told to ask."
    ]


def test_rows_are_sorted_by_name_and_date_and_put_in_with_their_place() -> None:
    rows = [row(start="2024-04-01"), row("E2"), row(start="2020-04-01")]
    assert terms.in_order(rows, NAMES) == [rows[1], rows[2], rows[0]]
    assert terms.added([row("E1"), row("E3")], row("E2"))[1] == row("E2")
    assert terms.without(rows, rows[1]) == [rows[0], rows[2]]
    assert terms.row_with(rows, "E1.2020-04-01.21") is rows[2]


def test_an_amount_from_a_day_ends_the_one_before() -> None:
    body = {"amount": {"text": "£8"}, "more_amounts": [{"text": "£10", "start": "2028-04-01"}]}
    held = terms.amounts_of(body)
    found = terms.with_amounts(terms.amount_from_day(held, held[0], {"text": "£9"}, "2027-04-01"))
    assert found == {
        "amount": {"text": "£8", "end": "2027-04-01"},
        "more_amounts": [
            {"text": "£10", "start": "2028-04-01"},
            {"text": "£9", "start": "2027-04-01", "end": "2028-04-01"},
        ],
    }
    assert terms.with_amounts([]) == {"amount": None, "more_amounts": None}
    with pytest.raises(TermFault, match="already begins"):
        terms.amount_from_day(held, held[0], {"text": "£9"}, "2028-04-01")
