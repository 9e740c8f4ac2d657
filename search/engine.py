"""The one place that touches Whoosh, which carries no types.

Whoosh-Reloaded 2.7.5 is frozen and has faults; each rule below is there for one of
them and has a test in `tests/search/test_engine_traps.py`:

* never `filter=` or `mask=`: an empty set there means "everything";
* always `limit=None`, cut in Python: with a limit an And loses hits without a word;
* ages as words, never a numeric range; queries built by hand, never parsed;
* an index is rebuilt whole, never edited, and lives in memory only (its files are pickles);
* one searcher for each index, behind one lock.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from whoosh import fields, query, scoring
from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.filedb.filestore import RamStorage
from whoosh.lang.porter2 import stem as _porter2

# Above this much posting data Whoosh spills runs to a file it later fails to find in memory
# (about 17,000 records at its default of 128): far above anything one process would hold.
_POOL_MB = 16_384


def porter2(word: str) -> str:
    """The Porter2 stem of one lower-case English word."""
    return str(_porter2(word))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Stems looked for and what they weigh; two or more are a phrase, or else all of them anywhere."""

    stems: tuple[str, ...]
    weight: float = 1.0


class _MemoryOnly(RamStorage):  # type: ignore[misc]  # Whoosh has no types
    """Memory storage whose scratch space is memory too.

    Whoosh's own builds every index through one fixed folder of the machine's temporary
    directory, which two builds at once, or another user, can meet in.
    """

    def temp_storage(self, name: str | None = None) -> RamStorage:
        return _MemoryOnly()


class _Given(Analyzer):  # type: ignore[misc]  # Whoosh has no types
    """Takes text that is already analysed, written as `stem@position` since Whoosh wants one string."""

    def __call__(self, value: str, **options: Any) -> Iterator[Any]:
        token = WhooshToken(positions=True, chars=False, mode=options.get("mode", ""))
        for written in value.split():
            stem, _, position = written.partition("@")
            token.text, token.pos, token.boost, token.stopped = stem, int(position), 1.0, False
            yield token


def _written(pairs: Iterable[tuple[str, int]]) -> str:
    return " ".join(f"{stem}@{position}" for stem, position in pairs)


class Engine:
    """One index in memory over analysed texts. Safe to search from many threads.

    `rows` are (texts by field as (stem, position) pairs, labels by field). A row's number is its place.
    """

    def __init__(
        self,
        weights: Mapping[str, float],
        labels: Sequence[str],
        rows: Iterable[tuple[Mapping[str, Sequence[tuple[str, int]]], Mapping[str, Iterable[str]]]],
        *,
        length_matters: float,
    ) -> None:
        self._weights = dict(weights)
        # Which stems stand in which field: asking Whoosh for one that does not is most of a query's cost.
        self._lexicon: dict[str, set[str]] = {name: set() for name in weights}
        body = {name: fields.TEXT(analyzer=_Given(), phrase=True) for name in weights}
        label = {name: fields.KEYWORD() for name in labels}
        index = _MemoryOnly().create_index(fields.Schema(**body, **label))
        writer = index.writer(limitmb=_POOL_MB)
        try:
            self.count = 0
            for texts, tags in rows:
                for name, pairs in texts.items():
                    self._lexicon[name].update(stem for stem, _ in pairs)
                written = {name: _written(pairs) for name, pairs in texts.items()}
                joined = {name: " ".join(values) for name, values in tags.items()}
                writer.add_document(**written, **joined)
                self.count += 1
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self._lock = threading.Lock()
        self._searcher = index.searcher(weighting=scoring.BM25F(B=length_matters, K1=1.2))

    def search(
        self, wanted: Sequence[Wanted], where: Sequence[tuple[str, Sequence[str]]]
    ) -> list[tuple[int, float]]:
        """Every row that fits, as (row, score), in no promised order.

        `where` is a list of (label, values): a row fits when it carries one of the values of each. Nothing
        `wanted` lists all rows that fit, with equal scores. Scores mean order only.
        """
        built = self._query(wanted, where)
        with self._lock:
            results = self._searcher.search(built, limit=None)
            return [(hit.docnum, float(hit.score)) for hit in results]

    def _query(self, wanted: Sequence[Wanted], where: Sequence[tuple[str, Sequence[str]]]) -> Any:
        fits = [query.Or([query.Term(label, value) for value in values]) for label, values in where]
        if not wanted:
            return query.And(fits) if fits else query.Every()
        clauses = [
            self._clause(name, each) for each in wanted for name in self._weights if self._has(name, each)
        ]
        if not clauses:
            return query.NullQuery
        words = query.Or(clauses)
        return query.And([words, query.ConstantScoreQuery(query.And(fits), 0.0)]) if fits else words

    def _has(self, name: str, wanted: Wanted) -> bool:
        return all(stem in self._lexicon[name] for stem in wanted.stems)

    def _clause(self, name: str, wanted: Wanted) -> Any:
        weight = self._weights[name] * wanted.weight
        if len(wanted.stems) == 1:
            return query.Term(name, wanted.stems[0], boost=weight)
        share = weight / len(wanted.stems)
        every = query.And([query.Term(name, stem, boost=share) for stem in wanted.stems])
        return query.Or([query.Phrase(name, list(wanted.stems), boost=weight), every])
