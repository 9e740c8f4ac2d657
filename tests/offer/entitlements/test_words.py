"""Every word of an entry that a person reads: short sentences, about reading age 11, and no office words."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from offer.entitlements.schema import Entitlement
from offer.staff.words.reading import grade, sentences_of, words_of

LONGEST = 25  # words in a sentence
HARDEST = 6.5  # Flesch-Kincaid grade of a whole entry: grade 6 is about age 11
USUAL = 4.5  # and of the middle one
OFFICE_WORDS = (
    "in accordance with", "prior to", "in order to", "subject to", "pursuant", "whereby", "thereof",
    "regarding", "commence", "terminate", "utilise", "facilitate", "endeavour", "accommodation",
    "discretionary", "statutory", "placement", "liable", "disregard", "semi-independent", "transition",
    "means-tested", "signpost",
)  # fmt: skip
# Names, and official words said beside plain ones because they stand on a letter or open a door.
NAMES = re.compile(
    r"eligible child|relevant child|qualifying|local connection|health and care plan|leaving care|in care"
    r"|foster|crisis and resilience fund|discretionary housing payments|independent living skills|contact"
    r"|birth"
)


def test_no_sentence_is_long(entry: Entitlement) -> None:
    for text in _read_by_people(entry):
        for sentence in sentences_of(text):
            assert len(words_of(sentence)) <= LONGEST, sentence


def test_an_entry_is_easy_to_read(entry: Entitlement) -> None:
    text = " ".join(_read_by_people(entry))
    assert grade(text) <= HARDEST, f"{grade(text):.1f}"


def test_most_entries_are_easier_still(entries: Mapping[str, Entitlement]) -> None:
    grades = sorted(grade(" ".join(_read_by_people(entry))) for entry in entries.values())
    assert grades[len(grades) // 2] <= USUAL


def test_no_office_words(entry: Entitlement, shared: Path) -> None:
    terms = json.loads((shared / "facts" / "plain_language_terms.json").read_text("utf-8"))["terms"]
    jargon = {part for term in terms if not term["keep_official_word"] for part in _forms(term["jargon"])}
    text = NAMES.sub("", " ".join(_read_by_people(entry)).lower())
    found = [word for word in (*OFFICE_WORDS, *jargon) if re.search(rf"\b{re.escape(word)}\b", text)]
    assert not found, found


def test_eligible_is_only_the_name_of_a_status(entry: Entitlement) -> None:
    text = re.sub(r"eligible child", "", " ".join(_read_by_people(entry)))
    assert "eligib" not in text.lower()


def _forms(jargon: str) -> Iterator[str]:
    """ "birth / biological parents" → its parts, without what stands in brackets."""
    for part in re.sub(r"\(.*?\)", "", jargon).lower().split(" / "):
        if part.strip():
            yield part.strip()


def _read_by_people(entry: Entitlement) -> Iterator[str]:
    yield from (entry.title, entry.summary, entry.who_for, entry.if_told_no, entry.before_it_ends or "")
    yield from chain(entry.what_you_get, entry.steps, entry.good_to_know, entry.not_sure)
    yield from filter(None, (entry.coming,))
