"""Rules with one condition spoilt: what a mistake in the catalogue would look like.

A condition is a leaf of the tree. It is made always true (dropped) and always false
(impossible); an age or amount also loses or moves either end by one, and a list
loses each of its values. Lists of places are data: the council tax rows have a test of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from offer.eligibility.rule import AllOf, AnyOf, Ask, Between, In, Is, Leaf, Node, Not, leaves

ALWAYS = "mutated"  # a fact that everybody in these tests has


@dataclass(frozen=True, slots=True)
class Mutant:
    """One spoilt rule. `what` names the condition and the change, as in `age without its end`."""

    what: str
    condition: str
    node: Node


def mutants(node: Node) -> Iterator[Mutant]:
    """Every way to spoil one condition of the rule."""
    for leaf in leaves(node):
        for change, spoilt in _spoilt(leaf):
            yield Mutant(f"{leaf.id} {change}", leaf.id, _with(node, leaf.id, spoilt))


def _spoilt(leaf: Leaf) -> Iterator[tuple[str, Leaf]]:
    yield "always true", Is(leaf.id, ALWAYS, value=True)
    yield "always false", Is(leaf.id, ALWAYS, value=False)
    match leaf:
        case Between():
            yield from _ends(leaf)
        case In() if len(leaf.values) > 1 and leaf.fact != "lives_in":
            for value in sorted(leaf.values):
                yield f"without {value}", replace(leaf, values=leaf.values - {value})
        case Is() | In() | Ask():
            return


def _ends(leaf: Between) -> Iterator[tuple[str, Leaf]]:
    start, before = leaf.start, leaf.before
    if isinstance(start, int):
        yield "starting one later", replace(leaf, start=start + 1)
        yield "starting one earlier", replace(leaf, start=start - 1)
        if before is not None:
            yield "without its start", replace(leaf, start=None)
    if isinstance(before, int):
        yield "ending one later", replace(leaf, before=before + 1)
        yield "ending one earlier", replace(leaf, before=before - 1)
        if start is not None:
            yield "without its end", replace(leaf, before=None)


def _with(node: Node, condition: str, spoilt: Leaf) -> Node:
    match node:
        case AllOf() | AnyOf():
            return replace(node, parts=tuple(_with(part, condition, spoilt) for part in node.parts))
        case Not():
            return replace(node, part=_with(node.part, condition, spoilt))
        case _:
            return spoilt if node.id == condition else node
