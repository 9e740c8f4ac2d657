"""The cells of a fact: the stretches of its values that no test of any rule can tell apart."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from datetime import date

from offer.eligibility.rule import Between, In, Is, Value

Tests = Sequence[Is | In | Between]
AROUND = 600  # numbers written out on either side of the thresholds, where those are near each other


def around(samples: Sequence[Value]) -> Collection[Value]:
    """Where nobody says what is common: choices, and numbers whose thresholds are near each other."""
    first, last = samples[0], samples[-1]
    if isinstance(first, bool) or not isinstance(first, int) or not isinstance(last, int):
        return () if isinstance(first, date) else samples
    return () if last - first > AROUND else range(first - AROUND, last + AROUND)


def cells_of(tests: Tests) -> tuple[list[Value], Callable[[Value], int]]:
    """One sample value for each cell, and the function from a value to its cell."""
    choices = sorted({value for leaf in tests if isinstance(leaf, In) for value in leaf.values})
    if choices:
        numbered, other = {value: n for n, value in enumerate(choices)}, len(choices)
        return [*choices, ""], lambda value: numbered.get(value, other) if isinstance(value, str) else -1
    ends = {end for leaf in tests if isinstance(leaf, Between) for end in (leaf.start, leaf.before)}
    if ends:
        return _stretches(sorted(end for end in ends if end is not None))
    return [False, True], lambda value: int(value) if isinstance(value, bool) else -1


def _stretches(ends: Sequence[Value]) -> tuple[list[Value], Callable[[Value], int]]:
    """The half-open intervals between thresholds, found by bisection."""
    first = ends[0]
    below: Value = date.min if isinstance(first, date) else int(first) - 1

    kind = type(first)
    return [below, *ends], lambda value: bisect_right(ends, value) if type(value) is kind else -1
