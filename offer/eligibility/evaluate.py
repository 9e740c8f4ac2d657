"""Does a rule hold? Strong Kleene logic: yes, no, or not known yet, with the trace.

`all` is no if any part is no, else unknown if any part is; `any` mirrors it;
`not` of unknown is unknown. A "no" therefore rests only on facts given. A fact
may be partly known: a frozenset of the values it can still have.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeGuard

from offer.eligibility.rule import AllOf, AnyOf, Ask, Between, In, Is, Leaf, Node, Not, Value, leaves

Known = Mapping[str, Value | frozenset[Value]]
Test = Callable[[Known], bool | None]
PLACE = "lives_in"  # a branch on where somebody lives is one council's own terms


class Step(NamedTuple):
    """One leaf met on the way: whether it holds, None where nobody knows."""

    leaf: Leaf
    holds: bool | None
    value: Value | None
    negated: bool = False  # it stands under a `not`


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of one person: outcome, the deciding leaves, what is still open."""

    outcome: bool | None
    steps: tuple[Step, ...]
    missing: frozenset[str]
    asks: tuple[str, ...]


Explainer = Callable[[Known], Verdict]


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
            return _leaf(node)


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


def _leaf(leaf: Is | In | Between) -> Test:
    fact, passes = leaf.fact, leaf.test

    def test(known: Known) -> bool | None:
        value = known.get(fact)
        if value is None:
            return None
        return _of_several(leaf, value) if isinstance(value, frozenset) else passes(value)

    return test


def leaf_holds(leaf: Is | In | Between, known: Known) -> bool | None:
    """One leaf on what is known: None for an unknown fact, or where its possible values disagree."""
    value = known.get(leaf.fact)
    if value is None:
        return None
    return _of_several(leaf, value) if isinstance(value, frozenset) else leaf.test(value)


@lru_cache(maxsize=8192)  # sets of a thousand days come again with every person
def _of_several(leaf: Is | In | Between, values: frozenset[Value]) -> bool | None:
    answers = {leaf.test(value) for value in values}
    return answers.pop() if len(answers) == 1 else None


def explained(node: Node, known: Known) -> Verdict:
    """The outcome with its trace, for a rule that is asked about once: see `explainer`."""
    return explainer(node)(known)


def explainer(node: Node) -> Explainer:
    """The rule as a function to the outcome with its trace: what decides it, what could still change it.

    For a yes, the leaves that hold; for a no, those that fail; for an unknown,
    all that hold or are open. `missing` names facts of undecided branches only.
    """
    tracer = _tracer(node, negated=False)

    def explain(known: Known) -> Verdict:
        outcome, steps = tracer.test(known), tracer.steps(known)
        if outcome is not None:
            return Verdict(outcome, steps, frozenset(), ())
        open_leaves = [step.leaf for step in steps if step.holds is None]
        missing = frozenset(leaf.fact for leaf in open_leaves if not isinstance(leaf, Ask))
        asks = tuple(dict.fromkeys(leaf.text for leaf in open_leaves if isinstance(leaf, Ask)))
        if len(missing) == 1 and not asks:
            settled = _settled_whatever(node, tracer.test, known, next(iter(missing)))
            if settled is not None:
                return Verdict(settled, steps, frozenset(), ())
        return Verdict(None, steps, missing, asks)

    return explain


class _Tracer(NamedTuple):
    """A node compiled twice: to its outcome, and to the leaves that tell why."""

    test: Test
    steps: Callable[[Known], tuple[Step, ...]]


def _tracer(node: Node, *, negated: bool) -> _Tracer:
    match node:
        case AllOf():
            return _Tracer(compiled(node), _steps_of_all(node, negated=negated))
        case AnyOf():
            return _Tracer(compiled(node), _steps_of_any(node, negated=negated))
        case Not():
            return _Tracer(compiled(node), _tracer(node.part, negated=not negated).steps)
        case Ask():
            step = (Step(node, None, None, negated),)
            return _Tracer(compiled(node), lambda known: step)
        case _:
            return _Tracer(compiled(node), _step_of_leaf(node, negated=negated))


