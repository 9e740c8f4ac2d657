"""The closest miss: the least a person would have to change for a "no" to open again.

Each way to qualify is looked at by itself. What fails in it must be something a person
can change, such as a course or a tenancy; a way that fails on an age, a date or anything
else that is not in the table is out. Between ways the lowest sum of weights wins, and of
equals the one written first. The table never holds care history, immigration or custody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from offer.eligibility.kleene import Known, Test, compiled
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
    tests: tuple[tuple[Test, bool], ...]  # the same, quicker: each test, and how it must not come out
    change: Change
    effort: int | None

    def stands_in_the_way(self, known: Known) -> bool:
        """Whether no value that is possible fits. What is unknown may fit."""
        value = known.get(self.change.fact)
        if isinstance(value, frozenset):
            return not any(self.fits(each) for each in value)
        return any(test(known) is unwanted for test, unwanted in self.tests)


@dataclass(frozen=True, slots=True)
class _Way:
    """One way: the tests that shut it for good, and what it wants of each fact."""

    fixed: tuple[tuple[Test, bool], ...]
    wants: tuple[_Want, ...]

    def miss(self, known: Known) -> Miss | None:
        """What stands in the way, or None where it is shut for good, or open."""
        for test, unwanted in self.fixed:  # most ways end here
            if test(known) is unwanted:
                return None
        standing = [want for want in self.wants if want.stands_in_the_way(known)]
        efforts = [want.effort for want in standing if want.effort is not None]
        if not standing or len(efforts) < len(standing):
            return None
        return Miss(sum(efforts), tuple(want.change for want in standing))


Closest = Callable[[Known], Miss | None]


def closest(node: Node, weights: Weights) -> Closest:
    """The rule as a function from what is known of a person who does not qualify to the closest miss.

    None where nothing a person can change would help. What is unknown does not stand in
    the way. Raises RuleError where the rule has more ways than can be listed.
    """
    tried = [way for way in (_way(way, weights) for way in ways(node)) if _may_help(way)]

    def find(known: Known) -> Miss | None:
        best: Miss | None = None
        for way in tried:
            miss = way.miss(known)
            if miss is not None and (best is None or miss.effort < best.effort):
                best = miss
        return best

    return find


def _way(way: Way, weights: Weights) -> _Way:
    tests: dict[str, list[tuple[Test, bool]]] = {}
    for part in way:
        if part.fact is not None:
            tests.setdefault(part.fact, []).append((compiled(part.leaf), not part.wanted))
    wants = []
    for fact, fits in by_fact(way).items():
        helping = {value: weight for value, weight in weights.get(fact, {}).items() if fits(value)}
        least = min(helping.values(), default=None)
        easiest = tuple(value for value, weight in helping.items() if weight == least)
        wants.append(_Want(fits, tuple(tests[fact]), Change(fact, easiest), least))
    fixed = tuple(test for want in wants if want.effort is None for test in want.tests)
    return _Way(fixed, tuple(wants))


def _may_help(way: _Way) -> bool:
    return any(want.effort is not None for want in way.wants)
