"""The one chain from text to words: for the index, the query and the vocabulary alike.

NFKC and lower case; apostrophes out (`don't` → `dont`); `£2,000` → `2000`; `T Level` →
`tlevel`; a hyphen between letters becomes a space and the joined form is kept too
(`wi-fi` → `wi fi wifi`); words are `[a-z0-9]+` of any length, since a lone letter can
be the point (band A, T Level). Stems are Porter2 with a few reviewed exceptions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from search.engine import porter2
from search.lists import read_lines

_APOSTROPHES = re.compile("['‘’‛`´ʼ＇]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_T_LEVEL = re.compile(r"\bt[\s-]?levels?\b")
_HYPHENATED = re.compile(r"\b[a-z]+(?:[-‐‑][a-z]+)+\b")
_WORD = re.compile(r"[a-z0-9]+")

# Porter2 gives these the stem of a word that means something else, or parts words that belong together.
_STEMS = {
    "university": "university", "universities": "university",  # else "univers", as universal (credit)
    "advocacy": "advoc",                                       # else apart from advocate
    "apprenticeship": "apprentic", "apprenticeships": "apprentic",  # else apart from apprentice
    "leaver": "leaver", "leavers": "leaver",
    "carer": "carer", "carers": "carer",
    "dentist": "dental", "dentists": "dental", "dentistry": "dental",
    "homelessness": "homeless",
    "pregnancy": "pregnant", "pregnancies": "pregnant",
    "counsellor": "counsel", "counsellors": "counsel", "counselor": "counsel",
    "internship": "intern", "internships": "intern",
    "hostel": "hostel", "hostels": "hostel",                   # beside host, hosting
    "custody": "custodi", "custodial": "custodi",
    "citizenship": "citizen",
    "driving": "drive", "driver": "drive", "drivers": "drive", "drove": "drive",
    "mentoring": "mentor",
    "studying": "studi", "student": "student",
    "ran": "run", "took": "take", "taken": "take",
}  # fmt: skip

STOP_WORDS = frozenset(word for line in read_lines("stop.txt") for word in line.split())


def normalise(text: str) -> str:
    """`text` in the one spelling that the words are cut from."""
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = _APOSTROPHES.sub("", plain)
    plain = _THOUSANDS.sub("", plain)
    return _T_LEVEL.sub(" tlevel ", plain)


def stem(word: str) -> str:
    """The stem of one lower-case word; the same for all forms of it."""
    return _STEMS.get(word) or porter2(word)


# For the words of the catalogue and of the lists only, never for what people type: nothing of that is kept.
catalogue_stem = lru_cache(maxsize=65_536)(stem)


def words(text: str) -> list[str]:
    """The words of `text` in order, unstemmed and without joined forms: for spelling and phrases."""
    return _WORD.findall(normalise(text))


def words_and_joined(text: str) -> Iterator[str]:
    """The words of `text` and, after the first half of each hyphenated one, its joined form."""
    plain = normalise(text)
    joined = {match.start(): re.sub("[^a-z]", "", match[0]) for match in _HYPHENATED.finditer(plain)}
    for match in _WORD.finditer(plain):
        yield match[0]
        if match.start() in joined:
            yield joined[match.start()]


def is_stop_word(word: str) -> bool:
    """Whether the word is asked with rather than asked for (*need*, *want*, *help*, *near*)."""
    return word in STOP_WORDS
