"""The peers of one council's index, behind the same protocol: one whole index, and SQLite FTS5."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from whoosh import fields, query
from whoosh.filedb.filestore import RamStorage

from search.documents import Document, age_bucket
from search.engine import Wanted
from search.finder import Finder
from search.index import Filters, Scored, analyse
from tests.bench.nationwide import Search

_PAGE = 4096  # bytes
_COLUMNS = ("title", "also", "summary", "body")
_WEIGHTS = "3.0, 2.0, 1.5, 0.6"  # as ours


class WholeWhoosh:
    """One Whoosh index of the whole country, the filters as Whoosh's own And clause over words of labels."""

    def __init__(self, held: Sequence[Document]) -> None:
        self.digest = ""
        self._keys = [document.key for document in held]
        schema = fields.Schema(text=fields.TEXT(phrase=False), labels=fields.KEYWORD())
        index = RamStorage().create_index(schema)
        writer = index.writer(limitmb=16_384)
        for document in held:
            writer.add_document(text=" ".join(_texts(document)), labels=_labels(document))
        writer.commit()
        self._searcher = index.searcher()

    def search(self, terms: Sequence[Wanted], where: Filters) -> list[Scored]:
        """Every hit, best first."""
        wanted = query.Or(
            [
                query.And([query.Term("text", stem, boost=each.weight) for stem in each.stems])
                for each in terms
            ]
        )
        labels = [query.Term("labels", age_bucket(where.age))] if where.age is not None else []
        if where.places:
            labels.append(query.Or([query.Term("labels", _label(place)) for place in where.places]))
        clause = query.ConstantScoreQuery(query.And(labels), 0.0)
        found = self._searcher.search(query.And([wanted, clause]), limit=None)
        return [Scored(self._keys[hit.docnum], hit.score) for hit in found]


def terms_of(finder: Finder, one: Search) -> tuple[Sequence[Wanted], Filters]:
    """What the finder asks its index for a search: stems, synonyms among them, and the filters."""
    text = finder._speller.text(one.text) or one.text
    return finder._terms(text, ()), one.own


class Fts5Index:
    """SQLite FTS5 with bm25 over the same stems. The filters are words of their own column.

    That is its faster way: with the filters as columns of a joined table it scores every hit of the country.
    """

    def __init__(self, held: Sequence[Document]) -> None:
        self.digest = ""
        self._keys = [document.key for document in held]
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            f"CREATE VIRTUAL TABLE entry USING fts5({', '.join(_COLUMNS)}, labels, tokenize='ascii')"
        )
        self._database.executemany(
            "INSERT INTO entry (rowid, title, also, summary, body, labels) VALUES (?, ?, ?, ?, ?, ?)",
            ((at, *_texts(document), _labels(document)) for at, document in enumerate(held)),
        )
        self._database.commit()

    def search(self, terms: Sequence[Wanted], where: Filters) -> list[Scored]:
        """Every hit, best first."""
        columns = f"{{{' '.join(_COLUMNS)}}}"
        wanted = " OR ".join(f"({' AND '.join(each.stems)})" for each in terms)
        labels = [f"labels : {age_bucket(where.age)}"] if where.age is not None else []
        if where.places:
            labels.append(f"labels : ({' OR '.join(map(_label, where.places))})")
        match = " AND ".join([f"{columns} : ({wanted})", *labels])
        rows = self._database.execute(
            f"SELECT rowid, bm25(entry, {_WEIGHTS}, 0.0) AS score FROM entry WHERE entry MATCH ? "
            "ORDER BY score",
            (match,),
        )
        return [Scored(self._keys[at], -score) for at, score in rows]


def _texts(document: Document) -> tuple[str, ...]:
    texts = (document.title, " ".join(document.also_known_as), document.summary, document.body)
    return tuple(" ".join(analyse(text)) for text in texts)


def _labels(document: Document) -> str:
    return " ".join((*document.age_buckets(), *map(_label, document.places)))


def _label(place: str) -> str:
    return place.replace(":", "")


def resident_mb() -> float:
    """Memory of this process now, as Linux counts it."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / 1e6
