"""Putting right a misspelt word, from the words of the whole catalogue.

A word of four letters or more that neither the catalogue nor the lists know becomes the
nearest known word with the same first letter: fewest edits first, then one that differs only in a
doubled letter (*arears*), then the word used most. A swap of neighbours (*perscription*) is one edit.

Words that stand only among the "also known as" may be names, or misspellings that somebody
added so that they are found: such a word is taken for a misspelling where a word close to it
is common in the texts (*colledge*, beside *college* thirty times), or a long one differs by one letter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import STOP_WORDS, catalogue_stem, normalise, stem
from search.lists import read_lines

SHORTEST = 4
COMMON = 5  # times in the texts from which a word may be what an "also known as" meant

_WORD = re.compile(r"[a-z0-9]+")
_DOUBLED = re.compile(r"(.)\1+")


def edits_allowed(word: str) -> int:
    """How many edits away a correction may be: 1 to six letters, 2 to eight, 3 from nine."""
    if len(word) <= 6:
        return 1
    return 2 if len(word) <= 8 else 3


@dataclass(frozen=True)
class Speller:
    """Corrects words against `counts`, how often each word stands in the texts of the catalogue."""

    counts: Mapping[str, int]
    known: frozenset[str]  # words that are right though the texts have none of them
    names: frozenset[str] = frozenset()  # words of the "also known as": right, unless close to a common word
    fixed: Mapping[str, str] = field(default_factory=dict)  # wrong first letters and sounds: fone → phone
    _by_letter: Mapping[str, list[str]] = field(init=False, repr=False)
    _stems: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.counts):
            if len(word) >= SHORTEST:
                by_letter[word[0]].append(word)
        object.__setattr__(self, "_by_letter", dict(by_letter))
        object.__setattr__(self, "_stems", frozenset(catalogue_stem(word) for word in self.counts))

    def word(self, word: str) -> str:
        """The word meant; the same word where it is known, short, has a digit, or nothing is near."""
        if word in self.fixed:
            return self.fixed[word]
        if len(word) < SHORTEST or not word.isalpha() or self._knows(word):
            return word
        near = process.extract(
            word,
            self._by_letter.get(word[0], []),
            scorer=OSA.distance,
            score_cutoff=edits_allowed(word),
            limit=None,
        )
        if word in self.names:
            near = [found for found in near if self._is_meant(word, found[0], int(found[1]))]
        if not near:
            return word
        return min(near, key=lambda found: self._distance(word, found[0], int(found[1])))[0]

    def _distance(self, word: str, near: str, edits: int) -> tuple[int, bool, int, str]:
        """How far: fewest edits, then a letter wrongly doubled or not (arears), then the word used most."""
        return edits, _undoubled(word) != _undoubled(near), -self.counts[near], near

    def _is_meant(self, name: str, near: str, edits: int) -> bool:
        """Whether `name`, which somebody added, is a slip of `near`: a common word, or one letter away."""
        return self.counts[near] >= COMMON or (edits == 1 and len(name) >= 7)

    def _knows(self, word: str) -> bool:
        return word in self.counts or word in self.known or stem(word) in self._stems

    def text(self, query: str) -> str | None:
        """`query` with its words corrected, in lower case; None where nothing needed it."""
        plain = normalise(query)
        corrected = _WORD.sub(lambda match: self.word(match[0]), plain)
        return " ".join(corrected.split()) if corrected != plain else None


def _undoubled(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


def speller_from(
    counts: Counter[str], named: frozenset[str], known: Iterable[str], left_alone: Iterable[str] = ()
) -> Speller:
    """A speller for a catalogue whose texts hold each word so often, and whose other names these words.

    `known` words are right and may be what was meant; words `left_alone` are only right.
    """
    ordinary = (word for line in read_lines("ordinary.txt") for word in line.split())
    for word in known:
        counts.setdefault(word, 0)
    fixed = dict(_fix(line) for line in read_lines("spelling.txt"))
    return Speller(counts, frozenset((*ordinary, *STOP_WORDS, *left_alone)), named, fixed)


def _fix(line: str) -> tuple[str, str]:
    wrong, _, right = line.partition("->")
    return wrong.strip(), right.strip()
