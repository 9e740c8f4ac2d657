"""What may be sent: the words of a town or street, never a figure, never what may be a postcode."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geocoder import query_of
from directory.places import Places

ON = date(2026, 11, 22)


def sent(places: Places, text: str) -> str | None:
    return query_of(text, places.read(text, ON), places.store.outcodes)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Steep Hill", "steep hill"),
        ("  STEEP   hill ", "steep hill"),
        ("12 Steep Hill", "steep hill"),
        ("12a Steep Hill", "steep hill"),
        ("Flat 3, 12 Steep Hill", "steep hill"),
        ("Swallowbeck", "swallowbeck"),
        ("Swallowbeck, ", "swallowbeck"),
        ("swallowbeck.", "swallowbeck"),
        ("St. Ann's Crescent", "st. ann's crescent"),
        ("Ffordd y Bryn", "ffordd y bryn"),
    ],
)
def test_a_street_or_town_we_do_not_know_is_sent_without_its_number(
    places: Places, typed: str, words: str
) -> None:
    assert sent(places, typed) == words


@pytest.mark.parametrize(
    "known", ["LN1 1YL", "ln11yl", "LN1", "LN1 1", "Lincoln", "Steep Hill, Lincoln", "Durham", "Lincs",
              "Scotland", "England", "BFPO 12", "JE2 3AB", "", "   "],
)  # fmt: skip
def test_what_we_know_ourselves_is_not_sent(places: Places, known: str) -> None:
    assert sent(places, known) is None


@pytest.mark.parametrize(
    "typed",
    ["LN1 1ZZ", "ln11zz", "LN99", "LN 1 1 Z Z", "12 Steep Hill LN1 1ZZ", "Steep Hill LN1", "LNI IZZ",
     "steep hill lni izz", "lnlizz", "ZZ1 1ZZ", "A1", "1ZZ", "LN1-1ZZ", "ＬＮ１ １ＺＺ", "12", "M1 street"],
)  # fmt: skip
def test_nothing_that_looks_like_a_postcode_or_half_of_one_is_sent(places: Places, typed: str) -> None:
    assert sent(places, typed) is None


@pytest.mark.parametrize(
    "typed",
    ["ring me on 07700 900123", "born 4 May 2008", "anna@example.org", "see https://example.org", "😀", "ab",
     "my name is anna and i was in care until last year and now", "x" * 61, "x " * 200, "<b>hill</b>",
     "'; DROP TABLE hill", "2nd Avenue", "hill\x00side", "a" * 10_000],
)  # fmt: skip
def test_what_is_no_name_of_a_place_is_not_sent(places: Places, typed: str) -> None:
    assert sent(places, typed) is None


@given(text=st.text(max_size=220) | st.from_regex(r"[a-zA-Z0-9 ,.'-]{0,70}", fullmatch=True))
def test_whatever_is_typed_no_figure_leaves(places: Places, text: str) -> None:
    words = sent(places, text)
    assert words is None or not any(c.isnumeric() for c in words)


@given(
    number=st.integers(min_value=0, max_value=10**6),
    space=st.sampled_from(["", " ", "-"]),
    slip=st.booleans(),
)
def test_no_real_postcode_leaves_in_any_usual_way_of_typing_it(
    places: Places, number: int, space: str, slip: bool
) -> None:
    outcodes = sorted(places.store.outcodes)
    outcode = outcodes[number % len(outcodes)]
    code = f"{outcode}{space}{number % 10}{'QZ' if number % 3 else 'XJ'}"
    if slip:
        code = code.translate(str.maketrans("0158", "OISB"))
    assert sent(places, code) is None
    assert sent(places, f"12 Steep Hill, {code}") is None


def test_few_names_of_real_places_are_kept_back(places: Places) -> None:
    """The price of keeping slips of a postcode back: a village such as Bisley, which reads as B15 1EY."""
    from directory.geocoder.query import may_be_a_postcode

    names = {str(places.store._town_line(at).split("\t")[1]) for at in range(places.store.header["towns"])}
    back = [name for name in names if may_be_a_postcode(name.casefold().split(), places.store.outcodes)]
    assert len(back) < 0.02 * len(names), sorted(back)
