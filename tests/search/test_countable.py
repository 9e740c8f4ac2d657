"""Words of a search that may be counted: everyday ones and the catalogue's own, never a name or a number."""

import pytest

from search.countable import countable
from search.finder import Finder
from search.lists import read_lines
from search.vocabulary import Vocabulary
from tests.search.making import DURHAM, by, make_document

OURS = frozenset({"guarantor", "uni"})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("where can i get a tattoo removed", ("removed", "tattoo")),
        ("Tattoo removal TATTOO", ("removal", "tattoo")),
        ("guarantor for chantelle okonkwo", ("guarantor",)),
        ("Jack Smith piano lessons", ("lessons", "piano")),
        ("piano 07700 900123 ng347ef b4 2026-11-22", ("piano",)),
        ("mia.jones@example.org piano", ("piano",)),
        ("the and of for", ()),
        ("xyzzy qqq", ()),
        ("", ()),
    ],
)
def test_names_and_numbers_are_left_out(typed: str, kept: tuple[str, ...]) -> None:
    assert countable(typed, OURS) == kept


def test_a_long_text_is_a_story_and_is_not_counted_at_all() -> None:
    six = "piano tattoo mattress nursery carpet passport"
    assert len(countable(six, OURS)) == 6
    assert countable(f"{six} wedding", OURS) == ()
    assert countable(f"{six} okonkwo", OURS) == (), "words that are left out count, too"


def test_the_catalogues_words_are_its_own_and_its_names_are_not() -> None:
    documents = [
        make_document("a", "Bursary from Harrison House", summary="Ask for the bursary at Harrison House."),
        make_document("b", "Bursary", summary="A bursary."),
    ]
    found = Vocabulary(documents).own(["skint"])
    assert {"bursary", "skint"} <= found
    assert "harrison" not in found


def test_a_finder_knows_the_words_of_every_council_and_of_the_synonyms() -> None:
    finder = Finder([make_document("a", "Grant", summary="A septuagint grant.", places=by(DURHAM))])
    assert finder.countable("septuagint skint quux") == ("septuagint", "skint")


def test_the_list_of_everyday_words_holds_no_common_first_name() -> None:
    listed = {word for line in read_lines("common.txt") for word in line.split()}
    names = "jack olivia amelia noah leo ava mia lily george harry muhammad ali kyle chelsea aisha penny rose"
    assert listed.isdisjoint(names.split())
    assert all(word.isascii() and word.isalpha() and word.islower() for word in listed)
