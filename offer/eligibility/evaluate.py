"""Does a rule hold, and why: the outcome with the leaves that decide it and what is still open.

The logic itself is in `kleene.py`; here a rule is compiled to tell its reasons too.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, TypeGuard

from offer.eligibility.kleene import Known, Test, cells, compiled, leaf_function
from offer.eligibility.rule import AllOf, AnyOf, Ask, Between, In, Is, Leaf, Node, Not, Value, leaves

__all__ = [
    "Explainer",
    "Known",
    "Step",
    "Test",
    "Verdict",
    "compiled",
    "explained",
    "explainer",
]

PLACE = "lives_in"  # a branch on where somebody lives is one council's own terms


class Step(NamedTuple):
    """One leaf met on the way: whether it holds, None where nobody knows."""

    leaf: Leaf
    holds: bool | None
    negated: bool = False  # it stands under a `not`


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Verdict:
    """What a rule says of one person: outcome, the deciding leaves, what is still open.

    It is itself and no other, whatever it holds, so that what is made of it may be kept by it.
    """

    outcome: bool | None
    steps: tuple[Step, ...]
    missing: frozenset[str]
    asks: tuple[str, ...]


Explainer = Callable[[Known], Verdict]


def explained(node: Node, known: Known) -> Verdict:
    """The outcome with its trace, for a rule that is asked about once: see `explainer`."""
    return explainer(node)(known)


def explainer(node: Node) -> Explainer:
    """The rule as a function to the outcome with its trace: what decides it, what could still change it.

    For a yes, the leaves that hold; for a no, those that fail; for an unknown,
    all that hold or are open. `missing` names facts of undecided branches only.
    """
    test, trace = compiled(node), _trace(node, negated=False)

    def explain(known: Known) -> Verdict:
        outcome, steps = trace(known)
        if outcome is not None:
            return Verdict(outcome, steps, _NOTHING, ())
        open_leaves = [step.leaf for step in steps if step.holds is None]
        missing = frozenset(leaf.fact for leaf in open_leaves if not isinstance(leaf, Ask))
        asks = tuple(dict.fromkeys(leaf.text for leaf in open_leaves if isinstance(leaf, Ask)))
        if len(missing) == 1 and not asks:
            settled = _settled_whatever(node, test, known, next(iter(missing)))
            if settled is not None:
                return Verdict(settled, steps, _NOTHING, ())
        return Verdict(None, steps, missing, asks)

    return explain


_NOTHING = frozenset[str]()
_NO_STEPS: tuple[Step, ...] = ()
Traced = tuple[bool | None, tuple[Step, ...]]
Trace = Callable[[Known], Traced]


def _trace(node: Node, *, negated: bool) -> Trace:
    match node:
        case AllOf():
            return _trace_all(node, negated=negated)
        case AnyOf():
            return _trace_any(node, negated=negated)
        case Not():
            inner = _trace(node.part, negated=not negated)
            return lambda known: _turned(inner(known))
        case Ask():
            asked = None, (Step(node, None, negated),)
            return lambda known: asked
        case _:
            return _trace_leaf(node, negated=negated)


def _turned(traced: Traced) -> Traced:
    value, steps = traced
    return None if value is None else not value, steps


def _trace_leaf(leaf: Is | In | Between, *, negated: bool) -> Trace:
    yes, no, unknown = ((holds, (Step(leaf, holds, negated),)) for holds in (True, False, None))
    return leaf_function(leaf, yes, no, unknown)


def _trace_all(node: AllOf, *, negated: bool) -> Trace:
    parts = [_trace(part, negated=negated) for part in node.parts]

    def trace(known: Known) -> Traced:
        failing, rest = _NO_STEPS, _NO_STEPS
        outcome: bool | None = True
        for part in parts:
            value, steps = part(known)
            if value is False:
                failing += steps
                continue
            rest += steps
            if value is None:
                outcome = None
        return (False, failing) if failing else (outcome, rest)

    gate = next((place for place, part in enumerate(node.parts) if _is_place(part)), None)
    return trace if gate is None else _gated(trace, parts, gate)


def _gated(plain: Trace, parts: Sequence[Trace], gate: int) -> Trace:
    """While the district is open, its terms are not asked about: only where the person lives."""

    def trace(known: Known) -> Traced:
        outcome, steps = plain(known)
        if outcome is not None or PLACE in known:
            return outcome, steps
        traced = [part(known) for part in parts]
        kept = [each for place, (value, each) in enumerate(traced) if place == gate or value is not None]
        return None, tuple(chain.from_iterable(kept))

    return trace


def _trace_any(node: AnyOf, *, negated: bool) -> Trace:
    parts = [_trace(part, negated=negated) for part in node.parts]

    def trace(known: Known) -> Traced:
        return _of_any(parts, known)

    by_place = any(isinstance(leaf, In) and leaf.fact == PLACE for leaf in leaves(node))
    return _by_place(node, parts) if by_place else trace


def _by_place(node: AnyOf, parts: Sequence[Trace]) -> Trace:
    """A branch for another place says nothing to this person."""
    branches = list(zip(parts, map(_elsewhere, node.parts), strict=True))

    def trace(known: Known) -> Traced:
        here = [part for part, away in branches if not away(known)] if PLACE in known else parts
        return _of_any(here or parts, known)

    return trace


def _of_any(parts: Sequence[Trace], known: Known) -> Traced:
    """A branch that failed says nothing about those that hold or are open."""
    holding, undecided, failing = _NO_STEPS, _NO_STEPS, _NO_STEPS
    for part in parts:
        value, steps = part(known)
        if value is False:
            failing += steps
        elif value is None:
            undecided += steps
        else:
            holding += steps
    if holding:
        return True, holding
    return (None, undecided) if undecided else (False, failing)


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
