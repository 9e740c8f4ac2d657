"""Our own judged queries on the starter catalogue, and no query worse than in the run last accepted.

`local-offer relevance --accept` writes a new accepted run; a query that fell far needs a look first.
"""

from collections import Counter
from pathlib import Path

import pytest

from offer.published import Published
from offer.relevance import (
    BIG_FALL,
    Judged,
    accept,
    judged,
    judged_own,
    own_queries,
    own_topics,
    read_accepted,
    report_lines,
)
from search.relevance import changes

FLOOR = {"ndcg": 0.86, "reciprocal_rank": 0.90, "success": 0.96}
FLOOR_OF_A_GROUP = 0.65  # mean nDCG of each feature that five queries or more have
FARTHEST_HALF = 0.08  # of nDCG: how far queries nobody tuned on may lie below the given ones
OUTSIDE_QUERIES_FLOOR = 0.85


@pytest.fixture(scope="module")
def own(published: Published) -> Judged:
    return judged_own(published)


@pytest.fixture(scope="module")
def given(published: Published, shared: Path) -> Judged:
    cases = shared / "cases"
    return judged(published, cases / "search_queries.json", cases / "search_topics.json")


def test_every_record_that_a_query_asks_for_is_public(published: Published) -> None:
    found = {topic for hit in published.finder.search("").hits for topic in own_topics(published, hit.key)}
    asked = {topic for query in own_queries() for topic in query.relevant}
    assert asked <= found


def test_at_least_sixty_queries_are_ours_and_half_are_held_out() -> None:
    queries = own_queries()
    assert len(queries) >= 60
    assert len({query.text for query in queries}) == len(queries)
    assert sum(query.held_out for query in queries) * 2 == len(queries)


@pytest.mark.parametrize("name", sorted(FLOOR))
def test_our_own_queries_keep_their_floor(own: Judged, name: str) -> None:
    assert getattr(own.report.figures, name) >= FLOOR[name]
    assert own.report.figures.found_nothing == 0


@pytest.mark.parametrize("set_", ["own", "given"])
def test_no_group_of_queries_is_left_behind(set_: str, request: pytest.FixtureRequest) -> None:
    found: Judged = request.getfixturevalue(set_)
    judged_ones = [query for query in found.queries if query.id in found.report.by_query]
    sizes = Counter(feature for query in judged_ones for feature in query.features)
    means = found.report.by_feature
    assert {name for name in means if sizes[name] >= 5 and means[name] < FLOOR_OF_A_GROUP} == set()


def test_queries_nobody_tuned_on_are_found_nearly_as_well_as_the_given_ones(
    own: Judged, given: Judged
) -> None:
    assert given.report.figures.ndcg >= OUTSIDE_QUERIES_FLOOR
    assert own.halves["held out"].ndcg >= given.report.figures.ndcg - FARTHEST_HALF


def test_none_of_our_queries_fell_far_since_the_run_last_accepted(own: Judged) -> None:
    assert _fell(own) == {}


def test_none_of_the_given_queries_fell_far_since_the_run_last_accepted(given: Judged) -> None:
    assert _fell(given) == {}


def _fell(found: Judged) -> dict[str, float]:
    accepted = read_accepted()
    assert accepted.keys() >= found.report.by_query.keys(), "run `local-offer relevance --accept`"
    return {id_: by for id_, by in changes(found.report, accepted).items() if by < -BIG_FALL}


def test_the_report_names_what_moved_since_the_run_last_accepted(own: Judged, tmp_path: Path) -> None:
    file = tmp_path / "accepted.json"
    assert "No query moved" in list(report_lines(own, read_accepted(file)))[-1]
    accept(own.report, file)
    reached = read_accepted(file)
    assert reached.keys() == own.report.by_query.keys()
    better, worse = own.queries[0].id, own.queries[1].id
    moved = reached | {better: reached[better] - 0.1, worse: reached[worse] + 0.4}
    lines = list(report_lines(own, moved))
    assert "1 better, 1 worse" in lines[-3]
    assert lines[-2].startswith("-0.400 ")
    assert lines[-2].endswith("look at it")
    assert lines[-1].startswith("+0.100 ")
