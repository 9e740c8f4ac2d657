"""The registry: every fact the service knows of, in the order an editor would ask them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from types import MappingProxyType

from offer.eligibility.fact import Fact, Gate, Option, Value, closed, may_ask
from offer.eligibility.facts_care import FACTS_CARE
from offer.eligibility.facts_family import FACTS_FAMILY
from offer.eligibility.facts_home import FACTS_HOME
from offer.eligibility.facts_learning import FACTS_LEARNING
from offer.eligibility.facts_money import FACTS_MONEY
from offer.eligibility.facts_you import FACTS_YOU

__all__ = ["FACTS", "Fact", "FactError", "Gate", "Option", "Value", "closed", "may_ask", "registry"]


class FactError(ValueError):
    """A registry that cannot be asked from: `path` is the way from fact to fact that is at fault."""

    def __init__(self, path: tuple[str, ...], problem: str) -> None:
        super().__init__(f"{' → '.join(path)}: {problem}")
        self.path = path


def registry(facts: Iterable[Fact]) -> Mapping[str, Fact]:
    """The facts by name, in the order given.

    Raises FactError for a name that stands twice, for a gate or an input that is no fact, and for
    facts that wait for each other in a circle: nobody could ever be asked for those.
    """
    found: dict[str, Fact] = {}
    for fact in facts:
        if fact.name in found:
            raise FactError((fact.name,), "stands twice")
        found[fact.name] = fact
    ordered: set[str] = set()
    for name in found:
        _follow(found, (name,), ordered)
    return MappingProxyType(found)


def _follow(facts: Mapping[str, Fact], path: tuple[str, ...], ordered: set[str]) -> None:
    """Every fact that must be known before the last of the path, each before it."""
    name = path[-1]
    if name in path[:-1]:
        raise FactError(path[path.index(name) :], "each waits for the next, in a circle")
    if name not in facts:
        raise FactError(path, "is not a fact we know")
    if name in ordered:
        return
    for before in (*facts[name].inputs, *(gate.fact for gate in facts[name].needs)):
        _follow(facts, (*path, before), ordered)
    ordered.add(name)


FACTS: Mapping[str, Fact] = registry(
    chain(FACTS_YOU, FACTS_CARE, FACTS_LEARNING, FACTS_HOME, FACTS_MONEY, FACTS_FAMILY)
)
