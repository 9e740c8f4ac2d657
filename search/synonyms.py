"""Other words for the same thing, from the reviewed file `words/synonyms.txt`.

One direction a line: `skint -> emergency help | food  # slang`. The left side is what
people type, matched on stems, longest first, before stop words go; the right side is
what the catalogue calls it, each a word or a phrase (all of its words count).

`=>` in place of `->` marks what somebody wants done, whatever it is about: in "complain about
my social worker" the complaint counts for more than the worker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.analysis import catalogue_stem, is_stop_word, stem, words
from search.engine import Wanted
from search.lists import Line, read_list

WEIGHT = 0.6  # measured: 0.9 as good, 0.3 worse
WISH_WEIGHT = 2.0  # a `=>` line


class BadSynonymError(ValueError):
    """A line of the synonym file that cannot be used, with its number."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What is searched besides the words typed."""

    longest: int
    by_phrase: Mapping[tuple[str, ...], tuple[Wanted, ...]]
    words: frozenset[str]  # every word of the file as written: spelling takes them as known

    def of(self, typed: Sequence[str]) -> list[Wanted]:
        """The synonyms of the words typed, in order; a word serves one phrase only, the longest."""
        stems = [stem(word) for word in typed]
        found: list[Wanted] = []
        at = 0
        while at < len(stems):
            size = self._match(stems, at)
            found.extend(self.by_phrase.get(tuple(stems[at : at + size]), ()))
            at += max(size, 1)
        return found

    def _match(self, stems: Sequence[str], at: int) -> int:
        for size in range(min(self.longest, len(stems) - at), 0, -1):
            if tuple(stems[at : at + size]) in self.by_phrase:
                return size
        return 0


def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the words of a list that are searched: stop words left out."""
    return tuple(catalogue_stem(word) for word in words(text) if not is_stop_word(word))


def read_synonyms() -> Synonyms:
    """The reviewed file. Raises BadSynonymError, with the line number, on a line that cannot be used."""
    by_phrase: dict[tuple[str, ...], tuple[Wanted, ...]] = {}
    known: set[str] = set()
    for line in read_list("synonyms.txt"):
        phrase, targets = _read(line)
        if phrase in by_phrase:
            raise BadSynonymError(f"line {line.number}: {line.text!r} stands in the file twice")
        by_phrase[phrase] = targets
        known.update(words(line.text))
    return Synonyms(max(map(len, by_phrase)), by_phrase, frozenset(known))


def _read(line: Line) -> tuple[tuple[str, ...], tuple[Wanted, ...]]:
    arrow, weight = ("=>", WISH_WEIGHT) if "=>" in line.text else ("->", WEIGHT)
    left, found, right = line.text.partition(arrow)
    phrase = tuple(catalogue_stem(word) for word in words(left))
    targets = tuple(filter(None, (content_stems(part) for part in right.split("|"))))
    if not found or not phrase or not targets:
        raise BadSynonymError(
            f"line {line.number}: write it as: what people type -> what we call it  # reason"
        )
    return phrase, tuple(Wanted(target, weight) for target in targets)
