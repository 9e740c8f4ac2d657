"""One small index for each set of councils, and the protocol that keeps the engine replaceable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from search.analysis import catalogue_stem, is_stop_word, tokens
from search.documents import Document, Key, age_bucket, digest_of
from search.engine import Engine, Wanted

ANALYSER_VERSION = "1"  # raise it when the chain changes, so that kept indexes are built again

# BM25F weights, measured on the judged queries: see tests/search/test_relevance.py.
FIELD_WEIGHTS = {"title": 3.0, "also": 2.0, "summary": 1.5, "body": 0.6}
LENGTH_MATTERS = 0.75

Analysed = tuple[tuple[str, int], ...]


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


def analyse(text: str) -> Analysed:
    """The stems of a catalogue text with their places, stop words out and the places closed up."""
    found: list[tuple[str, int]] = []
    place, last = -1, -1
    for token in tokens(text, catalogue_stem):
        if is_stop_word(token.word):
            continue
        if token.position != last:
            place, last = place + 1, token.position
        found.append((token.stem, place))
    return tuple(found)


class WhooshIndex:
    """A Whoosh index in memory over a fixed list of documents."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.digest = digest_of(documents, ANALYSER_VERSION)
        self._keys = [document.key for document in documents]
        self._engine = Engine(
            FIELD_WEIGHTS,
            ("age", "place"),
            ((_texts(document), _labels(document)) for document in documents),
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


def _texts(document: Document) -> dict[str, Analysed]:
    return {
        "title": analyse(document.title),
        "also": analyse("\n".join(document.also_known_as)),
        "summary": analyse(document.summary),
        "body": analyse(document.body),
    }


def _labels(document: Document) -> dict[str, Sequence[str]]:
    return {"age": document.age_buckets(), "place": sorted(document.places)}
