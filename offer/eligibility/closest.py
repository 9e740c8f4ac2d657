"""The closest miss: the least a person would have to change for a "no" to open again.

Each way to qualify is looked at by itself. What fails in it must be something a person
can change, such as a course or a tenancy; a way that fails on an age, a date or anything
else that is not in the table is out. Between ways the lowest sum of weights wins, and of
equals the one written first. The table never holds care history, immigration or custody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from offer.eligibility.kleene import Known
from offer.eligibility.normal_form import Way, by_fact, ways
from offer.eligibility.rule import Node, Value

Weights = Mapping[str, Mapping[Value, int]]  # fact → value a person could come to have → effort, 1 or more


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that stands in the way, and the values that would not, the easiest ones only."""

    fact: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """All that would have to change. `effort` is the sum of the weights."""

    effort: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Want:
    """What one way wants of one fact. `effort` is None where nobody may be told to change it."""

    fits: Callable[[Value], bool]
    change: Change
    effort: int | None

    def stands_in_the_way(self, value: Value | frozenset[Value]) -> bool:
        """Whether no value that is possible fits."""
        if isinstance(value, frozenset):
            return not any(self.fits(each) for each in value)
        return not self.fits(value)


Closest = Callable[[Known], Miss | None]


def closest(node: Node, weights: Weights) -> Closest:
    """The rule as a function from what is known of a person who does not qualify to the closest miss.

    None where nothing a person can change would help. What is unknown does not stand in
    the way. Raises RuleError where the rule has more ways than can be listed.
    """
    tried = [way for way in (_wants(way, weights) for way in ways(node)) if _may_help(way)]

    def find(known: Known) -> Miss | None:
        best: Miss | None = None
        for way in tried:
            miss = _miss(way, known)
            if miss is not None and (best is None or miss.effort < best.effort):
                best = miss
        return best

    return find


def _wants(way: Way, weights: Weights) -> list[_Want]:
    """The facts that rule a way out come first: most ways end there."""
    wants = [_want(fact, fits, weights.get(fact, {})) for fact, fits in by_fact(way).items()]
    return sorted(wants, key=lambda want: want.effort is not None)


def _want(fact: str, fits: Callable[[Value], bool], weights: Mapping[Value, int]) -> _Want:
    helping = {value: weight for value, weight in weights.items() if fits(value)}
    least = min(helping.values(), default=None)
    return _Want(fits, Change(fact, tuple(v for v, weight in helping.items() if weight == least)), least)


def _may_help(way: list[_Want]) -> bool:
    return any(want.effort is not None for want in way)


def _miss(way: list[_Want], known: Known) -> Miss | None:
    """What stands in one way, or None where it is shut for good, or open."""
    effort, changes = 0, []
    for want in way:
        value = known.get(want.change.fact)
        if value is None or not want.stands_in_the_way(value):
            continue
        if want.effort is None:
            return None
        effort += want.effort
        changes.append(want.change)
    return Miss(effort, tuple(changes)) if changes else None
