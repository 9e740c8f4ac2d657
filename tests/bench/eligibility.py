"""The rules alone: the index, the evaluator with its trace, the peers, and growth."""

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

from offer.eligibility.evaluate import compiled, explainer
from offer.eligibility.index import Index
from tests.bench.engines import Engine, datalogic, zen_decision, zen_one_expression
from tests.bench.goals import Goal
from tests.bench.rules import Person, people, rules
from tests.bench.timing import per_thing, side_by_side

RULES, PEOPLE = 300, 300
GROWTH = (100, 300, 1_000, 3_000)


def goals() -> Iterator[Goal]:
    """Issue 3, "How fast"."""
    some, nodes = people(PEOPLE), rules(RULES)
    index = Index(nodes)
    agree(index, some)
    yield Goal(f"index, {RULES} rules, a person", per_thing(index.evaluate, some), "µs", 5, issue=3)
    yield from _peers(index, some)
    explain = [explainer(node) for node in nodes.values()]
    traced = per_thing(lambda person: [each(person) for each in explain], some) / 1000
    yield Goal(f"evaluator with full trace, {RULES} rules, a person", traced, "ms", 1, issue=3)
    yield Goal(f"compile of {RULES} rules", _compile(RULES), "ms", 200, issue=3)
    for count in GROWTH:
        grown = Index(rules(count))
        note = f"compiled in {_compile(count, rounds=1):,.0f} ms"
        yield Goal(
            f"growth: index, {count:,} rules, a person", per_thing(grown.evaluate, some), "µs", note=note
        )


def agree(index: Index, some: list[Person]) -> None:
    """The bench compares nothing that does not give the same answers."""
    tests = {name: compiled(node) for name, node in rules(RULES).items()}
    for person in some:
        assert index.all_outcomes(person) == {name: test(person) for name, test in tests.items()}


def _peers(index: Index, some: list[Person]) -> Iterator[Goal]:
    named: tuple[tuple[str, Callable[..., Engine], float | None], ...] = (
        ("datalogic-py", datalogic, 10),
        ("zen-engine", zen_decision, 100),
        ("zen-engine, one bare expression and no decision", zen_one_expression, None),
    )
    for name, make, limit in named:
        issue = 3 if limit else None
        try:
            engine = make(rules(RULES))
        except ImportError:
            yield Goal(f"index against {name}", None, "times", limit, most=False, issue=issue,
                       note="the peer is not installed: make bench installs it")  # fmt: skip
            continue
        tests = [compiled(node) for node in rules(RULES).values()]
        assert all(list(engine(person)) == [test(person) for test in tests] for person in some[:50])
        mine, theirs, ratio = side_by_side(index.evaluate, engine, some)
        note = f"{mine:.1f} and {theirs:.1f} µs in turn"
        yield Goal(f"index against {name}", ratio, "times faster", limit, most=False, issue=issue, note=note)


def _compile(count: int, rounds: int = 5) -> float:
    """Milliseconds to make both forms of the rules."""
    nodes, times = rules(count), []
    for _ in range(rounds):
        start = perf_counter()
        Index(nodes)
        for node in nodes.values():
            compiled(node)
            explainer(node)
        times.append((perf_counter() - start) * 1000)
    return median(times)
