"""How good search is on judged queries, on the catalogue as it is published now.

Our own queries stand in search/judged/; others can be given as two files. What each query reached in the
run last accepted stands beside them, so that a change that helps one and spoils another is seen.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import search
from offer.catalogue import yaml_text
from offer.errors import PlainError
from offer.published import Published
from search.documents import Key
from search.relevance import Figures, JudgedQuery, Report, changes, measure, read_queries
from search.understanding import understand

WORST = 5  # queries named in the report
BIG_FALL = 0.3  # of nDCG: a query that fell further needs a person's look before it is accepted
JUDGED = Path(search.__file__).parent / "judged"
ACCEPTED = JUDGED / "accepted.json"
_NAMES = {
    "ndcg": "nDCG@10",
    "reciprocal_rank": "mean reciprocal rank",
    "success": "success@3",
    "found_nothing": "found nothing",
}
Topics = Mapping[Key, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A set of judged queries, what each public record is about, and how the ranking did on them."""

    queries: tuple[JudgedQuery, ...]
    report: Report
    halves: Mapping[str, Figures]  # "tuned on" and "held out", where the set has both


def judged(published: Published, queries: Path, topics: Path) -> Judged:
    """The measures over a file of judged queries. Raises PlainError for a file that is not one."""
    asked, about = _queries(queries), _topics(topics)
    return _measured(published, asked, {key: about.get(key, []) for key in _public(published)})


def judged_own(published: Published) -> Judged:
    """The measures over our own queries: a local record answers what its national one answers."""
    about = {key: own_topics(published, key) for key in _public(published)}
    return _measured(published, own_queries(), about)


def own_queries() -> tuple[JudgedQuery, ...]:
    """Our own judged queries, of which half are held out."""
    return read_queries(yaml_text.read((JUDGED / "queries.yaml").read_text("utf-8")).data)


def own_topics(published: Published, key: Key) -> list[str]:
    """What our own queries grade a record by."""
    kind, slug = key
    if kind != "entitlement":
        return [f"{kind}/{slug}"]
    part_of = published.entries[slug].part_of
    return [slug, part_of] if part_of else [slug]


def _measured(published: Published, queries: tuple[JudgedQuery, ...], about: Topics) -> Judged:
    def ranked(text: str) -> list[Key]:
        understood = understand(text, lambda _: None)
        found = published.finder.search(understood.words, age=understood.age)
        return [hit.key for hit in found.hits]

    halves = {
        name: tuple(query for query in queries if query.held_out is held)
        for name, held in (("tuned on", False), ("held out", True))
    }
    parted = {
        name: measure(half, ranked, about).figures for name, half in halves.items() if all(halves.values())
    }
    return Judged(queries, measure(queries, ranked, about), parted)


def report_lines(found: Judged, accepted: Mapping[str, float]) -> Iterator[str]:
    """The measures, the groups of queries from the worst up, the worst queries, and what moved."""
    report, texts = found.report, {query.id: query.text for query in found.queries}
    yield f"{report.judged} of {len(texts)} queries have an answer in the catalogue"
    values = astuple(report.figures)
    names = [field.name for field in fields(Figures)]
    yield from (f"{_NAMES[name]:>22}  {value:.3f}" for name, value in zip(names, values, strict=True))
    yield from (f"{f'nDCG@10, {name}':>22}  {half.ndcg:.3f}" for name, half in found.halves.items())
    for name, value in sorted(report.by_feature.items(), key=lambda item: item[1]):
        yield f"{name:>22}  {value:.3f}"
    for id_, figures in sorted(report.by_query.items(), key=lambda item: item[1].ndcg)[:WORST]:
        yield f"{figures.ndcg:.3f} {id_}: {texts[id_]}"
    yield from _moves(changes(report, accepted), texts)


def _moves(moved: Mapping[str, float], texts: Mapping[str, str]) -> Iterator[str]:
    if not moved:
        yield "No query moved since the run last accepted"
        return
    worse = sum(by < 0 for by in moved.values())
    yield f"Since the run last accepted: {len(moved) - worse} better, {worse} worse:"
    for id_, by in sorted(moved.items(), key=lambda item: item[1]):
        look = " – look at it" if by < -BIG_FALL else ""
        yield f"{by:+.3f} {id_}: {texts[id_]}{look}"


def read_accepted(file: Path = ACCEPTED) -> dict[str, float]:
    """The nDCG of each query in the run last accepted, by its id; {} before the first."""
    return dict(_json(file)) if file.exists() else {}


def accept(report: Report, file: Path = ACCEPTED) -> None:
    """Write down what each query reaches now; queries that this report does not hold stay as they are."""
    reached = {id_: round(figures.ndcg, 4) for id_, figures in report.by_query.items()}
    text = json.dumps(dict(sorted((read_accepted(file) | reached).items())), indent=0)
    file.write_text(text + "\n", "utf-8")


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
