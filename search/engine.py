"""The one place that touches Whoosh, which carries no types.

Whoosh-Reloaded 2.7.5 is frozen and has faults; each rule below is there for one of
them and has a test in `tests/search/test_engine_traps.py`:

* its query classes, collectors and parser are not used: a filter that is empty means "everything" there, a
  limit loses hits without a word, and walking a union of a few words takes longer than all else together;
  we read the postings of each word with their BM25F scores, add them up, and filter by label ourselves;
* an index is rebuilt whole, never edited, and lives in memory only (its files are pickles);
* one searcher for each index, behind one lock.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from whoosh import fields, scoring
from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.filedb.filestore import RamStorage
from whoosh.lang.porter2 import stem as _porter2

# Above this much posting data Whoosh spills runs to a file it later fails to find in memory
# (about 17,000 records at its default of 128): far above anything one process would hold.
_POOL_MB = 16_384
_POSTINGS_KEPT = 100_000  # of one index, read and scored: at most about 10 MB; one of 200 records has 15,000


def porter2(word: str) -> str:
    """The Porter2 stem of one lower-case English word."""
    return str(_porter2(word))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Stems looked for and what each weighs; of two or more, all must stand in the text, in any place.

    Asking for them side by side gained nothing on the judged queries and took twice as long.
    """

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
    """Takes text that is already analysed, written as `stem@weight` since Whoosh wants one string."""

    def __call__(self, value: str, **options: Any) -> Iterator[Any]:
        token = WhooshToken(positions=False, chars=False, mode=options.get("mode", ""))
        for written in value.split():
            stem, _, weight = written.partition("@")
            token.text, token.boost, token.stopped = stem, float(weight), False
            yield token


Row = tuple[Iterable[tuple[str, float]], Mapping[str, Iterable[str]]]


@lru_cache(maxsize=4_096)
def _same(values: frozenset[str]) -> frozenset[str]:
    """One set for all rows that carry the same: a council's records have few different ages and places."""
    return values


class Engine:
    """One index in memory over analysed texts. Safe to search from many threads.

    A row is its words, (stem, weight) each, and its labels by name; a row's number is its place. The weights
    of a stem are summed before BM25F levels them off, so that a title counts more without a field of its own:
    a quarter of the clauses of a query over four fields, and as good on the judged queries.
    """

    def __init__(self, rows: Iterable[Row], *, length_matters: float) -> None:
        # Which stems there are: asking Whoosh for one it has not is much of a query's cost.
        self._lexicon: set[str] = set()
        self._labels: list[Mapping[str, frozenset[str]]] = []
        index = _MemoryOnly().create_index(fields.Schema(text=fields.TEXT(analyzer=_Given(), phrase=False)))
        writer = index.writer(limitmb=_POOL_MB)
        try:
            for row in rows:
                self._add(writer, row)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self._read: dict[str, dict[int, float]] = {}
        self._held = 0
        self._lock = threading.Lock()
        self._searcher = index.searcher(weighting=scoring.BM25F(B=length_matters, K1=1.2))

    def _add(self, writer: Any, row: Row) -> None:
        weighed = list(row[0])
        self._lexicon.update(stem for stem, _ in weighed)
        writer.add_document(text=" ".join(f"{stem}@{weight}" for stem, weight in weighed))
        self._labels.append({label: _same(frozenset(values)) for label, values in row[1].items()})

    def search(
        self, wanted: Sequence[Wanted], where: Sequence[tuple[str, Sequence[str]]]
    ) -> list[tuple[int, float]]:
        """Every row that fits, as (row, score), in no promised order.

        `where` is a list of (label, values): a row fits when it carries one of the values of each. Nothing
        `wanted` lists all rows that fit, with equal scores. Scores mean order only.
        """
        if wanted:
            with self._lock:
                scores = self._scored(wanted)
        else:
            scores = dict.fromkeys(range(len(self._labels)), 1.0)
        return [(row, score) for row, score in scores.items() if self._fits(row, where)]

    def _fits(self, row: int, where: Sequence[tuple[str, Sequence[str]]]) -> bool:
        labels = self._labels[row]
        return all(not labels[name].isdisjoint(values) for name, values in where)

    def _scored(self, wanted: Sequence[Wanted]) -> dict[int, float]:
        """The rows with anything wanted, and the sum of what each is worth there."""
        total: dict[int, float] = {}
        for each in wanted:
            if not self._lexicon.issuperset(each.stems):
                continue
            first, *more = (self._postings(stem) for stem in each.stems)
            for row, score in first.items():
                if all(row in other for other in more):
                    worth = score + sum(other[row] for other in more)
                    total[row] = total.get(row, 0.0) + each.weight * worth
        return total

    def _postings(self, stem: str) -> dict[int, float]:
        """The rows that hold a stem, each with its BM25F score, which is always the same: kept once read."""
        found = self._read.get(stem)
        if found is None:
            matcher = self._searcher.postings("text", stem)
            found = {}
            while matcher.is_active():
                found[matcher.id()] = matcher.score()
                matcher.next()
            self._keep(stem, found)
        return found

    def _keep(self, stem: str, found: dict[int, float]) -> None:
        self._held += len(found)
        if self._held > _POSTINGS_KEPT:
            self._read.clear()
            self._held = len(found)
        self._read[stem] = found
