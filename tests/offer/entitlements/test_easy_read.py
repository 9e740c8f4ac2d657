"""The easy-read short form: very short, very plain, and no more than the entry says."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

import pytest

from offer.entitlements.schema import Entitlement
from offer.staff.words.reading import grade, sentences_of, words_of

LONGEST = 15  # words in one sentence
HARDEST = 6.0  # Flesch-Kincaid grade of one short form
USUAL = 3.5  # and of the middle one
FIGURE = re.compile(r"£?\d[\d,.]*\d|£?\d")
# What the council, the law or a form may say; an easy sentence may not.
JARGON = (
    "eligible", "entitle", "accommodation", "discretion", "statutory", "authority", "allocation", "criteria",
    "liable", "disregard", "reside", "assessment", "provision", "subject to", "in accordance", "regarding",
    "additional", "obtain", "purchase", "commence", "receive", "assist",
)  # fmt: skip
KEPT = {"care leaver", "advocate", "personal adviser", "pathway plan", "leaving care", "in care", "contact"}
TO_WHOM = re.compile(r"\b(ask|tell|ring|write|look|apply|send|see)\b", re.IGNORECASE)
NOT_SURE = re.compile(r"\b(may|might|do not know|did not find|idea|had|planned|until 20|changing)\b")


def test_every_entry_has_a_short_form_of_one_to_three_sentences(entry: Entitlement) -> None:
    assert 1 <= len(_sentences(entry)) <= 3


def test_it_is_short(entry: Entitlement) -> None:
    for sentence in _sentences(entry):
        assert len(words_of(sentence)) <= LONGEST, sentence
        assert sentence.endswith("."), sentence
        assert len(sentences_of(sentence)) == 1, sentence


def test_it_is_easy(entry: Entitlement) -> None:
    text = " ".join(_sentences(entry))
    assert grade(text) <= HARDEST, f"{grade(text):.1f}: {text}"


def test_most_are_easier_still(entries: Mapping[str, Entitlement]) -> None:
    grades = sorted(grade(" ".join(_sentences(entry))) for entry in entries.values())
    assert grades[len(grades) // 2] <= USUAL


def test_it_uses_no_jargon(entry: Entitlement, shared: Path) -> None:
    terms = json.loads((shared / "facts" / "plain_language_terms.json").read_text("utf-8"))["terms"]
    banned = {term["jargon"].lower() for term in terms if not term["keep_official_word"]} - KEPT
    text = " ".join(_sentences(entry)).lower()
    found = [word for word in (*JARGON, *banned) if re.search(rf"\b{re.escape(word)}", text)]
    assert not found, text


def test_it_names_no_figure_that_the_entry_does_not_hold(entry: Entitlement) -> None:
    held = set(FIGURE.findall(" ".join(_texts(entry))))
    figures = set(FIGURE.findall(" ".join(_sentences(entry))))
    assert figures <= held, figures - held


def test_it_says_who_to_ask(entry: Entitlement) -> None:
    last = " ".join(_sentences(entry)[-2:])
    assert TO_WHOM.search(last), last


def test_what_is_not_sure_is_not_promised(entry: Entitlement) -> None:
    if entry.stage == "draft" or entry.status != "current":
        assert NOT_SURE.search(" ".join(_sentences(entry))), _sentences(entry)
    if entry.in_force == "not-yet":
        assert "not law yet" in " ".join(_sentences(entry))


@pytest.mark.parametrize(
    ("easier", "harder"),
    [
        ("Ask your adviser.", "Make enquiries of the responsible authority."),
        ("It is free. Ask at once.", "It is free of charge if you make an application immediately."),
    ],
)
def test_the_grade_tells_easy_from_hard(easier: str, harder: str) -> None:
    assert grade(easier) + 3 < grade(harder)


def _sentences(entry: Entitlement) -> list[str]:
    assert entry.easy_read is not None, entry.id
    return entry.easy_read.sentences


def _texts(entry: Entitlement) -> Iterator[str]:
    """All an entry says but its short form."""
    yield from (entry.title, entry.summary, entry.who_for, entry.ask, entry.decided_by, entry.if_told_no)
    yield from chain(entry.what_you_get, entry.steps, entry.bring, entry.good_to_know, entry.not_sure)
    yield from filter(None, (entry.coming, entry.amount.text if entry.amount else None))
