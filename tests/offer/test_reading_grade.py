"""Reading grades: plain words come out easy, statute does not, and too few words are not graded."""

import pytest

from offer.published import Published
from offer.reading_grade import EASY, grade, graded, lines, syllables_of

PLAIN = "You can get money for your first home. Ask your adviser. They will tell you how to get it."
STATUTE = (
    "Subject to subsection (2), the responsible authority shall, in consequence of representations "
    "made pursuant to paragraph (a), undertake an assessment of the continuing accommodation "
    "requirements of the individual concerned notwithstanding any previous determination."
)


def test_plain_words_are_graded_far_below_statute() -> None:
    syllables = syllables_of()
    plain, statute = grade(PLAIN, syllables), grade(STATUTE, syllables)
    assert plain is not None and statute is not None
    assert plain < EASY < 15 < statute


def test_the_figure_is_the_formula_s() -> None:
    assert grade("one two three four. five six seven eight.", lambda word: 1) == pytest.approx(
        0.39 * 4 + 11.8 - 15.59
    )
    assert grade("Too few words", lambda word: 1) is None


def test_short_forms_are_easy_to_read(published: Published) -> None:
    """Of easy-read forms nine in ten are at grade 6 or below, and none is above 10."""
    found = [each for each in graded(published.entries.values(), syllables_of()) if each.field == "easy_read"]
    assert len(found) > 100
    assert sum(each.grade <= EASY for each in found) >= 0.9 * len(found)
    assert found[0].grade <= 10, found[0]


def test_the_list_names_the_hardest_first(published: Published) -> None:
    found = graded(published.entries.values(), syllables_of())
    said = list(lines(found, 3))
    assert len(said) == 7 and "of about" not in said[0]
    assert float(said[1].split()[0]) >= float(said[3].split()[0]) >= float(said[5].split()[0])
