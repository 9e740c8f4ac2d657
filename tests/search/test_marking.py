"""Words of a text that were looked for are marked, in any form, and nothing of the text is lost."""

from hypothesis import given
from hypothesis import strategies as st

from search.analysis import stem
from search.marking import Part, marked


def found(text: str, *words: str) -> list[str]:
    return [part.text for part in marked(text, {stem(word) for word in words}) if part.found]


def test_any_form_of_a_word_is_marked() -> None:
    assert found("Money for apprentices and the old", "apprentice") == ["apprentices"]
    assert found("Stay with your foster family (Staying Put)", "staying") == ["Stay", "Staying"]


def test_a_word_with_a_hyphen_or_an_apostrophe_is_marked_whole() -> None:
    assert found("Free Wi-Fi in your council's home", "council") == ["council's"]
    assert found("A one-bedroom flat", "bedroom") == ["one-bedroom"]


def test_neighbours_are_not_run_together() -> None:
    assert marked("bus pass", {"bus"}) == (Part("bus", True), Part(" pass", False))
    assert marked("", {"bus"}) == ()


@given(st.text(), st.frozensets(st.text(max_size=5)))
def test_the_parts_are_the_text(text: str, stems: frozenset[str]) -> None:
    assert "".join(part.text for part in marked(text, stems)) == text
