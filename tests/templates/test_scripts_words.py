"""Scripts hold no sentences: what they say stands in the page, said by gettext in its language."""

import re
from pathlib import Path

import pytest

import templates

SCRIPTS = Path(templates.__file__).parent / "js"
# The twin of the rules says reasons as the API does: in English, marked as English by whoever shows it;
# "words" is of staff pages, which are English only.
IN_ENGLISH = ("twin", "care", "words")
_QUOTED = re.compile(r'"([^"\n]*)"|`([^`]*)`')
_SENTENCE = re.compile(r"^[A-Z][a-z’']+ [a-z]|\b[a-z]+ [a-z]+ [a-z]+[.…]$")
_NOT_SHOWN = re.compile(r"^\s*(//|/?\*)|throw new Error|\bconsole\.")


def sentences(script: str) -> list[str]:
    """The quoted texts of a script that read like English said to somebody."""
    lines = (line for line in script.splitlines() if not _NOT_SHOWN.search(line))
    texts = (one or other for line in lines for one, other in _QUOTED.findall(line))
    return [text for text in texts if _SENTENCE.search(text)]


def ours() -> list[Path]:
    """Every module but those that speak for the API."""
    return sorted(path for path in SCRIPTS.rglob("*.mjs") if path.parent.name not in IN_ENGLISH)


@pytest.mark.parametrize("path", ours(), ids=lambda path: path.stem)
def test_a_script_holds_no_sentence(path: Path) -> None:
    assert sentences(path.read_text("utf-8")) == []


def test_a_sentence_is_found() -> None:
    assert sentences('say("Your answers are forgotten.");\nfetch("/pack/rules");') == [
        "Your answers are forgotten."
    ]
