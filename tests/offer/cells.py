"""Proof that a spoilt rule means the same: try every cell of the rule, and name why some cannot happen.

A cell is a set of values that rule and mutant cannot tell apart. Where the two differ in
some cell, the facts said to rule it out must clash there for every value, by the same
contradictions for which the API refuses an answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import product
from types import MappingProxyType

from offer.eligibility.contradictions import contradictions
from offer.eligibility.evaluate import compiled
from offer.eligibility.fact import Value
from offer.eligibility.facts import FACTS
from offer.eligibility.rule import AllOf, Ask, In, Leaf, Node, facts_of, leaves
from offer.eligibility.situation import Situation
from tests.offer.mutants import ALWAYS

ON = date(2026, 11, 22)
ELSEWHERE = "E99999999"  # a council or district that no rule names
Cell = tuple[Value, ...]


def differences(rule: Node, mutant: Node) -> Iterator[Mapping[str, Cell]]:
    """The cells, one a fact, in which rule and mutant come out differently for people fully known."""
    both = AllOf("both", (rule, mutant))
    facts = sorted(facts_of(both) - {ALWAYS})
    one, other = compiled(rule), compiled(mutant)
    for combination in product(*(cells_of(both, fact) for fact in facts)):
        known = {fact: cell[0] for fact, cell in zip(facts, combination, strict=True)}
        if one(known) is not other({**known, ALWAYS: True}):
            yield dict(zip(facts, combination, strict=True))


def cells_of(node: Node, fact: str) -> list[Cell]:
    """Every value of the fact, those that no test of it tells apart in one cell."""
    tests = [leaf for leaf in leaves(node) if not isinstance(leaf, Ask) and leaf.fact == fact]
    cells = dict[tuple[bool | None, ...], list[Value]]()
    for value in values_of(fact, tests):
        cells.setdefault(tuple(leaf.test(value) for leaf in tests), []).append(value)
    return [tuple(cell) for cell in cells.values()]


def values_of(fact: str, tests: Sequence[Leaf]) -> list[Value]:
    """Every value a person can have; of amounts and long counts those around each threshold."""
    known = FACTS[fact]
    if known.type == "bool":
        return [True, False]
    if known.type == "choice":
        return [option.value for option in known.options]
    if known.type == "area":
        return [
            *sorted({place for leaf in tests if isinstance(leaf, In) for place in leaf.values}),
            ELSEWHERE,
        ]
    if fact in ("age_years", "age_on_31_august"):
        return list(range(121))
    ends = {end for leaf in tests for end in (getattr(leaf, "start", None), getattr(leaf, "before", None))}
    values: list[Value] = sorted({end + step for end in ends if isinstance(end, int) for step in (-1, 0, 1)})
    assert values, f"no values of {fact} to try"
    return values


def never_happens(cells: Mapping[str, Cell], facts: tuple[str, ...]) -> bool:
    """Whether these facts clash for every choice of values from their cells."""
    return bool(facts) and all(
        _clash(tuple(zip(facts, values, strict=True))) for values in product(*(cells[fact] for fact in facts))
    )


@cache
def _clash(told: tuple[tuple[str, Value], ...]) -> bool:
    return bool(contradictions(Situation(ON, MappingProxyType(dict(told))), ON))
