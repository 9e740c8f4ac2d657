"""How often the words of a catalogue stand in it, counted once for each council and kept while it stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.analysis import words
from search.countable import written
from search.documents import Document

Owners = frozenset[str]  # the place words that say whose records they are


@dataclass(frozen=True, slots=True)
class Part:
    """The words of one council's documents."""

    documents: tuple[Document, ...]
    counts: Counter[str]  # in their texts
    names: frozenset[str]  # in their other names
    small: Counter[str]  # written with a small letter
    capital: Counter[str]  # written with a capital inside a sentence


class Vocabulary:
    """The words of all documents. What `previous` counted of the very same documents is not counted again."""

    def __init__(self, documents: Iterable[Document], previous: Vocabulary | None = None) -> None:
        kept: dict[Owners, Part] = previous._parts if previous else {}
        self._parts: dict[Owners, Part] = dict(_parts(_by_owner(documents), kept))

    def counts(self) -> Counter[str]:
        """How often each word stands in the texts."""
        return _sum(part.counts for part in self._parts.values())

    def names(self) -> frozenset[str]:
        """The words of other names."""
        return frozenset().union(*(part.names for part in self._parts.values()))

    def own(self, also: Iterable[str]) -> frozenset[str]:
        """The words that are used as words, not as names, and `also` those of the synonyms."""
        small = _sum(part.small for part in self._parts.values())
        capital = _sum(part.capital for part in self._parts.values())
        return frozenset((*also, *(word for word, times in small.items() if times > capital[word])))


def _by_owner(documents: Iterable[Document]) -> dict[Owners, list[Document]]:
    found: dict[Owners, list[Document]] = {}
    for document in documents:
        found.setdefault(document.codes("of"), []).append(document)
    return found


def _parts(groups: dict[Owners, list[Document]], kept: dict[Owners, Part]) -> Iterator[tuple[Owners, Part]]:
    for owners, documents in groups.items():
        same = kept.get(owners)
        fixed = tuple(documents)
        yield owners, same if same and same.documents == fixed else _counted(fixed)


def _counted(documents: tuple[Document, ...]) -> Part:
    counts, small, capital = Counter[str](), Counter[str](), Counter[str]()
    names = set[str]()
    for document in documents:
        counts.update(words("\n".join((document.title, document.summary, document.body))))
        names.update(word for name in document.also_known_as for word in words(name))
        for word, is_small in written(f"{document.title}\n{document.summary}"):
            (small if is_small else capital)[word] += 1
    return Part(documents, counts, frozenset(names), small, capital)


def _sum(counters: Iterable[Counter[str]]) -> Counter[str]:
    total = Counter[str]()
    for counter in counters:
        total.update(counter)
    return total
