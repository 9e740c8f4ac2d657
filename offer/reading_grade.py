"""How hard an entry's words are to read, field by field, for editors. It never holds anything back.

Flesch-Kincaid grade (J. P. Kincaid and others, 1975) with the syllables that pyphen's English patterns
find: 0.39 × words a sentence + 11.8 × syllables a word - 15.59. A grade of 6 is about age 11.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from offer.entitlements.schema import Entitlement
from offer.errors import PlainError

EASY = 6.0  # about reading age 11
FEWEST = 8  # words: of fewer the figure says nothing
_SENTENCE = re.compile(r"[.!?:;]+(?:\s|$)|\n")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")

Syllables = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Graded:
    """One field of one entry, its words and their grade."""

    slug: str
    field: str
    words: str
    grade: float


def syllables_of() -> Syllables:
    """Counts the syllables of a word. Raises PlainError where pyphen is not installed."""
    try:
        import pyphen  # for editors and tests: the service itself never needs it
    except ImportError as fault:
        raise PlainError("Reading grades need the package pyphen.", "Run: pip install pyphen") from fault
    patterns = pyphen.Pyphen(lang="en_GB")
    return lambda word: len(patterns.positions(word)) + 1


def grade(text: str, syllables: Syllables) -> float | None:
    """The school grade of English words; None where there are too few to tell."""
    words = _WORD.findall(text)
    if len(words) < FEWEST:
        return None
    sentences = sum(1 for part in _SENTENCE.split(text) if _WORD.search(part))
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59


def graded(entries: Iterable[Entitlement], syllables: Syllables) -> list[Graded]:
    """Every field that people read, the hardest first."""
    found = [
        Graded(entry.id, field, text, figure)
        for entry in entries
        for field, text in _fields(entry)
        if (figure := grade(text, syllables)) is not None
    ]
    return sorted(found, key=lambda each: (-each.grade, each.slug, each.field))


def _fields(entry: Entitlement) -> Iterator[tuple[str, str]]:
    yield "summary", entry.summary
    yield "who_for", entry.who_for
    yield "if_told_no", entry.if_told_no
    if entry.before_it_ends:
        yield "before_it_ends", entry.before_it_ends
    for name in ("what_you_get", "steps", "good_to_know", "not_sure"):
        for number, text in enumerate(getattr(entry, name)):
            yield f"{name}[{number}]", text
    if entry.easy_read:
        yield "easy_read", "\n".join(entry.easy_read.sentences)
    if entry.to_say:
        yield "to_say.first", entry.to_say.first
        yield "to_say.if_no", entry.to_say.if_no


def lines(found: list[Graded], most: int) -> Iterator[str]:
    """The hardest fields in plain lines, and how many are easy enough."""
    easy = sum(each.grade <= EASY for each in found)
    yield f"{easy} of {len(found)} texts are at grade {EASY:.0f} (about age 11) or easier."
    for each in found[:most]:
        yield f"{each.grade:5.1f}  {each.slug}: {each.field}"
        yield f"       {' '.join(each.words.split())[:110]}"
