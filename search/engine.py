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
_TEXT = "text"


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


class Engine:
    """One index in memory over analysed texts. Safe to search from many threads.

    A row is its words, (stem, weight) each, and its labels by name; a row's number is its place. The weights
    of a stem are summed before BM25F levels them off, so that a title counts more without a field of its own:
    a quarter of the clauses of a query over four fields, and as good on the judged queries.
    """

    def __init__(self, labels: Sequence[str], rows: Iterable[Row], *, length_matters: float) -> None:
        # Which stems there are: asking Whoosh for one it has not is much of a query's cost.
        self._lexicon: set[str] = set()
        text = fields.TEXT(analyzer=_Given(), phrase=False)
        index = _MemoryOnly().create_index(
            fields.Schema(**{_TEXT: text}, **{label: fields.KEYWORD() for label in labels})
        )
        writer = index.writer(limitmb=_POOL_MB)
        try:
            for row in rows:
                self._add(writer, row)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self._lock = threading.Lock()
        self._searcher = index.searcher(weighting=scoring.BM25F(B=length_matters, K1=1.2))

    def _add(self, writer: Any, row: Row) -> None:
        weighed, tags = list(row[0]), row[1]
        self._lexicon.update(stem for stem, _ in weighed)
        text = " ".join(f"{stem}@{weight}" for stem, weight in weighed)
        writer.add_document(**{_TEXT: text}, **{label: " ".join(values) for label, values in tags.items()})

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
        known = [_clause(each) for each in wanted if self._lexicon.issuperset(each.stems)]
        if not known:
            return query.NullQuery
        words = query.Or(known)
        return query.And([words, query.ConstantScoreQuery(query.And(fits), 0.0)]) if fits else words


def _clause(wanted: Wanted) -> Any:
    terms = [query.Term(_TEXT, stem, boost=wanted.weight) for stem in wanted.stems]
    return terms[0] if len(terms) == 1 else query.And(terms)
