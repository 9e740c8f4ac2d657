"""Strangers' text becomes plain text."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.openreferral.cleaning import email_address, phone_number, plain_line, plain_text, web_address


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<script>alert(1)</script>Hi <b>there</b>", "Hi there"),
        ("a < b and c > d, 5 <10", "a < b and c > d, 5 <10"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Hi", "Hi"),
        ("&amp;lt;img src=x onerror=alert(1)&amp;gt;Hi", "Hi"),
        ("<scr<script>ipt>alert(1)</script>", "scr"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("one\u202eevil\x00\x1b[31m", "oneevil[31m"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("<<img src=x", "img src=x"),
        ("  ", None),
        ("", None),
        (None, None),
        (12, None),
        (["x"], None),
    ],
)
def test_markup_and_control_characters_go(given: object, expected: str | None) -> None:
    assert plain_text(given, 100) == expected


def test_long_text_is_cut_at_a_word() -> None:
    assert plain_text("word " * 100, 20) == "word word word…"
    assert len(plain_text("x" * 10_000_000, 2000) or "") == 2000
    assert plain_line("one\n\ntwo") == "one two"


@given(st.text(alphabet="<>&;/!?=\"' ltgampscript\n", max_size=200))
def test_no_tag_is_ever_left(text: str) -> None:
    left = plain_text(text, 500) or ""
    assert not any(f"<{char}" in left for char in string.ascii_letters + "/!?")


@pytest.mark.parametrize("opening", ["<", "<a ", "<!--", "<![", "&", "&#", "<script>", "</", "<a b='"])
def test_no_text_takes_long(opening: str) -> None:
    plain_text(opening * 1_000_000, 2000)


def test_addresses_of_the_web() -> None:
    assert web_address(" HTTPS://Example.org/a?b=c ") == "https://Example.org/a?b=c"
    odd = [
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.org",
        "https://",
        "https://a.b/<x>",
        "https://a b",
        "",
        3,
    ]
    assert [web_address(each) for each in [*odd, None, "https://[::1", "https://x.org/" + "a" * 700]] == [
        None
    ] * 11


def test_addresses_of_people() -> None:
    assert email_address(" a.b@example.org ") == "a.b@example.org"
    assert [email_address(each) for each in ("email-example_com", "a@b", "<a@b.org>", 5, None, "")] == [
        None
    ] * 6


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("+44 (0)1522 782333", "01522 782333"),
        ("+441522782333", "01522782333"),
        ("(01522) 782-333", "01522 782 333"),
        ("0044 1522 782333", "01522 782333"),
        ("999", "999"),
        ("ring us", None),
        (1522782333, None),
        ("1" * 50, None),
    ],
)
def test_phone_numbers(given: object, expected: str | None) -> None:
    assert phone_number(given) == expected
