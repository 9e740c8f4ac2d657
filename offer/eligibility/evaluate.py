"""Does a rule hold? Strong Kleene logic: yes, no, or not known yet, with the trace.

`all` is no if any part is no, else unknown if any part is; `any` mirrors it;
`not` of unknown is unknown. A "no" therefore rests only on facts given. A fact
may be partly known: a frozenset of the values it can still have.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeGuard

from offer.eligibility.rule import AllOf, AnyOf, Ask, Between, In, Is, Leaf, Node, Not, Value, leaves

Known = Mapping[str, Value | frozenset[Value]]
Test = Callable[[Known], bool | None]
PLACE = "lives_in"  # a branch on where somebody lives is one council's own terms


@dataclass(frozen=True, slots=True)
class Step:
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


Traced = tuple[bool | None, tuple[Step, ...]]


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
    """The outcome with its trace: the leaves that decide it, and what could still change it.

    For a yes, the leaves that hold; for a no, those that fail; for an unknown,
    all that hold or are open. `missing` names facts of undecided branches only.
    """
    outcome, steps = _trace(node, known, negated=False)
    if outcome is not None:
        return Verdict(outcome, steps, frozenset(), ())
    open_steps = [step for step in steps if step.holds is None]
    missing = frozenset(step.leaf.fact for step in open_steps if not isinstance(step.leaf, Ask))
    asks = tuple(dict.fromkeys(step.leaf.text for step in open_steps if isinstance(step.leaf, Ask)))
    if len(missing) == 1 and not asks:
        settled = _settled_whatever(node, known, next(iter(missing)))
        if settled is not None:
            return Verdict(settled, steps, frozenset(), ())
    return Verdict(None, steps, missing, asks)


def _trace(node: Node, known: Known, *, negated: bool) -> Traced:
    return _TRACERS[type(node)](node, known, negated)


def _trace_all(node: AllOf, known: Known, negated: bool) -> Traced:
    parts = [_trace(part, known, negated=negated) for part in node.parts]
    return _joined(parts if PLACE in known else _gated(node, parts), decisive=False)


def _trace_any(node: AnyOf, known: Known, negated: bool) -> Traced:
    return _joined([_trace(part, known, negated=negated) for part in _here(node, known)], decisive=True)


def _trace_not(node: Not, known: Known, negated: bool) -> Traced:
    inner, steps = _trace(node.part, known, negated=not negated)
    return (None if inner is None else not inner), steps


def _trace_ask(node: Ask, known: Known, negated: bool) -> Traced:
    return None, (Step(node, None, None, negated),)


def _trace_leaf(node: Is | In | Between, known: Known, negated: bool) -> Traced:
    value = known.get(node.fact)
    if value is None:
        return None, (Step(node, None, None, negated),)
    if isinstance(value, frozenset):
        holds = _of_several(node, value)
        return holds, (Step(node, holds, None, negated),)
    holds = node.test(value)
    return holds, (Step(node, holds, value, negated),)


# By type and not by `match`: a check traces some five hundred nodes.
_TRACERS: Mapping[type, Callable[..., Traced]] = {
    AllOf: _trace_all, AnyOf: _trace_any, Not: _trace_not, Ask: _trace_ask,
    Is: _trace_leaf, In: _trace_leaf, Between: _trace_leaf,
}  # fmt: skip


def _gated(node: AllOf, parts: list[Traced]) -> list[Traced]:
    """While the district is open, its terms are not asked about: only where the person lives."""
    gate = next((n for n, part in enumerate(node.parts) if _is_place(part)), None)
    if gate is None or any(value is False for value, _ in parts):
        return parts
    return [part for n, part in enumerate(parts) if n == gate or part[0] is not None]


def _here(node: AnyOf, known: Known) -> tuple[Node, ...]:
    """Leave out branches for other places: that they fail says nothing to this person."""
    if PLACE not in known:
        return node.parts
    here = tuple(part for part in node.parts if not _for_elsewhere(part, known))
    return here or node.parts


def _for_elsewhere(node: Node, known: Known) -> bool:
    kind = type(node)
    if kind is In:
        return _is_place(node) and leaf_holds(node, known) is False
    if kind is AllOf:
        return any(_for_elsewhere(part, known) for part in node.parts)  # type: ignore[union-attr]
    if kind is Not:
        part = node.part  # type: ignore[union-attr]
        return _is_place(part) and leaf_holds(part, known) is True
    return False


def _is_place(node: Node) -> TypeGuard[In]:
    return type(node) is In and node.fact == PLACE


def _joined(parts: list[Traced], *, decisive: bool) -> Traced:
    """`decisive` is the value that settles the node alone: False for all, True for any."""
    values = [value for value, _ in parts]
    if decisive in values:
        return decisive, tuple(step for value, steps in parts if value is decisive for step in steps)
    if None in values:
        # In an `any`, a branch that already failed says nothing about the open ones.
        keep = [steps for value, steps in parts if value is None or not decisive]
        return None, tuple(step for steps in keep for step in steps)
    return (not decisive), tuple(step for _, steps in parts for step in steps)


def _settled_whatever(node: Node, known: Known, fact: str) -> bool | None:
    """Kleene logic leaves `age < 18 or age >= 18` open: try each cell of the one missing fact."""
    test = compiled(node)
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
