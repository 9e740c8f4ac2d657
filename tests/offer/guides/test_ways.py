"""Ways to work and learn: every figure from an entry or with its own source, amounts those of the day."""

import re
from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from offer.entitlements.amounts import worth_on
from offer.entitlements.schema import Amount
from offer.guides.ways import Said, ways
from offer.pages.ways import ways_view
from offer.published import Published
from tests.offer.eligibility.test_facts import JARGON
from tests.offer.guides.test_guides import FIGURE, ages_in, texts_of

TODAY = date(2026, 11, 22)


def all_said() -> list[Said]:
    return [said for way in ways().ways for said in way.said()]


def test_the_ways_of_the_mission_stand_side_by_side() -> None:
    assert [way.slug for way in ways().ways] == ["apprenticeship", "t-level", "college-course", "university"]


def test_what_they_name_is_held_and_true_today(published: Published) -> None:
    named = {slug for said in all_said() for slug in said.as_sentence.rests_on}
    assert named <= set(published.entries)
    view = ways_view(published, TODAY)
    shown = sum(len(cell.answers) for line in view.lines for cell in line.cells)
    assert shown == len(all_said())


def test_every_figure_stands_in_an_entry_or_has_a_source(published: Published) -> None:
    for said in all_said():
        if said.source or not said.says:
            continue
        entries = [published.entries[slug].model_dump(mode="json") for slug in said.as_sentence.rests_on]
        held = set(FIGURE.findall(" ".join(texts_of(entries)))) | {str(n) for n in ages_in(entries)}
        assert set(FIGURE.findall(said.says)) <= held, said.says


def test_the_words_are_plain() -> None:
    for said in all_said():
        words = said.says or ""
        assert not [each for each in JARGON if each in words.lower()], words
        assert all(len(part.split()) <= 30 for part in re.split(r"[.?!] ", words)), words


def test_an_amount_is_the_entrys_own_and_changes_with_it(published: Published) -> None:
    slug = "apprenticeship-care-leavers-bursary"
    entry = published.entries[slug]
    assert worth_on(entry, TODAY).text in _texts(published)  # type: ignore[union-attr]
    dearer = entry.model_copy(update={"amount": Amount(text="£4,000 in four payments")})
    later = replace(published, entries={**published.entries, slug: dearer})
    assert "£4,000 in four payments" in _texts(later)


def test_an_entry_that_has_ended_is_left_out(published: Published) -> None:
    slug = "higher-education-bursary"
    ended = published.entries[slug].model_copy(update={"ends": TODAY})
    edition = replace(published, entries={**published.entries, slug: ended})
    assert "£2,000 in total" in _texts(published)
    assert "£2,000 in total" not in _texts(edition)


def _texts(published: Published) -> str:
    lines = ways_view(published, TODAY).lines
    return " ".join(answer.worth for line in lines for cell in line.cells for answer in cell.answers)


@pytest.mark.parametrize("given", [{}, {"says": "You get £5."}])
def test_an_answer_that_stands_on_nothing_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Said.model_validate(given)
