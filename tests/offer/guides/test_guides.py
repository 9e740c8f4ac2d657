"""The words of the guides: true to the entries they rest on, plain, and complete for every subject."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from directory.topics import TOPICS
from offer.entitlements.schema import Entitlement
from offer.guides.reading import guides, other_names
from offer.guides.schema import Guide, Sentence
from offer.guides.shown import entries_of, true_on
from offer.published import Published
from offer.staff.words.reading import grade
from offer.urgent_help import help_list
from tests.offer.eligibility.test_facts import JARGON

TODAY = date(2026, 11, 22)
FIGURE = re.compile(r"£?\d[\d,.]*\d|£?\d")
SUBJECTS = (
    "adviser-to-25", "council-tax", "housing", "money", "education", "work", "health",
    "rights-and-voice", "custody", "parents", "seeking-asylum",
)  # fmt: skip
HARDEST, LONGEST = 6.0, 36  # Flesch-Kincaid grade of a guide's own words; words in a sentence


def sentences(guide: Guide) -> tuple[Sentence, ...]:
    return (*guide.start, *guide.first)


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a document, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part)


def test_every_topic_and_every_subject_of_the_mission_has_a_guide() -> None:
    assert set(TOPICS) <= set(guides())
    assert [other_names().get(subject, subject) in guides() for subject in SUBJECTS] == [True] * len(SUBJECTS)


def test_no_two_guides_answer_to_one_name() -> None:
    names = [name for guide in guides().values() for name in (guide.slug, *guide.names)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("guide", guides().values(), ids=lambda guide: guide.slug)
def test_what_a_guide_names_is_held(guide: Guide, published: Published) -> None:
    rested = {slug for each in sentences(guide) for slug in each.rests_on}
    assert rested | set(guide.picks) <= set(published.entries)
    assert all(slug in published.services and published.services[slug].is_shown for slug in guide.ask)
    assert all(published.services[slug].phones for slug in guide.ask)
    assert set(guide.related) <= set(guides())
    assert set(guide.needs) <= set(help_list().needs)
    assert true_on(sentences(guide), published.entries, TODAY) == sentences(guide)
    assert entries_of(guide, published.entries.values(), TODAY)


@pytest.mark.parametrize("guide", guides().values(), ids=lambda guide: guide.slug)
def test_every_figure_stands_in_an_entry_that_the_sentence_rests_on(
    guide: Guide, published: Published
) -> None:
    for sentence in sentences(guide):
        if sentence.source:
            continue
        rests = [*sentence.rests_on, *([sentence.while_coming] if sentence.while_coming else [])]
        entries = [published.entries[slug].model_dump(mode="json") for slug in rests]
        held = set(FIGURE.findall(" ".join(texts_of(entries)))) | {str(n) for n in ages_in(entries)}
        assert set(FIGURE.findall(sentence.says)) <= held, sentence.says


def ages_in(value: Any) -> Iterator[int]:
    """The whole numbers of a rule: its ages."""
    if isinstance(value, int) and not isinstance(value, bool):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from ages_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from ages_in(part)


@pytest.mark.parametrize("guide", guides().values(), ids=lambda guide: guide.slug)
def test_the_words_are_plain(guide: Guide) -> None:
    said = [each.says for each in sentences(guide)]
    for text in said:
        assert not [word for word in JARGON if word in text.lower()], text
        assert all(len(part.split()) <= LONGEST for part in re.split(r"[.?!] ", text)), text
    assert grade(" ".join(said)) <= HARDEST


def test_a_sentence_goes_with_the_entry_it_rests_on(published: Published) -> None:
    entry = published.entries["railcard-16-25"]
    sentence = Sentence(says="A Railcard takes a third off.", rests_on=(entry.id,))
    assert true_on([sentence], published.entries, TODAY) == (sentence,)
    ended = entry.model_copy(update={"ends": TODAY})
    assert true_on([sentence], {entry.id: ended}, TODAY) == ()
    assert true_on([sentence], {}, TODAY) == ()


def test_a_sentence_about_a_promise_goes_when_the_promise_is_law(published: Published) -> None:
    entry = published.entries["nhs-free-prescriptions-dental-eyes-to-25"]
    sentence = Sentence(says="Not yet.", while_coming=entry.id)
    assert true_on([sentence], published.entries, TODAY) == (sentence,)
    law: Entitlement = entry.model_copy(update={"in_force": "yes", "begins": TODAY})
    assert true_on([sentence], {entry.id: law}, TODAY) == ()


@pytest.mark.parametrize("says", ["You get £5.", "They must help.", "It is free.", "By law you can."])
def test_a_fact_that_stands_on_nothing_is_refused(says: str) -> None:
    with pytest.raises(ValidationError, match="states a fact"):
        Sentence(says=says)


def test_a_guide_about_nothing_is_refused() -> None:
    given = guides()["money"].model_dump(mode="json") | {"topics": []}
    with pytest.raises(ValidationError, match="holds the entries"):
        Guide.model_validate(given)
    with pytest.raises(ValidationError, match="needs a title"):
        Guide.model_validate(given | {"picks": ["advocacy"]})
