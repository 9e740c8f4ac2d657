"""Which words of a search may be counted for the managers' list of gaps: none that could be somebody's name.

A word may where it stands in the reviewed list of everyday words (`words/common.txt`) or in the synonyms, or
where the catalogue writes it with a small letter more often than with a capital. Stop words are left out.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache

from search.analysis import is_stop_word, words
from search.lists import read_lines

LONGEST_WORD = 25  # letters
MOST_WORDS = 6  # more words than these are no search but a story, which may be known again by its words

_EMAIL = re.compile(r"(?<!\S)\S*@\S*")
_SENTENCE_END = re.compile(r"[.!?:\n]")
_WRITTEN = re.compile(r"(?<![\w'’])[A-Za-z]+(?![\w'’])")


def countable(text: str, vocabulary: Container[str]) -> tuple[str, ...]:
    """The words that may be counted, each once, in alphabetical order; () for none, and for too many."""
    typed = {word for word in words(_EMAIL.sub(" ", text)) if word.isalpha() and not is_stop_word(word)}
    if len(typed) > MOST_WORDS:
        return ()
    known = (word for word in typed if word in _everyday() or word in vocabulary)
    return tuple(sorted(word for word in known if len(word) <= LONGEST_WORD))


def written(text: str) -> Iterator[tuple[str, bool]]:
    """Each word in small letters, and whether it is written so. The first of a sentence may be either."""
    for sentence in _SENTENCE_END.split(text):
        for at, word in enumerate(_WRITTEN.findall(sentence)):
            if word.islower():
                yield word, True
            elif at:  # the first word of a sentence has a capital whatever it is
                yield word.lower(), False


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    return frozenset(word for line in read_lines("common.txt") for word in line.split())
