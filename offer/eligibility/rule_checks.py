"""What is wrong or odd about rules themselves, whoever asks: found before they are published.

A rule is its ways to qualify, and a way is what it wants of each fact: the cells, the
stretches of values that the rules can tell apart, that it allows. A way with no cell
left for some fact can never be met; a condition without which the ways are the same
says nothing; two rules with the same ways are one rule written twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from offer.eligibility.kleene import cells
from offer.eligibility.normal_form import Way, by_fact, ways
from offer.eligibility.rule import AllOf, AnyOf, Ask, Node, Not, Value, facts_of, leaves


@dataclass(frozen=True, slots=True)
class Cover:
    """One way to qualify: the cells it allows of each fact it narrows, and what people must decide."""

    allowed: Mapping[str, frozenset[Value]]
    asks: frozenset[str]
    leaves: tuple[str, ...]  # ids, to name it by
    clash: tuple[str, ...]  # of them, those that cannot hold together

    @property
    def possible(self) -> bool:
        """Whether somebody could meet it."""
        return all(self.allowed.values())

    def inside(self, other: "Cover") -> bool:
        """Whether everybody who meets this way meets the other too, with nothing more to decide."""
        return other.asks <= self.asks and all(
            fact in self.allowed and self.allowed[fact] <= wanted for fact, wanted in other.allowed.items()
        )


def covers(node: Node) -> tuple[Cover, ...]:
    """The ways of a rule.

    Raises RuleError where the rule has more ways than can be listed.
    """
    stretches = {fact: frozenset(cells(node, fact)) for fact in facts_of(node)}
    return tuple(_cover(way, stretches) for way in ways(node))


def _cover(way: Way, stretches: Mapping[str, frozenset[Value]]) -> Cover:
    wanted = {
        fact: frozenset(value for value in stretches[fact] if fits(value))
        for fact, fits in by_fact(way).items()
    }
    narrowed = {fact: allowed for fact, allowed in wanted.items() if allowed != stretches[fact]}
    asks = frozenset(part.leaf.text for part in way if isinstance(part.leaf, Ask))
    clash = tuple(part.leaf.id for part in way if part.fact is not None and not wanted[part.fact])
    return Cover(narrowed, asks, tuple(part.leaf.id for part in way), clash)


def impossible(node: Node) -> bool:
    """Whether nobody at all can meet the rule."""
    return not any(cover.possible for cover in covers(node))


def clashes(node: Node) -> Iterator[tuple[str, ...]]:
    """The leaves that make some way impossible, once each, where the rule as a whole can be met."""
    found = covers(node)
    if any(cover.possible for cover in found):
        yield from dict.fromkeys(cover.clash for cover in found if not cover.possible)


def redundant(node: Node) -> Iterator[str]:
    """The ids of leaves that say nothing: taken as always so, or as never so, the rule means the same.

    Judged by the ways to qualify that are inside no other, so that it names none wrongly.
    """
    stretches = {fact: frozenset(cells(node, fact)) for fact in facts_of(node)}
    meant = _meaning(node, stretches)
    for leaf in leaves(node):
        if any(_meaning(settled(node, leaf.id, holds), stretches) == meant for holds in (True, False)):
            yield leaf.id


def settled(node: Node, leaf: str, holds: bool) -> Node:
    """The rule with one leaf taken as always so, or never."""
    match node:
        case AllOf() | AnyOf():
            return replace(node, parts=tuple(settled(part, leaf, holds) for part in node.parts))
        case Not():
            return replace(node, part=settled(node.part, leaf, holds))
        case _ if node.id == leaf:
            return AllOf(leaf, ()) if holds else AnyOf(leaf, ())  # nothing to meet; no way to meet it
        case _:
            return node


Meaning = frozenset[tuple[frozenset[tuple[str, frozenset[Value]]], frozenset[str]]]


def _meaning(node: Node, stretches: Mapping[str, frozenset[Value]]) -> Meaning:
    """What each way allows and asks, without the ways that lie inside another."""
    found = dict.fromkeys(
        (frozenset(cover.allowed.items()), cover.asks)
        for cover in (_cover(way, stretches) for way in ways(node))
        if cover.possible
    )
    covers = [Cover(dict(allowed), asks, (), ()) for allowed, asks in found]
    return frozenset(
        (frozenset(each.allowed.items()), each.asks)
        for each in covers
        if not any(each is not other and each.inside(other) for other in covers)
    )


def duplicates(rules: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    """Pairs of rules that come out alike for everybody, each with the first that reads so."""
    every = tuple(rules.values())
    stretches = {
        fact: frozenset(cells(AnyOf("", every), fact))
        for fact in {f for node in every for f in facts_of(node)}
    }
    first = dict[frozenset[tuple[object, ...]], str]()
    for name, node in rules.items():
        found = (_cover(way, stretches) for way in ways(node))
        alike = frozenset((frozenset(cover.allowed.items()), cover.asks) for cover in found if cover.possible)
        if alike in first:
            yield first[alike], name
        first.setdefault(alike, name)


def uncited(node: Node, *, above: bool = False) -> Iterator[str]:
    """The leaves with no source of their own or of a part around them. What a person decides needs none."""
    cited = above or bool(node.cite)
    match node:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from uncited(part, above=cited)
        case Not(part=part):
            yield from uncited(part, above=cited)
        case Ask():
            return
        case _:
            if not cited:
                yield node.id


@dataclass(frozen=True, slots=True)
class Span:
    """One dated row of one area: start inclusive, end exclusive, None open.

    `key` tells rows apart that stand side by side on purpose.
    """

    area: str
    start: date | None
    end: date | None
    key: object = None


def overlaps(spans: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Rows of one area that hold on the same day, so that nobody can tell which counts.

    Rows that start together and differ in their key stand side by side on purpose.
    """
    for rows in _by_area(spans):
        for early, late in pairwise(rows):
            beside = early.start == late.start and early.key != late.key
            if not beside and (early.end is None or late.start is None or late.start < early.end):
                yield early, late


def gaps(spans: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Rows of one area with days between them that no row covers."""
    for rows in _by_area(spans):
        ends = [row.end for row in rows]
        for place, (early, late) in enumerate(pairwise(rows)):
            reached = ends[: place + 1]
            if late.start is not None and all(end is not None and end < late.start for end in reached):
                yield early, late


def _by_area(spans: Sequence[Span]) -> Iterator[list[Span]]:
    areas = dict.fromkeys(span.area for span in spans)
    for area in areas:
        yield sorted((s for s in spans if s.area == area), key=lambda span: span.start or date.min)
