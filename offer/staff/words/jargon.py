"""Jargon in a text, with the kinder words."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from offer.staff.words.kinder import Term

Said = tuple[str, str, str]  # the words quoted, what is the matter, what to write


def kinder(words: str, everything: str, terms: Iterable[Term]) -> Iterator[Said]:
    """Each word of the list once a text; an official one only where it is first and nothing explains it."""
    for term in terms:
        found = _first(term, words)
        if found is None:
            continue
        say = " or ".join(f"“{each}”" for each in term.say)
        if not term.keep:
            yield found, "This is office language.", f"Write {say}."
        elif _is_first(term, words, everything) and not _is_explained(term, everything):
            yield (
                found,
                "This is an official word: people need it, but not all know it.",
                f"Keep it, and add {say}.",
            )


def _first(term: Term, words: str) -> str | None:
    """The word as it stands; None where it does not, or only in a name ("the Crisis and Resilience Fund")."""
    for phrase in term.fine_in:
        words = re.sub(re.escape(phrase), "", words, flags=re.IGNORECASE)
    begin = {word[0] for word in term.words}
    for found in _pattern(term.words).finditer(words):
        quote = found.group()
        is_name = quote[0] not in begin and not quote.isupper() and _goes_on(words[: found.start()])
        if not is_name:
            return quote
    return None


def _goes_on(before: str) -> bool:
    """Whether a sentence is under way."""
    return bool(before.strip()) and not before.rstrip().endswith((".", "!", "?", ":"))


def _is_first(term: Term, words: str, everything: str) -> bool:
    found = _pattern(term.words).search(everything)
    return found is not None and found.start() <= everything.find(words) + len(words)


def _is_explained(term: Term, everything: str) -> bool:
    """With the kinder words, or beside brackets: "your plan (the pathway plan)"."""
    word = _pattern(term.words).pattern
    if re.search(rf"\((?:[\w’']+ ){{0,2}}{word}|{word} \(", everything):
        return True
    return any(each.casefold() in everything.casefold() for each in term.say)


@lru_cache(maxsize=1024)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Initials as they are written; everything else however it begins."""
    listed = (
        re.escape(each) if each.isupper() else f"(?i:{re.escape(each)})"
        for each in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(listed)})(?![\w-])")
