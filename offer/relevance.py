"""How good search is on judged queries, on the catalogue as it is published now."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from offer.errors import PlainError
from offer.published import Published
from search.documents import Key
from search.relevance import Figures, JudgedQuery, Report, measure, read_queries
from search.understanding import understand

WORST = 5  # queries named in the report
_NAMES = {
    "ndcg": "nDCG@10",
    "reciprocal_rank": "mean reciprocal rank",
    "success": "success@3",
    "found_nothing": "found nothing",
}


def judged(published: Published, queries: Path, topics: Path) -> tuple[Report, tuple[JudgedQuery, ...]]:
    """The measures over a file of judged queries. Raises PlainError for a file that is not one."""
    asked, about = _queries(queries), _topics(topics)
    collection = {key: about.get(key, []) for key in _public(published)}

    def ranked(text: str) -> list[Key]:
        understood = understand(text, lambda _: None)
        found = published.finder.search(understood.words, age=understood.age)
        return [hit.key for hit in found.hits]

    return measure(asked, ranked, collection), asked


def report_lines(report: Report, asked: tuple[JudgedQuery, ...]) -> Iterator[str]:
    """The measures, the groups of queries from the worst up, and the worst queries."""
    yield f"{report.judged} of {len(asked)} queries have an answer in the catalogue"
    values = astuple(report.figures)
    names = [field.name for field in fields(Figures)]
    yield from (f"{_NAMES[name]:>22}  {value:.3f}" for name, value in zip(names, values, strict=True))
    for name, value in sorted(report.by_feature.items(), key=lambda item: item[1]):
        yield f"{name:>22}  {value:.3f}"
    texts = {query.id: query.text for query in asked}
    for id_, figures in sorted(report.by_query.items(), key=lambda item: item[1].ndcg)[:WORST]:
        yield f"{figures.ndcg:.3f} {id_}: {texts[id_]}"


def _public(published: Published) -> Iterator[Key]:
    """What search can show: all that is in force and not closed."""
    found = published.finder.search("")
    return (hit.key for hit in found.hits)


def _queries(file: Path) -> tuple[JudgedQuery, ...]:
    try:
        return read_queries(_json(file))
    except (KeyError, TypeError, AssertionError) as fault:
        raise PlainError(f"{file} holds no judged queries.") from fault


def _topics(file: Path) -> dict[Key, list[str]]:
    """What each record is about, as judged; the slugs of one file stand by kind."""
    data = _json(file)
    try:
        entries = {**data["entitlements_local"], **data["entitlements_national"]}
        found = {("entitlement", slug): list(about) for slug, about in entries.items()}
        return found | {("service", slug): list(about) for slug, about in data["services"].items()}
    except (KeyError, TypeError, AttributeError) as fault:
        raise PlainError(f"{file} does not say what each record is about.") from fault


def _json(file: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(file.read_text("utf-8"))
    except OSError as fault:
        raise PlainError(f"{file} cannot be read: {fault.strerror}.") from fault
    except ValueError as fault:
        raise PlainError(f"{file} is not JSON.") from fault
    if not isinstance(data, dict):
        raise PlainError(f"{file} is not a JSON object.")
    return data
