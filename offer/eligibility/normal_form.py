"""A rule as the list of ways to qualify: an `any` of `all`s, with `not` pushed down to the leaves.

Valid in Kleene logic: the rule holds if some way holds in every part, and fails if
every way fails in some part. What a person decides is a part nobody knows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from offer.eligibility.rule import AllOf, AnyOf, Ask, Leaf, Node, Not, RuleError, Value

MAX_WAYS = 512  # people write a few; council tax, spelt out by district, has hundreds


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of a way to qualify, as it must come out."""

    leaf: Leaf
    wanted: bool

    @property
    def fact(self) -> str | None:
        """The fact it tests; None for what a person decides."""
        return None if isinstance(self.leaf, Ask) else self.leaf.fact

    def holds(self, value: Value) -> bool | None:
        """Whether this value is as wanted; None for a value of the wrong type."""
        if isinstance(self.leaf, Ask):
            return None
        result = self.leaf.test(value)
        return None if result is None else result is self.wanted


Way = tuple[Part, ...]


def ways(node: Node) -> tuple[Way, ...]:
    """Every way to qualify. Raises RuleError where there are more than MAX_WAYS."""
    return _ways(node, wanted=True)


def _ways(node: Node, *, wanted: bool) -> tuple[Way, ...]:
    match node:
        case Not(part=part):
            return _ways(part, wanted=not wanted)
        case AllOf(parts=parts) if wanted:
            return _product([_ways(part, wanted=wanted) for part in parts])
        case AnyOf(parts=parts) if not wanted:
            return _product([_ways(part, wanted=wanted) for part in parts])
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return tuple(way for part in parts for way in _ways(part, wanted=wanted))
        case _:
            return ((Part(node, wanted),),)


def _product(groups: list[tuple[Way, ...]]) -> tuple[Way, ...]:
    found: tuple[Way, ...] = ((),)
    for group in groups:
        if len(found) * len(group) > MAX_WAYS:
            raise RuleError("rule", f"can be met in more than {MAX_WAYS} ways")
        found = tuple(way + more for way in found for more in group)
    return found


def by_fact(way: Way) -> Mapping[str, Callable[[Value], bool]]:
    """What a way wants of each fact it tests, all its parts on the fact together."""
    parts = dict[str, list[Part]]()
    for part in way:
        if part.fact is not None:
            parts.setdefault(part.fact, []).append(part)
    return {fact: _together(group) for fact, group in parts.items()}


def _together(parts: list[Part]) -> Callable[[Value], bool]:
    return lambda value: all(part.holds(value) is True for part in parts)
