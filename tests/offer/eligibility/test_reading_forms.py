"""What people type and tick, read kindly; what cannot be read is left for the one refusal."""

from datetime import date

import pytest

from offer.eligibility.reading_forms import typed
from offer.eligibility.situation import read_situation

ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("parent", "true", True),
        ("parent", "No", False),
        ("age_years", " 19 ", 19),
        ("savings_gbp", "£1,195.50", 119550),
        ("savings_gbp", "0", 0),
        ("tenure", "private_rent", "private_rent"),
        ("lives_in", "E07000138", "E07000138"),
    ],
)
def test_an_answer_on_a_form_becomes_the_fact(name: str, text: str, kept: object) -> None:
    situation, faults = read_situation({name: typed(name, text)}, ON)
    assert not faults
    assert situation.facts[name] == kept


@pytest.mark.parametrize("text", ["10/3/2007", "10-03-2007", "10.3.2007", "2007-03-10"])
def test_a_birth_date_may_be_typed_as_people_write_it(text: str) -> None:
    situation, faults = read_situation({"date_of_birth": typed("date_of_birth", text)}, ON)
    assert not faults
    assert situation.date_of_birth == date(2007, 3, 10)


@pytest.mark.parametrize("text", ["", "  ", "unknown", "unsaid"])
def test_not_saying_is_unknown(text: str) -> None:
    assert typed("pregnant", text) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("parent", "maybe"),
        ("age_years", "nineteen"),
        ("age_years", "19.5"),
        ("age_years", "²"),
        ("savings_gbp", "lots"),
        ("date_of_birth", "31/02/2007"),
        ("date_of_birth", "spring"),
        ("tenure", "castle"),
        ("no_such_fact", "1"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_place(name: str, text: str) -> None:
    _, faults = read_situation({name: typed(name, text)}, ON)
    assert [fault.pointer for fault in faults] == [f"/facts/{name}"]
