"""Which words of a text are those that were looked for, in any form: so that a page can mark them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from search.analysis import catalogue_stem, words

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text, `found` where it is a word that was looked for. All parts together are the text."""

    text: str
    found: bool


def marked(text: str, stems: Collection[str]) -> tuple[Part, ...]:
    """`text`, of the catalogue, in parts; `stems` as `Found.stems` gives them."""
    parts = groupby((part for part in _parts(text, stems) if part.text), key=lambda part: part.found)
    return tuple(Part("".join(part.text for part in run), found) for found, run in parts)


def _parts(text: str, stems: Collection[str]) -> Iterator[Part]:
    at = 0
    for word in _WORD.finditer(text):
        if any(catalogue_stem(each) in stems for each in words(word[0])):
            yield Part(text[at : word.start()], found=False)
            yield Part(word[0], found=True)
            at = word.end()
    yield Part(text[at:], found=False)
