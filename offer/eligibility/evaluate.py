"""Does a rule hold? Strong Kleene logic: yes, no, or not known yet, with the trace.

`all` is no if any part is no, else unknown if any part is; `any` mirrors it;
`not` of unknown is unknown. A "no" therefore rests only on facts given. A fact
may be partly known: a frozenset of the values it can still have.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from offer.eligibility.rule import AllOf, AnyOf, Ask, Between, In, Is, Leaf, Node, Not, Value, leaves

Known = Mapping[str, Value | frozenset[Value]]
Test = Callable[[Known], bool | None]


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
    fact, holds = leaf.fact, _holds(leaf)

    def test(known: Known) -> bool | None:
        value = known.get(fact)
        if value is None:
            return None
        if isinstance(value, frozenset):
            return _of_several(holds, value)
        return holds(value)

    return test


def _of_several(holds: Callable[[Value], bool | None], values: Iterable[Value]) -> bool | None:
    answers = {holds(value) for value in values}
    return answers.pop() if len(answers) == 1 else None


def _holds(leaf: Is | In | Between) -> Callable[[Value], bool | None]:
    """The test of one value; a value of the wrong type is a surprise, and so unknown."""
    match leaf:
        case Is(value=wanted):
            return lambda value: (value is wanted) if isinstance(value, bool) else None
        case In(values=values):
            return lambda value: (value in values) if isinstance(value, str) else None
        case Between(start=start, before=before):
            return lambda value: _between(start, before, value)


def _between(start: object, before: object, value: object) -> bool | None:
    if isinstance(value, bool):
        return None
    try:
        return not ((start is not None and value < start) or (before is not None and value >= before))  # type: ignore[operator]
    except TypeError:
        return None


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
    match node:
        case AllOf():
            return _joined(
                [_trace(part, known, negated=negated) for part in _gated(node, known)], decisive=False
            )
        case AnyOf():
            return _joined(
                [_trace(part, known, negated=negated) for part in _here(node, known)], decisive=True
            )
        case Not():
            inner, steps = _trace(node.part, known, negated=not negated)
            return (None if inner is None else not inner), steps
        case Ask():
            return None, (Step(node, None, None, negated),)
        case _:
            value = known.get(node.fact)
            holds = _leaf(node)(known)
            shown = None if isinstance(value, frozenset) else value
            return holds, (Step(node, holds, shown, negated),)


def _gated(node: AllOf, known: Known) -> tuple[Node, ...]:
    """While the district is open, its terms are not asked about: only where the person lives."""
    gate = next((part for part in node.parts if _is_place(part) and _leaf(part)(known) is None), None)
    if gate is None or any(compiled(part)(known) is False for part in node.parts):
        return node.parts
    return tuple(part for part in node.parts if part is gate or not _is_open(part, known))


def _here(node: AnyOf, known: Known) -> tuple[Node, ...]:
    """Leave out branches for other places: that they fail says nothing to this person."""
    here = tuple(part for part in node.parts if not _for_elsewhere(part, known))
    return here or node.parts


def _for_elsewhere(node: Node, known: Known) -> bool:
    match node:
        case AllOf():
            return any(_for_elsewhere(part, known) for part in node.parts)
        case Not():
            return _is_place(node.part) and _leaf(node.part)(known) is True
        case _:
            return _is_place(node) and _leaf(node)(known) is False


def _is_place(node: Node) -> TypeGuard[In]:
    return isinstance(node, In) and node.fact == "lives_in"


def _is_open(node: Node, known: Known) -> bool:
    return compiled(node)(known) is None


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
    values = held if isinstance(held, frozenset) else cells(node, fact)
    answers = {test({**known, fact: value}) for value in values}
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
        return [first.replace(year=first.year - 1), *dates]
    return [numbers[0] - 1, *numbers] if numbers else []
