"""One small index for each set of councils, and the protocol that keeps the engine replaceable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.analysis import catalogue_stem, is_stop_word, words_and_joined
from search.documents import Document, Key, age_bucket, digest_of
from search.engine import Engine, Wanted

ANALYSER_VERSION = "1"  # raise it when the chain changes, so that kept indexes are built again

# BM25F weights, measured on the judged queries: see tests/search/test_relevance.py.
FIELD_WEIGHTS = {"title": 3.0, "also": 2.0, "summary": 1.5, "body": 0.6}
LENGTH_MATTERS = 0.5


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list before ranking. None and () mean no clause at all, never "nothing"."""

    age: int | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """One document found; scores are comparable within one answer only."""

    key: Key
    score: float


class SearchIndex(Protocol):
    """What the finder needs of an engine."""

    digest: str

    def search(self, terms: Sequence[Wanted], where: Filters) -> list[Scored]:
        """Every document that fits, best first; no terms lists all that fit."""
        ...


def analyse(text: str) -> Iterator[str]:
    """The stems of a catalogue text, stop words left out."""
    return (catalogue_stem(word) for word in words_and_joined(text) if not is_stop_word(word))


class WhooshIndex:
    """A Whoosh index in memory over a fixed list of documents."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.digest = digest_of(documents, ANALYSER_VERSION)
        self._keys = [document.key for document in documents]
        self._engine = Engine(
            ((_weighed(document), _labels(document)) for document in documents),
            length_matters=LENGTH_MATTERS,
        )

    def __len__(self) -> int:
        return len(self._keys)

    def search(self, terms: Sequence[Wanted], where: Filters) -> list[Scored]:
        clauses: list[tuple[str, Sequence[str]]] = []
        if where.age is not None:
            clauses.append(("age", (age_bucket(where.age),)))
        if where.places:
            clauses.append(("place", where.places))
        found = self._engine.search(terms, clauses)
        return sorted(
            (Scored(self._keys[row], score) for row, score in found), key=lambda hit: (-hit.score, hit.key)
        )


def _weighed(document: Document) -> Iterator[tuple[str, float]]:
    also = "\n".join(document.also_known_as)
    texts = {"title": document.title, "also": also, "summary": document.summary, "body": document.body}
    return ((stem, FIELD_WEIGHTS[name]) for name, text in texts.items() for stem in analyse(text))


def _labels(document: Document) -> dict[str, Sequence[str]]:
    return {"age": document.age_buckets(), "place": sorted(document.places)}
