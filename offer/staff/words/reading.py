"""How hard words are to read: sentences, words, and the Flesch-Kincaid grade.

J. P. Kincaid and others, 1975: 0.39 × words a sentence + 11.8 × syllables a word - 15.59, in years of
school. Grade 6 is about age 11.
"""

import re

import pyphen

EASY = 6.0  # about reading age 11
FEWEST = 8  # words: of fewer the figure says nothing
_HYPHENS = pyphen.Pyphen(lang="en_GB")
_VOWELS = re.compile(r"[aeiouy]+")
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-Z0-9£\"(])|\n+")
_WORD = re.compile(r"[A-Za-z0-9£%'’.@-]+")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; "Ask first: it is free" is one, "Ask: Then go." two."""
    return [part for part in _SENTENCE.split(text) if words_of(part)]


def words_of(text: str) -> list[str]:
    """The words of a text, numbers and addresses included."""
    return [word for found in _WORD.findall(text) if (word := found.strip(".'’-"))]


def grade(text: str) -> float:
    """The school grade of a text; 0 where it has no word. Of fewer than FEWEST words it says nothing.

    Names count as short: nobody can say "Lincolnshire" in an easier way.
    """
    sentences = sentences_of(text)
    words = [word for sentence in sentences for word in _plain(words_of(sentence))]
    if not words:
        return 0.0
    spoken = sum(map(syllables_of, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


def _plain(words: list[str]) -> list[str]:
    return [word if n == 0 or word.islower() else "x" for n, word in enumerate(words)]


def syllables_of(word: str) -> int:
    """The larger of two counts, each of which misses some: places to hyphenate, and groups of vowels."""
    word = word.lower()
    silent = word.endswith(("e", "es", "ed")) and not word.endswith(("le", "les", "ted", "ded", "ees", "ee"))
    vowels = len(_VOWELS.findall(word)) - silent
    return max(1, vowels, len(_HYPHENS.positions(word)) + 1)
