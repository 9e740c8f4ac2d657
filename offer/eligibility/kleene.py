"""Strong Kleene logic: a rule as nested functions to yes, no, or not known yet.

`all` is no if any part is no, else unknown if any part is; `any` mirrors it;
`not` of unknown is unknown. A "no" therefore rests only on facts given. A fact
may be partly known: a frozenset of the values it can still have.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from math import inf
from typing import TypeVar

from offer.eligibility.rule import AllOf, AnyOf, Ask, Between, In, Is, Node, Not, Value, leaves

Known = Mapping[str, Value | frozenset[Value]]
Test = Callable[[Known], bool | None]
Result = TypeVar("Result")


def compiled(node: Node) -> Test:
    """The rule as nested functions: the outcome alone, fast."""
    match node:
        case AllOf():
            return _every(tuple(compiled(part) for part in node.parts))
        case AnyOf():
            return _some(tuple(compiled(part) for part in node.parts))
        case Not():
            inner = compiled(node.part)
            return lambda known: None if (value := inner(known)) is None else not value
        case Ask():
            return lambda known: None
        case _:
            return leaf_function(node, True, False, None)


def _every(parts: tuple[Test, ...]) -> Test:
    def test(known: Known) -> bool | None:
        outcome: bool | None = True
        for part in parts:
            value = part(known)
            if value is False:
                return False
            if value is None:
                outcome = None
        return outcome

    return test


def _some(parts: tuple[Test, ...]) -> Test:
    def test(known: Known) -> bool | None:
        outcome: bool | None = False
        for part in parts:
            value = part(known)
            if value is True:
                return True
            if value is None:
                outcome = None
        return outcome

    return test


def leaf_function(
    leaf: Is | In | Between, yes: Result, no: Result, unknown: Result
) -> Callable[[Known], Result]:
    """One leaf as a function to one of three results, made for its kind: a check runs some five hundred."""

    def unusual(known: Known) -> Result:
        holds = leaf_holds(leaf, known)
        return unknown if holds is None else yes if holds else no

    match leaf:
        case Is(fact=fact, value=wanted):
            return _is(fact, yes if wanted else no, no if wanted else yes, unknown, unusual)
        case In(fact=fact, values=values):
            return _in(fact, values, yes, no, unusual)
        case Between(fact=fact, start=start, before=before) if not isinstance(start or before, date):
            low, high = -inf if start is None else start, inf if before is None else before
            return _between(fact, (low, high), yes, no, unusual)  # type: ignore[arg-type]  # not days: numbers
    return unusual


def _is(
    fact: str, if_true: Result, if_false: Result, unknown: Result, unusual: Callable[[Known], Result]
) -> Callable[[Known], Result]:
    def test(known: Known) -> Result:
        value = known.get(fact)
        if value is None:
            return unknown
        return if_true if value is True else if_false if value is False else unusual(known)

    return test


def _in(
    fact: str, values: frozenset[str], yes: Result, no: Result, unusual: Callable[[Known], Result]
) -> Callable[[Known], Result]:
    def test(known: Known) -> Result:
        value = known.get(fact)
        if type(value) is not str:
            return unusual(known)
        return yes if value in values else no

    return test


def _between(
    fact: str, ends: tuple[float, float], yes: Result, no: Result, unusual: Callable[[Known], Result]
) -> Callable[[Known], Result]:
    low, high = ends

    def test(known: Known) -> Result:
        value = known.get(fact)
        if type(value) is not int:
            return unusual(known)
        return yes if low <= value < high else no

    return test


def leaf_holds(leaf: Is | In | Between, known: Known) -> bool | None:
    """One leaf on what is known: None for an unknown fact, or where its possible values disagree."""
    value = known.get(leaf.fact)
    if value is None:
        return None
    return of_several(leaf, value) if isinstance(value, frozenset) else leaf.test(value)


A_YEAR = timedelta(days=366)


@lru_cache(maxsize=8192)  # sets of a thousand days come again with every person
def of_several(leaf: Is | In | Between, values: frozenset[Value]) -> bool | None:
    answers = {leaf.test(value) for value in values}
    return answers.pop() if len(answers) == 1 else None


def cells(node: Node, fact: str) -> list[Value]:
    """One value for each stretch of `fact` that the rule can tell apart."""
    tests = [leaf for leaf in leaves(node) if not isinstance(leaf, Ask) and leaf.fact == fact]
    if any(isinstance(leaf, Is) for leaf in tests):
        return [True, False]
    choices = {value for leaf in tests if isinstance(leaf, In) for value in leaf.values}
    if choices:
        return [*sorted(choices), "any other value"]
    ends = {end for leaf in tests if isinstance(leaf, Between) for end in (leaf.start, leaf.before)}
    numbers = sorted(end for end in ends if isinstance(end, int))
    dates = sorted(end for end in ends if end is not None and not isinstance(end, int))
    if dates:
        first = dates[0]
        return [first - A_YEAR, *dates]  # no `replace`: it may be 29 February
    return [numbers[0] - 1, *numbers] if numbers else []
