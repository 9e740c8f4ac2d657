"""How good the ranking is: nDCG@10, MRR, success@3 and the share of searches that find nothing.

Gain is 2^grade − 1; a hit is relevant from grade 2. A judged query gives a grade to topics, a record inherits
the highest grade of its topics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

from search.documents import Key

DEPTH = 10
RELEVANT = 2


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and the grade (1–3) of each topic. `crisis`: the banner must show; `false_alarm`: must not.

    `held_out`: nothing is tuned on it, so that it says how good search is on what it has not met.
    """

    id: str
    text: str
    features: tuple[str, ...]
    relevant: Mapping[str, int]
    crisis: bool = False
    false_alarm: bool = False
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """The measures of one query, each 0 to 1."""

    ndcg: float
    reciprocal_rank: float
    success: float
    found_nothing: float


@dataclass(frozen=True, slots=True)
class Report:
    """Means over the queries that some record answers with grade 2 or 3; `found_nothing` over all of them."""

    figures: Figures
    judged: int
    by_query: Mapping[str, Figures]
    by_feature: Mapping[str, float]  # mean nDCG of each group of queries


def ndcg_at(grades: Sequence[int], ideal: Iterable[int], depth: int = DEPTH) -> float:
    """Normalised discounted gain of the grades of a ranked list, against every grade there is."""
    best = _discounted(sorted(ideal, reverse=True)[:depth])
    return _discounted(grades[:depth]) / best if best else 0.0


def reciprocal_rank(grades: Sequence[int]) -> float:
    """1 / the place of the first relevant hit, from 1; 0 where there is none."""
    return next((1 / place for place, grade in enumerate(grades, start=1) if grade >= RELEVANT), 0.0)


def success_at(grades: Sequence[int], depth: int = 3) -> float:
    """1 where a relevant hit stands among the first `depth`, else 0."""
    return float(any(grade >= RELEVANT for grade in grades[:depth]))


def read_queries(document: Mapping[str, object]) -> tuple[JudgedQuery, ...]:
    """The judged queries of a parsed query file: `{"queries": [{id, query, features, relevant, …}]}`."""
    rows = document["queries"]
    assert isinstance(rows, list)
    return tuple(
        JudgedQuery(
            id=row["id"],
            text=row["query"],
            features=tuple(row["features"]),
            relevant=dict(row["relevant"]),
            crisis=bool(row.get("crisis")),
            false_alarm=bool(row.get("false_alarm")),
            held_out=bool(row.get("held_out")),
        )
        for row in rows
    )


def measure(
    queries: Iterable[JudgedQuery],
    ranked: Callable[[str], Sequence[Key]],
    topics: Mapping[Key, Iterable[str]],
) -> Report:
    """Grades what `ranked` gives for each query. `topics` holds each record of the collection, no other."""
    by_query: dict[str, Figures] = {}
    groups: dict[str, list[float]] = {}
    nothing: list[float] = []
    for query in queries:
        ideal = [_grade(query, about) for about in topics.values()]
        hits = ranked(query.text)
        nothing.append(float(not hits))
        if max(ideal, default=0) < RELEVANT:
            continue
        grades = [_grade(query, topics.get(key, ())) for key in hits]
        figures = Figures(
            ndcg_at(grades, ideal), reciprocal_rank(grades), success_at(grades), float(not hits)
        )
        by_query[query.id] = figures
        for feature in query.features:
            groups.setdefault(feature, []).append(figures.ndcg)
    means = Figures(
        _mean(each.ndcg for each in by_query.values()),
        _mean(each.reciprocal_rank for each in by_query.values()),
        _mean(each.success for each in by_query.values()),
        _mean(nothing),
    )
    return Report(means, len(by_query), by_query, {name: fmean(values) for name, values in groups.items()})


def changes(report: Report, accepted: Mapping[str, float]) -> dict[str, float]:
    """By how much the nDCG of each query moved since the run last accepted; a new query is no change."""
    moved = {
        id_: round(figures.ndcg - accepted[id_], 4)
        for id_, figures in report.by_query.items()
        if id_ in accepted
    }
    return {id_: by for id_, by in moved.items() if by}


def _grade(query: JudgedQuery, topics: Iterable[str]) -> int:
    return max((query.relevant.get(topic, 0) for topic in topics), default=0)


def _discounted(grades: Sequence[int]) -> float:
    return sum(float(2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return fmean(listed) if listed else 0.0
