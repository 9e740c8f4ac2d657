"""The reviewed list of other words."""

import pytest

from search import synonyms
from search.analysis import stem
from search.lists import Line, read_list
from search.synonyms import WEIGHT, WISH_WEIGHT, BadSynonymError, content_stems, read_synonyms


def test_every_line_has_a_reason() -> None:
    assert [line.number for line in read_list("synonyms.txt") if len(line.reason) < 5] == []


def test_every_line_can_be_read_and_says_something_new() -> None:
    for phrase, targets in read_synonyms().by_phrase.items():
        assert targets
        assert any(target.stems != phrase for target in targets), phrase


def test_the_longest_phrase_wins_and_is_matched_before_stop_words_go() -> None:
    found = [wanted.stems for wanted in read_synonyms().of(["someone", "to", "talk", "to"])]
    assert content_stems("mental health") in found
    alone = [wanted.stems for wanted in read_synonyms().of(["talk"])]
    assert alone == []


def test_a_synonym_weighs_less_than_the_word_typed() -> None:
    assert {wanted.weight for wanted in read_synonyms().of(["skint"])} == {WEIGHT}
    assert WEIGHT == 0.6


def test_what_somebody_wants_done_weighs_more_than_what_it_is_about() -> None:
    assert {wanted.weight for wanted in read_synonyms().of(["complain"])} == {WISH_WEIGHT}


def test_synonyms_go_one_way() -> None:
    assert read_synonyms().of(["resilience"]) == []


def test_any_form_of_the_word_matches() -> None:
    assert read_synonyms().of(["landlords"]) == read_synonyms().of(["landlord"]) != []


def test_targets_are_whole_phrases_without_stop_words() -> None:
    assert content_stems("somewhere to live in the holidays") == tuple(
        map(stem, ("somewhere", "live", "holidays"))
    )


@pytest.mark.parametrize("text", ["skint", "-> money", "skint ->", "skint -> the | of"])
def test_a_bad_line_is_refused_by_number(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(synonyms, "read_list", lambda name: (Line(text, "why", 7),))
    with pytest.raises(BadSynonymError, match="line 7"):
        read_synonyms()


def test_the_same_phrase_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (Line("flat -> home", "why", 1), Line("flats -> house", "why", 2))
    monkeypatch.setattr(synonyms, "read_list", lambda name: lines)
    with pytest.raises(BadSynonymError, match="line 2"):
        read_synonyms()
