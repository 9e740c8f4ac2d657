"""Search: one council's index against whole ones of the country, and how relevant the answers are."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, thread_time

from directory.assembled import assemble
from offer.documents import documents_of
from search.documents import Document, Key
from search.finder import Finder
from search.index import SearchIndex, WhooshIndex
from search.relevance import Report, measure, read_queries
from search.understanding import understand
from tests.bench.edition import SHARED, documents
from tests.bench.goals import Goal
from tests.bench.nationwide import COUNCILS, EACH, Search, invented, searches
from tests.bench.search_engines import Fts5Index, WholeWhoosh, resident_mb, terms_of
from tests.bench.timing import per_thing

ISSUE = 5
WORKED = "ours, of processor time"
_MISSING = "../shared is not here: the judged queries are provided with the project"


def goals() -> Iterator[Goal]:
    """The targets of the search design: speed by council, and relevance on the judged queries."""
    yield from _nationwide()
    held = _held()
    finder = Finder(held)
    finder.warm(["E06000047"])
    texts = ["money for a flat", "counsil tax", "bus pass", "whos my pa", "uni grant"]
    took = per_thing(lambda text: finder.search(text, authorities=["E06000047"]), texts) / 1000
    yield Goal("search of one council's real catalogue", took, "ms", note=f"{len(held)} records in all")
    report = _relevance(finder, held, SHARED / "cases")
    for name, field in (("nDCG@10", "ndcg"), ("MRR", "reciprocal_rank"), ("success@3", "success")):
        got = None if report is None else getattr(report.figures, field)
        note = _MISSING if report is None else f"{report.judged} judged queries, no council chosen"
        yield Goal(f"relevance, {name}", got, "", note=note)


def _held() -> list[Document]:
    """The real catalogue's documents."""
    entries, records = documents()
    public = [entry for entry in entries if entry.stage == "public"]
    return documents_of(public, assemble(records).services.values())


def _nationwide() -> Iterator[Goal]:
    """30,000 invented entries for 150 authorities: ours, one whole Whoosh index, and SQLite FTS5, in turn."""
    held = invented(_held())
    asked = searches(held)
    size = f"{COUNCILS} authorities × {EACH} entries"
    start = perf_counter()
    finder = Finder(held)
    yield Goal("vocabulary, suggestions and shards of the country", perf_counter() - start, "s", note=size)
    yield from _building(finder, asked)
    makers: dict[str, Callable[[Sequence[Document]], SearchIndex]] = {
        "national search: our index of everything": WhooshIndex,
        "one whole Whoosh index with an And clause": WholeWhoosh,
        "SQLite FTS5": Fts5Index,
    }
    built = {}
    for name, make in makers.items():
        before, start = resident_mb(), perf_counter()
        built[name] = make(held)
        took, grew = perf_counter() - start, resident_mb() - before
        yield Goal(f"{name}: build", took, "s", note=f"{grew:.0f} MB more; behind the same protocol")
    national, whole, fts = built.values()
    yield from _beside(finder, national, whole, fts, asked)


def _building(finder: Finder, asked: Sequence[Search]) -> Iterator[Goal]:
    councils = sorted({each.council for each in asked})
    before, took, worked = resident_mb(), [], []
    for council in councils:
        start, cpu = perf_counter(), thread_time()
        finder.warm([council])
        took.append((perf_counter() - start) * 1000)
        worked.append((thread_time() - cpu) * 1000)
    memory = (resident_mb() - before) / len(councils)
    note = f"median of {len(councils)}, slowest {max(took):.0f} ms; {median(worked):.0f} ms of processor time"
    yield Goal(f"shard build of {EACH} entries", median(took), "ms", 400, issue=ISSUE, note=note)
    yield Goal("memory of each loaded authority", memory, "MB", issue=ISSUE, note="resident, mean of them")


def _beside(
    finder: Finder, national: SearchIndex, whole: SearchIndex, fts: SearchIndex, asked: Sequence[Search]
) -> Iterator[Goal]:
    """Each search in turn through every engine, so that a busy machine is busy for all of them."""
    ways: dict[str, Callable[[Search], object]] = {
        "ours": lambda one: finder.search(one.text, authorities=[one.council], age=one.age),
        "index": lambda one: finder._shards.of([one.council], None).search(*terms_of(finder, one)),
        "whole": lambda one: whole.search(*terms_of(finder, one)),
        "national": lambda one: national.search(terms_of(finder, one)[0], one.anywhere),
        "fts5": lambda one: fts.search(*terms_of(finder, one)),
    }
    times: dict[str, list[float]] = {name: [] for name in (*ways, WORKED)}
    for turn in range(3):
        for one in asked:
            for name, way in ways.items():
                start, cpu = perf_counter(), thread_time()
                way(one)
                if turn:  # the first warms up
                    times[name].append((perf_counter() - start) * 1000)
                    if name == "ours":
                        times[WORKED].append((thread_time() - cpu) * 1000)
    middle = {name: median(found) for name, found in times.items()}
    tail = {name: quantiles(found, n=20)[-1] for name, found in times.items()}
    note = f"three words, council and age, synonyms and spelling on; {len(times['ours'])} searches"
    yield Goal("search of one council among 150, median", middle["ours"], "ms", 3, issue=ISSUE, note=note)
    busy = f"of processor time {middle[WORKED]:.2f} ms, p95 {tail[WORKED]:.1f}: a busy machine adds waiting"
    yield Goal("search of one council among 150, p95", tail["ours"], "ms", 8, issue=ISSUE, note=busy)
    yield from _ratios(middle, tail)


def _ratios(middle: dict[str, float], tail: dict[str, float]) -> Iterator[Goal]:
    def times(name: str, ours: str = "ours") -> tuple[float, str]:
        note = f"{middle[ours]:.2f} and {middle[name]:.2f} ms; p95 {tail[ours]:.1f} and {tail[name]:.1f}"
        return middle[name] / middle[ours], note

    got, note = times("whole")
    note += ", spelling and facets counted for ours only"
    yield Goal(
        "one whole index with the same And clause, of ours",
        got,
        "times",
        5,
        most=False,
        issue=ISSUE,
        note=note,
    )
    got, note = times("whole", "index")
    yield Goal("the same, index against index", got, "times", note=note)
    got, note = times("fts5")
    note += ", spelling and facets counted for ours only"
    yield Goal(
        "SQLite FTS5 with the same filters, of ours", got, "times", 1, most=False, issue=ISSUE, note=note
    )
    got, note = times("fts5", "index")
    yield Goal("the same, index against index", got, "times", note=note)
    yield Goal("national search, our index of everything, median", middle["national"], "ms", issue=ISSUE,
               note=f"p95 {tail['national']:.0f} ms; no council given, age alone")  # fmt: skip


def _relevance(finder: Finder, held: Sequence[Document], cases: Path) -> Report | None:
    if not cases.is_dir():
        return None
    queries = read_queries(json.loads((cases / "search_queries.json").read_text("utf-8")))
    given = json.loads((cases / "search_topics.json").read_text("utf-8"))
    local, national = given["entitlements_local"], given["entitlements_national"]
    judged = {"entitlement": local | national, "service": given["services"]}
    topics = {document.key: judged[document.kind].get(document.slug, []) for document in held}

    def ranked(text: str) -> list[Key]:
        understood = understand(text, lambda name: None)
        return [hit.key for hit in finder.search(understood.words, age=understood.age).hits]

    return measure(queries, ranked, topics)
