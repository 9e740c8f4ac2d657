"""What a reader would see has changed, in plain words; and that no body, however odd, breaks it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer.what_changed.fields import is_checked_again, parts_of
from offer.what_changed.texts import LONGEST, around

BOSTON = "E07000136"
TO_21 = {"area": BOSTON, "age_before": 21, "percent": 100, "confidence": "found in source"}
TO_25 = {**TO_21, "age_before": 25, "start": "2027-04-01"}


def words(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [part.words for part in parts_of(before, after)]


def test_the_age_of_a_district_from_next_april() -> None:
    after = {"terms": [{**TO_21, "end": "2027-04-01"}, TO_25]}
    (part,) = parts_of({"terms": [TO_21]}, after)
    assert part.area == BOSTON
    assert (
        part.words == "From 1 April 2027: 100% off, until you turn 25. Before: 100% off, until you turn 21."
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ([], [TO_21], "New: 100% off, until you turn 21."),
        ([TO_21], [], "No longer on our list: “100% off, until you turn 21”."),
        ([TO_21], [{**TO_21, "end": "2027-04-01"}], "“100% off, until you turn 21” ends on 1 April 2027."),
        ([TO_21], [{**TO_21, "percent": 50}],
         "Now 50% off, until you turn 21. Before: 100% off, until you turn 21."),
        ([{**TO_21, "confidence": "existence only"}], [TO_21],
         "Now 100% off, until you turn 21. Before: something off: ask how much and until what age."),
    ],
)  # fmt: skip
def test_terms_of_a_district(before: list[Any], after: list[Any], said: str) -> None:
    assert words({"terms": before}, {"terms": after}) == [said]


def test_what_is_too_weak_for_figures_shows_none() -> None:
    weak = {**TO_21, "confidence": "existence only"}
    assert words({"terms": [weak]}, {"terms": [{**weak, "age_before": 25, "percent": 10}]}) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"amount": {"text": "£2,000"}}, {"amount": {"text": "£3,000"}},
         ["How much: from “£2,000” to “£3,000”"]),
        ({"amount": {"text": "£8"}}, {"amount": {"text": "£8"}, "more_amounts": [
            {"text": "£9", "start": "2027-04-01"}]}, ["How much, from 1 April 2027: “£9”"]),
        ({}, {"ends": "2027-04-01"}, ["It ends before 1 April 2027."]),
        ({"ends": "2027-04-01"}, {}, ["The day it ends is gone."]),
        ({"rule": {"fact": "age_years", "from": 16, "before": 21}},
         {"rule": {"fact": "age_years", "from": 16, "before": 25}}, ["Age: from “16 to 20” to “16 to 24”"]),
        ({"rule": {"fact": "x"}}, {"rule": {"fact": "y"}}, ["The full rule, point by point: it is new."]),
        ({"steps": ["Ring them."]}, {"steps": ["Ring them.", "Ask again."]},
         ["How to get it, new: “Ask again.”"]),
        ({"steps": ["Ring them.", "Ask again."]}, {"steps": ["Ring them."]},
         ["How to get it, gone: “Ask again.”"]),
        ({"status": "open"}, {"status": "closed"}, ["It is closed."]),
        ({"status": "current"}, {"status": "pilot"}, ["How it stands: this is new."]),
        ({"phones": [{"number": "01522 1"}]}, {"phones": [{"number": "01522 2"}]},
         ["Phone: from “01522 1” to “01522 2”"]),
        ({"sources": [{"name": "A", "seen": "2026-01-01"}]},
         {"sources": [{"name": "A", "seen": "2026-02-01"}]}, []),
        ({"summary": "a " * 200}, {"summary": "b " * 200}, ["What it is: new words"]),
    ],
)  # fmt: skip
def test_each_kind_of_change(before: dict[str, Any], after: dict[str, Any], said: list[str]) -> None:
    assert words(before, after) == said


def test_long_sentences_are_cut_round_what_differs() -> None:
    before = "You can have up to £2,000 to set up your home when you move out of care for good."
    old, new = around(before, before.replace("£2,000", "£3,000"))
    assert (old, new) == (
        "… can have up to £2,000 to set up your …",
        "… can have up to £3,000 to set up your …",
    )


@given(st.lists(st.sampled_from("abcde"), max_size=12), st.lists(st.sampled_from("abcde"), max_size=12))
def test_what_is_cut_away_was_the_same(before: list[str], after: list[str]) -> None:
    old, new = around(" ".join(before), " ".join(after))
    assert (old == new) is (before == after) or len(old) + len(new) < 2 * LONGEST
    if before != after:
        assert old != new


def test_a_later_day_alone_is_a_check() -> None:
    assert is_checked_again({"checked_on": "2026-01-01"}, {"checked_on": "2026-02-01"})
    assert not is_checked_again({"checked_on": "2026-02-01"}, {"checked_on": "2026-02-01"})
    assert parts_of({"checked_on": "2026-01-01"}, {"checked_on": "2026-02-01"}) == ()
