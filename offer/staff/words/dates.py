"""Dates without a year, and sums of money that do not say when they hold."""

import re
from collections.abc import Iterator

from offer.staff.words.jargon import Said
from offer.staff.words.reading import sentences_of

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NO_YEAR = r"(?!,?\s+(?:of\s+)?(?:19|20)\d\d)"
_EACH = r"(?:each|every|any)\s+(?:\w+\s+)?"
_DAY = re.compile(
    rf"(?P<each>{_EACH})?\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{_MONTHS})\b{_NO_YEAR}"
    rf"|(?:{_MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d){_NO_YEAR}"
    rf"|(?<=from |ntil |ince |fore )(?:{_MONTHS})\b(?!\s+\d){_NO_YEAR})"
)
_SUM = re.compile(r"£\d[\d,]*(?:\.\d\d)?(?:\s?(?:million|k)\b)?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ALWAYS = re.compile(r"\b(?:each|every) year\b", re.IGNORECASE)


def undated_days(words: str) -> Iterator[Said]:
    """Days and "from April" without a year; what comes round every year needs none."""
    for sentence in sentences_of(words):
        if _ALWAYS.search(sentence):
            continue
        for found in _DAY.finditer(sentence):
            if not found["each"]:
                day = found.group().strip()
                yield (
                    day,
                    "This date has no year.",
                    f"Write the year: “{day} 2026”, or “every year on {day}”.",
                )


def undated_amounts(words: str) -> Iterator[Said]:
    """Sums of a text in which no year stands: nobody can tell whether they are this year's."""
    sums = list(dict.fromkeys(_SUM.findall(words)))
    if sums and not _YEAR.search(words):
        said = "It does not say for which year."
        yield ", ".join(sums[:3]), said, "Say it: “in 2026 to 2027”, or give the days it holds."


def has_year(words: str) -> bool:
    """Whether a year stands in it."""
    return _YEAR.search(words) is not None
