"""Whether a query's words mean that somebody may be in danger: help is shown before any result.

Matched on the query only, against reviewed lists (`words/crisis.txt`): stems in order, at most one word
between two of them. Each word is put right against these lists *before* stemming, from three letters on
(`kil`, `suicdal`), and joined and split forms are tried (`selfharm`, `no where`). Nothing is kept or logged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import catalogue_stem, is_stop_word, stem, words
from search.crisis_list import LIGHT, Need, Pattern, forms_of, read_needs
from search.lists import read_lines
from search.spelling import edits_allowed
from search.synonyms import read_synonyms

SHORTEST = 3  # letters from which spelling is put right: "kil"
LONGEST_PARTED = 30  # letters of two words written together; longer is no word, and slow to try
MOST_WORDS = 3000  # read of one text: two dozen pages, in half a second

Read = Sequence[frozenset[str]]  # for each word of the query, the stems it may stand for


@dataclass(frozen=True, slots=True)
class Crisis:
    """The reviewed lists, ready to match."""

    by_need: tuple[Need, ...]
    forms: Mapping[str, str]  # every form of every listed word → its stem
    by_letter: Mapping[str, tuple[str, ...]]  # the forms, by first letter
    pairs: frozenset[tuple[str, str]]  # stems that stand side by side in a list
    ordinary: frozenset[str]  # everyday words that spelling must leave alone

    def needs(self, query: str) -> tuple[str, ...]:
        """The needs that the words point to, in the order of the lists; () for an ordinary query."""
        readings = self._readings(words(query)[:MOST_WORDS])
        return tuple(need.name for need in self.by_need if any(_fires(need, each) for each in readings))

    def searched_for(self, need: str) -> tuple[tuple[str, ...], ...]:
        """What the search looks for when `need` is met, as stems."""
        return next(each.look_for for each in self.by_need if each.name == need)

    def _readings(self, typed: Sequence[str]) -> list[Read]:
        joined = self._joined(typed)
        variants = {tuple(typed), tuple(joined), tuple(self._split(typed)), tuple(self._split(joined))}
        return [[self._meant(word) for word in variant if word not in LIGHT] for variant in sorted(variants)]

    def _meant(self, word: str) -> frozenset[str]:
        """The stems a typed word may stand for: its own, and those of listed words it is nearly spelt as."""
        if word in self.forms or word in self.ordinary or len(word) < SHORTEST or not word.isalpha():
            return frozenset((stem(word),))
        near = process.extract(
            word,
            self.by_letter.get(word[0], ()),
            scorer=OSA.distance,
            score_cutoff=edits_allowed(word),
            limit=None,
        )
        return frozenset((stem(word), *(self.forms[found[0]] for found in near)))

    def _joined(self, typed: Sequence[str]) -> list[str]:
        """`no where` → `nowhere`, `my self` → `myself`, also slightly misspelt."""
        out: list[str] = []
        for word in typed:
            whole = self._listed(out[-1] + word) if out else None
            if whole is not None:
                out[-1] = whole
            else:
                out.append(word)
        return out

    def _listed(self, joined: str) -> str | None:
        if joined in self.forms:
            return joined
        if len(joined) < 6 or not joined.isalpha() or joined in self.ordinary:
            return None
        near = process.extractOne(
            joined, self.by_letter.get(joined[0], ()), scorer=OSA.distance, score_cutoff=1
        )
        return str(near[0]) if near else None

    def _split(self, typed: Iterable[str]) -> list[str]:
        """`selfharm` → `self harm`, `tokill` → `to kill`: a space left out beside a listed word."""
        out: list[str] = []
        for word in typed:
            out.extend(self._halves(word) or (word,))
        return out

    def _halves(self, word: str) -> tuple[str, str] | None:
        """The halves of what is no word: two that stand side by side in a list, else two that are known."""
        if len(word) > LONGEST_PARTED or word in self.forms or word in self.ordinary:
            return None
        cuts = [(word[:at], word[at:]) for at in range(1, len(word))]
        listed = (cut for cut in cuts if (self.forms.get(cut[0]), self.forms.get(cut[1])) in self.pairs)
        known = (cut for cut in cuts if self._may_be_parted(*cut))
        return next(listed, None) or next(known, None)

    def _may_be_parted(self, left: str, right: str) -> bool:
        """Whether one half is a listed word and the other too, or a small word of any question."""
        halves = (left in self.forms, right in self.forms)
        small = (is_stop_word(left) or left in LIGHT, is_stop_word(right) or right in LIGHT)
        return any(halves) and all(a or b for a, b in zip(halves, small, strict=True))


def read_crisis(right: Iterable[str] = ()) -> Crisis:
    """The reviewed lists, with more words that are spelt right (`pip` is no `pimp`).

    Raises BadCrisisLineError, with the line number, where a line cannot be read.
    """
    needs = read_needs()
    stems = {part for need in needs for pattern in need.all_patterns for part in pattern}
    forms = {form: catalogue_stem(form) for options in stems for word in options for form in forms_of(word)}
    by_letter: dict[str, list[str]] = defaultdict(list)
    for form in sorted(forms):
        if len(form) >= SHORTEST:
            by_letter[form[0]].append(form)
    listed = [pattern for need in needs for pattern in need.patterns]
    return Crisis(
        by_need=tuple(need.stemmed() for need in needs),
        forms=forms,
        by_letter={letter: tuple(found) for letter, found in by_letter.items()},
        pairs=frozenset(pair for pattern in listed for pair in _pairs(pattern)),
        ordinary=frozenset((*right, *_words_of("ordinary.txt"), *_words_of("common.txt"))),
    )


def _words_of(name: str) -> Iterator[str]:
    return (word for line in read_lines(name) for word in line.split())


@lru_cache(maxsize=1)
def _lists() -> Crisis:
    return read_crisis(read_synonyms().words)


def needs(query: str) -> tuple[str, ...]:
    """The needs of the help-now banner that the words of `query` point to; () for an ordinary query."""
    return _lists().needs(query)


def _pairs(pattern: Pattern) -> set[tuple[str, str]]:
    return {
        (catalogue_stem(left), catalogue_stem(right))
        for first, second in pairwise(pattern)
        for left in first
        for right in second
    }


def _fires(need: Need, query: Read) -> bool:
    """Whether a pattern matches that is no part of one of the need's ordinary phrases."""
    present = frozenset().union(*query)
    likely = (pattern for pattern in need.patterns if not pattern[0].isdisjoint(present))
    matches = [match for pattern in likely for match in _matches(pattern, query)]
    if not matches:
        return False
    ordinary = [match for pattern in need.unless for match in _matches(pattern, query)]
    return any(not any(match <= phrase for phrase in ordinary) for match in matches)


def _matches(pattern: Pattern, query: Read) -> list[frozenset[int]]:
    """The places in the query of each match, in order with at most one word between two of them."""
    found: list[tuple[int, ...]] = [(at,) for at, meant in enumerate(query) if meant & pattern[0]]
    for part in pattern[1:]:
        found = [
            (*places, at)
            for places in found
            for at in (places[-1] + 1, places[-1] + 2)
            if at < len(query) and query[at] & part
        ]
    return [frozenset(places) for places in found]
