"""Reading the reviewed word lists that stand in `search/words/`.

One record a line. `#` starts the reason, which a reader needs and the program does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("words")


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a list with its reason and its line number, from 1."""

    text: str
    reason: str
    number: int


def read_list(name: str) -> tuple[Line, ...]:
    """The records of `search/words/<name>`, comment lines and blank lines left out."""
    found = []
    for number, raw in enumerate((FOLDER / name).read_text(encoding="utf-8").splitlines(), start=1):
        text, _, reason = raw.partition("#")
        if text.strip():
            found.append(Line(text.strip(), reason.strip(), number))
    return tuple(found)


def read_lines(name: str) -> tuple[str, ...]:
    """The texts alone."""
    return tuple(line.text for line in read_list(name))
