"""Texts of the pure rooms: English to whoever asks, and said in another language by their parts."""

import copy
import json
import pickle
from datetime import date

import pytest

from directory.phrase import choices, counted, day_phrase, listed, phrase, sentence, together
from offer.language import gettext, speaking
from offer.languages.known import BY_CODE
from offer.languages.marks import without_marks
from offer.languages.phrases import said
from offer.pages.rendering import environment

DAY = date(2032, 5, 3)
ASK = phrase("Ask %(who)s.", who="Lincolnshire")  # translated in every language


def in_(code: str, words: str) -> str:
    with speaking(BY_CODE[code]):
        return without_marks(said(words))


def test_a_phrase_is_its_english() -> None:
    days = [counted("%(num)s day", "%(num)s days", number) for number in (0, 1, 2)]
    assert days == ["0 days", "1 day", "2 days"]
    assert ASK == "Ask Lincolnshire." and hash(ASK) == hash("Ask Lincolnshire.")
    assert json.dumps([ASK, day_phrase(DAY)]) == '["Ask Lincolnshire.", "3 May 2032"]'
    assert sentence(phrase("you are %(value)s", value=19)) == "You are 19."
    assert listed(["a", "b", "c"], "or") == "a, b or c" and listed(["a"], "or") == "a"
    assert together("A.", "", "B.") == "A. B." and choices(["a", "b"]) == "a; b" and listed([], "or") == ""


def test_copies_are_english_alone_or_the_same() -> None:
    assert copy.deepcopy(ASK) is ASK
    assert type(pickle.loads(pickle.dumps(ASK))) is str


def test_without_a_value_it_fails_where_it_is_made() -> None:
    with pytest.raises(KeyError):
        phrase("Ask %(who)s.", whom="them")


def test_english_stays_what_it_is() -> None:
    assert said(ASK) is ASK and said("plain") == "plain"


def test_the_template_is_translated_and_the_value_put_in() -> None:
    with speaking(BY_CODE["ar"]):
        translated = without_marks(gettext("Ask %(who)s.") % {"who": "Lincolnshire"})
    assert in_("ar", ASK) == translated != ASK
    assert in_("so", together(ASK, phrase("Search"))).endswith(" Raadi")
    assert in_("ar", day_phrase(DAY)) == "3 مايو 2032"


def test_what_has_no_translation_keeps_its_english_values() -> None:
    made = phrase("No catalogue says this on %(day)s.", day=day_phrase(DAY))
    assert in_("ar", made) == "No catalogue says this on 3 May 2032."
    assert in_("ar", sentence(phrase("no catalogue says this"))) == "No catalogue says this."


def test_a_list_has_the_words_of_the_language_between_its_parts() -> None:
    assert in_("ar", listed(["A", "B"], "or")) == "A أو B"
    assert in_("so", listed(["A", "B", "C"], "and")) == "A, B iyo C"


def test_a_sentence_ends_as_the_language_ends_one() -> None:
    assert in_("so", sentence(phrase("Search"))) == "Raadi."
    assert in_("am", sentence(phrase("Search"))).endswith("።")


def test_a_template_says_phrases_and_leaves_text_alone() -> None:
    page = environment().from_string("{{ asked }}|{{ typed }}")
    with speaking(BY_CODE["so"]):
        shown = without_marks(page.render(asked=phrase("Search"), typed="Search"))
    assert shown == "Raadi|Search"