def _step_of_leaf(leaf: Is | In | Between, *, negated: bool) -> Callable[[Known], tuple[Step, ...]]:
    fact, unknown = leaf.fact, (Step(leaf, None, None, negated),)

    def steps(known: Known) -> tuple[Step, ...]:
        value = known.get(fact)
        if value is None:
            return unknown
        if isinstance(value, frozenset):
            return (Step(leaf, _of_several(leaf, value), None, negated),)
        return (Step(leaf, leaf.test(value), value, negated),)

    return steps


def _steps_of_all(node: AllOf, *, negated: bool) -> Callable[[Known], tuple[Step, ...]]:
    parts = [_tracer(part, negated=negated) for part in node.parts]
    gate = next((tracer for part, tracer in zip(node.parts, parts, strict=True) if _is_place(part)), None)

    def steps(known: Known) -> tuple[Step, ...]:
        values = [part.test(known) for part in parts]
        kept = parts
        if False in values:
            kept = [part for part, value in zip(parts, values, strict=True) if value is False]
        elif gate is not None and PLACE not in known:
            # While the district is open, its terms are not asked about: only where the person lives.
            both = zip(parts, values, strict=True)
            kept = [part for part, value in both if part is gate or value is not None]
        return tuple(step for part in kept for step in part.steps(known))

    return steps


def _steps_of_any(node: AnyOf, *, negated: bool) -> Callable[[Known], tuple[Step, ...]]:
    parts = [_tracer(part, negated=negated) for part in node.parts]
    places = [_elsewhere(part) for part in node.parts]

    def steps(known: Known) -> tuple[Step, ...]:
        here = parts
        if PLACE in known:
            # A branch for another place says nothing to this person.
            here = [part for part, away in zip(parts, places, strict=True) if not away(known)] or parts
        values = [part.test(known) for part in here]
        # In an `any`, a branch that failed says nothing about the open ones.
        deciding = True if True in values else None if None in values else False
        kept = [part for part, value in zip(here, values, strict=True) if value is deciding]
        return tuple(step for part in kept for step in part.steps(known))

    return steps


def _elsewhere(node: Node) -> Callable[[Known], bool]:
    """Whether a branch fails for no other reason than where the person lives."""
    wanted = node.parts if isinstance(node, AllOf) else (node,)
    inside = [compiled(part) for part in wanted if _is_place(part)]
    outside = [compiled(part.part) for part in wanted if isinstance(part, Not) and _is_place(part.part)]
    deeper = [_elsewhere(part) for part in wanted if isinstance(part, AllOf)] if wanted != (node,) else []

    def away(known: Known) -> bool:
        return (
            any(test(known) is False for test in inside)
            or any(test(known) is True for test in outside)
            or any(test(known) for test in deeper)
        )

    return away


def _is_place(node: Node) -> TypeGuard[In]:
    return isinstance(node, In) and node.fact == PLACE


def _settled_whatever(node: Node, test: Test, known: Known, fact: str) -> bool | None:
    """Kleene logic leaves `age < 18 or age >= 18` open: try each cell of the one missing fact."""
    held = known.get(fact)
    values = cells(node, fact) if held is None else _one_a_cell(node, fact, held)
    answers = {test({**known, fact: value}) for value in values}
    return answers.pop() if len(answers) == 1 else None


def _one_a_cell(node: Node, fact: str, held: Value | frozenset[Value]) -> Iterable[Value]:
    """The possible values; of many numbers or dates one for each stretch that the rule can tell apart."""
    if not isinstance(held, frozenset):
        return (held,)
    tests = [leaf for leaf in leaves(node) if isinstance(leaf, Between) and leaf.fact == fact]
    ends = {end for leaf in tests for end in (leaf.start, leaf.before) if end is not None}
    return _one_a_stretch(tuple(sorted(ends)), held) if ends else held


@lru_cache(maxsize=1024)
def _one_a_stretch(ends: tuple[Value, ...], held: frozenset[Value]) -> tuple[Value, ...]:
    return tuple({bisect_right(ends, value): value for value in held}.values())


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
        return [first.replace(year=first.year - 1), *dates]
    return [numbers[0] - 1, *numbers] if numbers else []
