"""What differs between two versions, in plain words."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from offer.staff.differences import Part, differences


def rule_words(rule: Mapping[str, Any]) -> list[str]:
    return [f"You are {rule['age']}."]


def test_only_the_words_that_differ_are_marked() -> None:
    (found,) = differences(
        {"summary": "Up to £1,200 a year."}, {"summary": "Up to £1,500 a year."}, rule_words
    )
    assert found.field == "Summary"
    assert found.lines == (
        (Part("same", "Up to"), Part("out", "£1,200"), Part("in", "£1,500"), Part("same", "a year.")),
    )


def test_lines_that_stayed_are_left_out_and_others_are_put_in_or_taken_out() -> None:
    (found,) = differences({"steps": ["Ring.", "Wait."]}, {"steps": ["Ring.", "Wait.", "Sign."]}, rule_words)
    assert found.lines == ((Part("in", "Sign."),),)
    (gone,) = differences({"steps": ["Ring."], "bring": ["A card."]}, {"steps": ["Ring."]}, rule_words)
    assert (gone.field, gone.lines) == ("Bring", ((Part("out", "A card."),),))


def test_days_yes_and_no_and_groups_are_said_in_words() -> None:
    before = {"review_by": "2026-11-22", "for_care_leavers": True, "amount": {"pence": 120000, "per": "year"}}
    after = {"review_by": "2027-05-22", "for_care_leavers": False, "amount": {"pence": 150000, "per": "year"}}
    due, only, amount = differences(before, after, rule_words)
    assert due.field == "Check by"
    assert due.lines == ((Part("same", "22"), Part("out", "November 2026"), Part("in", "May 2027")),)
    assert only.lines == ((Part("out", "yes"), Part("in", "no")),)
    assert [part.words for part in amount.lines[0]] == ["sum:", "£1,200.00;", "£1,500.00;", "per: year"]


def test_a_rule_is_said_in_its_sentences() -> None:
    (found,) = differences({"rule": {"age": 21}}, {"rule": {"age": 25}}, rule_words)
    assert found.field == "Who can get it"
    assert Part("in", "25.") in found.lines[0] and Part("out", "21.") in found.lines[0]


def test_the_same_differs_in_nothing() -> None:
    assert differences({"title": "A", "steps": ["b"]}, {"title": "A", "steps": ["b"]}, rule_words) == ()


LINES = some.lists(some.text("ab c", max_size=12).map(lambda text: " ".join(text.split()) or "x"), max_size=6)


@given(LINES, LINES)
def test_what_was_there_and_what_is_there_can_both_be_read(before: list[str], after: list[str]) -> None:
    found = differences({"steps": before}, {"steps": after}, rule_words)
    assert bool(found) is (before != after)
    out = [" ".join(p.words for p in line if p.kind != "in") for d in found for line in d.lines]
    new = [" ".join(p.words for p in line if p.kind != "out") for d in found for line in d.lines]
    assert all(line in before for line in out if line) and all(line in after for line in new if line)


def test_a_term_from_a_day_is_said_beside_the_one_before_it() -> None:
    old = {"area": "E07000076", "age_before": 21, "who": "own", "source": "https://council.example"}
    other = {"area": "E07000001", "age_before": 25}
    ended = {**old, "end": "2027-04-01"}
    new = {**old, "start": "2027-04-01", "age_before": 25}
    names = {"E07000076": "Tendring", "E07000001": "Elsewhere"}
    (found,) = differences({"terms": [old, other]}, {"terms": [ended, new]}, rule_words, names)
    ends, begins, gone = found.lines
    assert Part("in", "until: 1 April 2027") in ends and Part("same", "stops at age: 21") in ends
    assert begins[0] == Part("same", "Tendring")
    assert Part("out", "stops at age: 21") in begins and Part("in", "stops at age: 25") in begins
    assert not any("council.example" in part.words for part in begins), "what stays is left out"
    assert gone == (Part("out", "Elsewhere; stops at age: 25"),)
    (first,) = differences({}, {"terms": [other]}, rule_words, names)
    assert first.lines == ((Part("in", "Elsewhere"), Part("in", "stops at age: 25")),)
