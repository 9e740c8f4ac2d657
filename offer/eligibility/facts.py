"""The registry: every fact the service knows of, in the order an editor would ask them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from offer.eligibility.fact import Fact, Gate, Option, Value, closed, may_ask
from offer.eligibility.facts_care import FACTS_CARE
from offer.eligibility.facts_family import FACTS_FAMILY
from offer.eligibility.facts_home import FACTS_HOME
from offer.eligibility.facts_learning import FACTS_LEARNING
from offer.eligibility.facts_money import FACTS_MONEY
from offer.eligibility.facts_you import FACTS_YOU

__all__ = ["FACTS", "Fact", "Gate", "Option", "Value", "closed", "inputs_to_ask", "may_ask"]

FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        fact.name: fact
        for group in (FACTS_YOU, FACTS_CARE, FACTS_LEARNING, FACTS_HOME, FACTS_MONEY, FACTS_FAMILY)
        for fact in group
    }
)


def inputs_to_ask(name: str, known: Mapping[str, Value]) -> tuple[str, ...]:
    """What to ask so as to learn `name`: itself, or the inputs it is worked out from.

    A fact whose gate is open stands for itself; behind an unknown gate, the gate's own
    question comes first; behind a gate known to be shut there is nothing to ask. Empty
    when the fact is known. `known` comes from `situation.derive`.
    """
    found: dict[str, None] = {}
    _collect(name, known, found, frozenset())
    return tuple(found)


def _collect(name: str, known: Mapping[str, Value], found: dict[str, None], seen: frozenset[str]) -> None:
    fact = FACTS[name]
    if name in known or name in seen or closed(fact, known):
        return
    seen |= {name}
    if fact.derived:
        for source in fact.inputs:
            _collect(source, known, found, seen)
        return
    shut = [gate.fact for gate in fact.needs if gate.fact not in known]
    for gate in shut:
        _collect(gate, known, found, seen)
    if not shut:
        found[name] = None
