"""Search: one council's index against the whole country's, and how relevant the answers are."""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from directory.assembled import assemble
from offer.documents import documents_of
from search.documents import Document, Key
from search.finder import Finder
from search.relevance import Report, measure, read_queries
from search.understanding import understand
from tests.bench.edition import SHARED, documents
from tests.bench.goals import Goal
from tests.bench.timing import per_thing

COUNCILS, EACH = 150, 40
SEED = 20261122
_MISSING = "../shared is not here: the judged queries are provided with the project"


def goals() -> Iterator[Goal]:
    """The targets of the search design: speed by council, and relevance on the judged queries."""
    yield _one_council()
    entries, records = documents()
    held = documents_of(
        [entry for entry in entries if entry.stage == "public"],
        assemble(records).services.values(),
    )
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


def _one_council() -> Goal:
    """Invented records: the same search in one council's index and in that of all councils."""
    chance = random.Random(SEED)
    vocabulary = [
        f"{a}{b}{c}" for a in "bdfglmnprst" for b in ("a", "e", "i", "o") for c in ("rent", "lock", "mand")
    ]
    records = [
        _record(chance, vocabulary, council, number) for council in range(COUNCILS) for number in range(EACH)
    ]
    finder = Finder(records)
    asked = [(chance.sample(vocabulary, 3), _code(chance.randrange(3))) for _ in range(20)]
    for _, council in asked:
        finder.warm([council])
    finder.warm()
    own = per_thing(
        lambda one: finder.search(" ".join(one[0]), authorities=[one[1]], as_typed=True), asked, 5
    )
    whole = per_thing(lambda one: finder.search(" ".join(one[0]), as_typed=True), asked, 5)
    note = f"{own / 1000:.2f} and {whole / 1000:.2f} ms, {COUNCILS} councils × {EACH} records"
    return Goal("one council's search, of the time of the whole index", own / whole, "times", 0.2, note=note)


def _code(council: int) -> str:
    return f"E06{council:06}"


def _record(chance: random.Random, vocabulary: Sequence[str], council: int, number: int) -> Document:
    def text(count: int) -> str:
        return " ".join(chance.choices(vocabulary, k=count))

    code = _code(council)
    return Document(
        kind="entitlement",
        slug=f"record-{council}-{number}",
        title=text(4),
        also_known_as=(),
        summary=text(15),
        body=text(80),
        topics=("money",),
        age_from=None,
        age_before=None,
        places=frozenset({f"by:{code}", f"of:{code}"}),
    )


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
