"""Misspelt words are put right from the words of the whole catalogue."""

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import words
from search.spelling import Speller, edits_allowed, speller_from

TEXTS = [
    "council tax discount apprenticeship bursary rent guarantor certificate college prescription",
    "college college college college college counselling council council tenancy ledge",
]


def speller_of(texts: Iterable[str], names: Iterable[str], known: Iterable[str]) -> Speller:
    """A speller for these texts with other names."""
    counts = Counter(word for text in texts for word in words(text))
    return speller_from(counts, frozenset(word for name in names for word in words(name)), known)


@pytest.fixture(scope="module")
def speller() -> Speller:
    return speller_of(TEXTS, names=["colledge", "footie", "CAMHS", "councelling"], known=["skint"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("counsil tax", "council tax"),
        ("aprentiship", "apprenticeship"),
        ("garantor", "guarantor"),
        ("birth certifcate", "birth certificate"),
        ("perscription", "prescription"),
        ("Tenansy!", "tenancy!"),
    ],
)
def test_a_misspelt_word_is_put_right(speller: Speller, typed: str, meant: str) -> None:
    assert speller.text(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "council",
        "colleges",
        "skint",
        "tax",
        "taxe",
        "£2,000",
        "uk1x",
        "boiler",
        "rate",
        "zzzzzz",
        "",
        "fone2",
    ],
)
def test_known_short_and_strange_words_are_left_alone(speller: Speller, typed: str) -> None:
    assert speller.text(typed) is None


def test_a_misspelling_among_the_other_names_is_taken_for_the_common_word(speller: Speller) -> None:
    assert speller.word("colledge") == "college"
    assert speller.word("councelling") == "counselling"


@pytest.mark.parametrize("name", ["footie", "camhs"])
def test_a_true_other_name_is_kept(speller: Speller, name: str) -> None:
    assert speller.word(name) == name


def test_fewest_edits_win_then_the_commoner_word() -> None:
    speller = speller_of(["grants grants grants grand"], [], [])
    assert speller.word("grantz") == "grants"
    assert speller_of(["bread bread beard"], [], []).word("breard") == "bread"


def test_a_letter_wrongly_doubled_or_not_wins_over_the_commoner_word() -> None:
    assert speller_of(["area areas areas areas arrears"], [], []).word("arears") == "arrears"


def test_the_short_forms_of_messages_are_read_and_small_words_are_no_misspellings() -> None:
    speller = speller_of(["whose rent counts", "council tax"], [], [])
    assert speller.text("wot about counciltax wen im 18") == "what about council tax when im 18"
    assert speller.text("whos gonna pay") is None


def test_the_first_letter_is_taken_as_right_but_for_the_short_list() -> None:
    speller = speller_of(["phone passport"], [], [])
    assert speller.word("bassport") == "bassport"
    assert speller.word("fone") == "phone"


@pytest.mark.parametrize(("word", "edits"), [("flat", 1), ("tenant", 1), ("tenancy", 2), ("guarantor", 3)])
def test_longer_words_may_be_further_off(word: str, edits: int) -> None:
    assert edits_allowed(word) == edits


@given(st.text(max_size=200))
def test_no_text_breaks_the_speller(text: str) -> None:
    speller_of(TEXTS, [], []).text(text)
