"""Reading grades: plain words come out easy, statute does not; the list names the hardest first."""

import pytest

from offer.commands.reports import bodies_of
from offer.published import Published
from offer.staff.words.kinder import our_terms
from offer.staff.words.listing import advice, graded, lines
from offer.staff.words.reading import EASY, grade

PLAIN = "You can get money for your first home. Ask your adviser. They will tell you how to get it."
STATUTE = (
    "Subject to subsection (2), the responsible authority shall, in consequence of representations "
    "made pursuant to paragraph (a), undertake an assessment of the continuing accommodation "
    "requirements of the individual concerned notwithstanding any previous determination."
)


def test_plain_words_are_graded_far_below_statute() -> None:
    assert grade(PLAIN) < EASY < 15 < grade(STATUTE)


def test_the_figure_is_the_formula_s() -> None:
    assert grade("A cat sat on it. A dog ran to us.") == pytest.approx(0.39 * 5 + 11.8 - 15.59)
    assert grade("…") == 0


def test_the_list_names_the_hardest_first(published: Published) -> None:
    said = list(lines(graded(bodies_of(published)), 3))
    assert len(said) == 7 and "of about" not in said[0]
    assert float(said[1].split()[0]) >= float(said[3].split()[0]) >= float(said[5].split()[0])


def test_advice_names_entry_field_and_words() -> None:
    body = {"id": "bursary", "title": "Bursary", "steps": ["Click here for the bursary."], "ask": "us"}
    said = list(advice([("entitlement", body)], our_terms()))
    assert said[0].startswith("bursary, steps[0]: “Click here”: This does not say where it leads.")
