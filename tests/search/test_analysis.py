"""One chain for the index, the query and the vocabulary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import STOP_WORDS, is_stop_word, normalise, stem, words, words_and_joined
from search.index import analyse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£2,000 bursary", ["2000", "bursary"]),
        ("Don’t I get my adviser's help?", ["dont", "i", "get", "my", "advisers", "help"]),
        ("T Levels", ["tlevel"]),
        ("T-level", ["tlevel"]),
        ("t  level", ["t", "level"]),
        ("16-19 bursary", ["16", "19", "bursary"]),
        ("band A", ["band", "a"]),
        ("ＵＮＩ ﬁnance", ["uni", "finance"]),
        ("gas & electric / wi-fi", ["gas", "electric", "wi", "fi"]),
        ("", []),
        ("!!! \x00 \u200b", []),
    ],
)
def test_words_are_cut_alike_whoever_wrote_them(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_hyphenated_word_is_found_joined_and_parted() -> None:
    assert list(words_and_joined("free wi-fi now")) == ["free", "wi", "wifi", "fi", "now"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("flats", "flat"),
        ("advocate", "advocacy"),
        ("apprentice", "apprenticeships"),
        ("dentist", "dental"),
        ("driving", "drive"),
        ("homelessness", "homeless"),
        ("pregnant", "pregnancy"),
        ("counselling", "counsellor"),
        ("prescriptions", "prescription"),
        ("savings", "saving"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("university", "universal"),
        ("student", "study"),
        ("policy", "police"),
        ("host", "hostel"),
        ("car", "care"),
    ],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", ["he", "no", "not", "us", "t", "pa"])
def test_short_words_that_mean_something_are_kept(word: str) -> None:
    assert not is_stop_word(word)


def test_the_stop_list_is_short_and_holds_no_number() -> None:
    assert 80 <= len(STOP_WORDS) <= 150
    assert all(word.isalpha() for word in STOP_WORDS)


def test_stop_words_are_not_indexed() -> None:
    assert list(analyse("I want to learn to drive")) == ["learn", "drive"]


@given(st.text(max_size=300))
def test_any_text_gives_plain_words(text: str) -> None:
    assert all(word.isascii() and word.isalnum() for word in words(text))
    assert words(normalise(text)) == words(text) or "tlevel" in normalise(text)
