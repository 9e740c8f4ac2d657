"""What is written is cleaned before it is kept; a code is easy to type and hard to guess."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offer.feedback.told import LENGTH, SIGNS, blanked, clean, new_code, read_code, shown_code


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ring me on 07700 900123", "ring me on [number]"),
        ("+44 (0)7700-900.123 please", "[number] please"),
        ("born 14/03/2007", "born [number]"),
        ("QQ 12 34 56 C is my number", "QQ [number] C is my number"),
        ("jack.smith@example.org said no", "[email] said no"),
        ("I live at DL16 6XX now", "I live at [postcode] now"),
        ("i live in ng347ef", "i live in [postcode]"),
        ("It says £3,000 but they pay £2,000", "It says £3,000 but they pay £2,000"),
        ("from 16 to 25, since 2024", "from 16 to 25, since 2024"),
        ("Children Act 1989 s23CZB", "Children Act 1989 s23CZB"),
        ("٠١٢٣٤٥٦٧٨٩ is my phone", "[number] is my phone"),
        ("０７７００９００１２３", "[number]"),
        ("a＠b.example", "[email]"),
    ],
)
def test_what_could_tell_who_somebody_is_goes(typed: str, kept: str) -> None:
    assert blanked(clean(typed)) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two   words \r\n\r\n\r\n\r\n next ", "two words \n\n next"),
        ("a\x00b\x1b[31mred\u202eback\ud800", "ab[31mredback"),
        ("می‌خواهم", "می‌خواهم"),
        ("", ""),
        ("\u200b\ufeff", ""),
    ],
)
def test_odd_signs_go_and_words_stay(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text(max_size=1_200))
@example("0@0@0")
@example("0@@0@")
def test_cleaning_never_fails_and_what_is_clean_stays_so(typed: str) -> None:
    text = clean(typed)
    assert clean(text) == text
    done = blanked(text)
    assert blanked(done) == done
    done.encode()  # no lone surrogate, which no database takes
    assert "\x00" not in done


def test_a_code_is_read_however_it_is_typed() -> None:
    code = new_code()
    assert len(code) == LENGTH and set(code) <= set(SIGNS)
    for typed in (code, code.lower(), shown_code(code), f" {shown_code(code).lower()} ", " ".join(code)):
        assert read_code(typed) == code
    assert new_code() != code


@pytest.mark.parametrize("typed", ["", "CDFGHJ3", "CDFGHJ344", "ABCDEFGH", "CDFG_HJ34", "é" * 8, "../../etc"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_no_sign_of_a_code_looks_like_another_or_makes_a_word() -> None:
    assert not set(SIGNS) & set("AEIOU0125 8BLSZ")
    assert set(SIGNS) <= set(string.ascii_uppercase + string.digits)
