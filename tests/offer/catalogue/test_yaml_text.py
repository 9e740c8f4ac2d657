"""YAML: what a person wrote is what is read, and what is written reads the same to everybody."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from offer.catalogue.yaml_text import YamlFault, read, write

WORDS = [
    "no",
    "on",
    "off",
    "yes",
    "y",
    "Null",
    "true",
    "12:30",
    "1:20:30",
    "0191",
    "0o17",
    "0x1F",
    "1e5",
    "1_000",
]
WORDS += [
    "2026-11-22",
    "~",
    "=",
    "<<",
    "- a",
    "a: b",
    "#no",
    "",
    " x",
    "é £ 🙂",
    "1.5",
    ".5",
    "+44",
    "!tag",
    "&a",
    "*a",
]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("on", "on"), ("Yes", "Yes"), ("12:30", "12:30"), ("0191", "0191"), ("0x1F", "0x1F"),
        ("2026-11-22", "2026-11-22"), ("1_000", "1_000"), ("true", True), ("false", False), ("16", 16),
        ("-3", -3), ("1.5", 1.5), ("null", None), ("~", None), ("'16'", "16"), ('"true"', "true"), ("=", "="),
    ],
)  # fmt: skip
def test_plain_values_are_read_as_yaml_1_2_reads_them(text: str, value: object) -> None:
    assert read(f"a: {text}").data == {"a": value}


def test_keys_are_text_even_when_they_look_like_words() -> None:
    assert read("on: 1\nno: 2").data == {"on": 1, "no": 2}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\nb: 2\na: 3", 3, "'a' stands twice; it is already on line 1"),
        ("a:\n  b: 1\n  b: 1", 3, "'b' stands twice"),
        ("a: &x [1]\nb: *x", 1, "aliases"),
        ("a: 1\n1: 2", 2, "a key must be text"),
        ("a: 1\n? [b]\n: 2", 2, "a key must be text"),
        ("a: !!python/object:os.system x", 1, "tags"),
        ("a: 1\n---\nb: 2", 2, "more than one document"),
        ("a:\n\t- b", 2, "a tab; use spaces"),
        ("a: [1, 2", 1, "this is not YAML"),
        ("a: 1\nb: 'open", 2, "this is not YAML"),
        ("", 1, "empty"),
        ("# only a comment", 1, "empty"),
        ("a: \x07", 1, "not allowed"),
        ("b: 1\na: " + "9" * 5_000, 2, "a number is too long"),
        ("a: 1.0e999", 1, "a number is too long"),
        ("[" * 60 + "]" * 60, 1, "too deeply"),
        ("a: " + "x" * 1_000_001, 1, "too big"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(YamlFault) as refused:
        read(text)
    assert reason in refused.value.reason
    assert refused.value.line == line


def test_lines_are_known_for_every_part() -> None:
    found = read("title: x\nterms:\n  - area: a\n    percent: 3\n  - area: b\n")
    assert found.line_of(("terms", 0, "percent")) == 4
    assert found.line_of(("terms", 1)) == 5
    assert found.line_of(("terms", 1, "missing")) == 5
    assert found.line_of(("nowhere",)) == 1


@pytest.mark.parametrize("word", WORDS)
def test_every_reader_reads_a_written_word_as_that_word(word: str) -> None:
    text = write({"a": word, "list": [word]})
    assert read(text).data == {"a": word, "list": [word]}
    if word != "2026-11-22":  # to PyYAML a date stays a date: the one thing left without quotes
        assert yaml.safe_load(text) == {"a": word, "list": [word]}


def test_text_of_several_lines_is_a_block() -> None:
    assert write({"a": "one\ntwo"}) == "a: |-\n  one\n  two\n"


def test_long_text_is_folded_after_100_columns() -> None:
    text = write({"a": "word " * 60 + "end", "rule": {"why": "word " * 60 + "end"}})
    assert max(map(len, text.splitlines())) < 100 + len("word ")
    assert read(text).data["a"] == "word " * 60 + "end"


PRINTABLE = st.text(st.characters(blacklist_categories=("Cs", "Cc"), whitelist_characters="\n"), max_size=150)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | PRINTABLE | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PRINTABLE.filter(bool), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abcdefgh_", min_size=1, max_size=12), VALUES, min_size=1, max_size=5))
def test_write_then_read_gives_the_same_and_the_same_bytes(body: dict[str, Any]) -> None:
    text = write(body)
    again = read(text).data
    assert again == body
    assert write(again) == text
