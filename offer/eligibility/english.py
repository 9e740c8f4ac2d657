"""A whole rule in plain English, as nested lines: who it is for, for anybody to read.

`rule_lines(node, names)` gives a page its bullets. Nothing here knows a person: what a
rule says of somebody is in `wording.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from directory.phrase import Phrase, in_a_row, listed, phrase, sentence
from offer.eligibility.facts import FACTS
from offer.eligibility.rule import AllOf, AnyOf, Ask, Between, In, Is, Node, Not, leaves
from offer.eligibility.wording import Names, condition, holes, range_words

MANY_BRANCHES = 4  # terms of more places than this are named together, not listed

ALL = phrase("All of these:")
ANY = phrase("One of these:")
NOT_ALL = phrase("Not all of these together:")
NONE = phrase("None of these:")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line: a condition with its law, or a heading over `parts`. `decided`: a person decides it."""

    text: str
    cite: str = ""
    decided: bool = False
    parts: tuple[RuleLine, ...] = ()


def rule_lines(node: Node, names: Names) -> tuple[RuleLine, ...]:
    """The conditions of a rule; those at the top must all hold, unless the one line is a heading."""
    if isinstance(node, AllOf) and not node.why:
        return _joined(node, names, negated=False)
    return (_line(node, names, negated=False),)


def _line(node: Node, names: Names, *, negated: bool) -> RuleLine:
    match node:
        case AllOf() | AnyOf():
            return _group(node, names, negated=negated)
        case Not():
            return _line(node.part, names, negated=not negated)
        case Ask():
            return RuleLine(sentence(node.text), node.cite or "", decided=True)
        case In() if not node.why and not negated and len(_choices(node)) > 2:
            return RuleLine(ANY, node.cite or "", parts=_choices(node))
        case Is() | In() | Between():
            return RuleLine(sentence(node.why or _about_you(node, names, negated=negated)), node.cite or "")


def _about_you(leaf: Is | In | Between, names: Names, *, negated: bool) -> str:
    """The condition as said to its reader: "your name is on the council tax bill"."""
    fact = FACTS[leaf.fact]
    match leaf:
        case Is():
            return Phrase(fact.yes if leaf.value is not negated else fact.no, {})
        case Between() if not negated:
            return Phrase(holes(fact.yes), {"value": range_words(leaf, fact.unit)})
        case In() if not negated and fact.type == "area":
            places = sorted(names.get(code, code) for code in leaf.values)
            return Phrase(holes(fact.yes), {"value": listed(places, "or")})
        case In() if not negated:
            clauses = [option.you for option in FACTS[leaf.fact].options if option.value in leaf.values]
            return in_a_row(", or ".join(clauses), [Phrase(each, {}) for each in clauses], "or")
        case _:
            return condition(leaf, names, negated=negated)


def _choices(leaf: In) -> tuple[RuleLine, ...]:
    """Each value of a choice as its own line; empty for places."""
    options = (option for option in FACTS[leaf.fact].options if option.value in leaf.values)
    return tuple(RuleLine(sentence(Phrase(option.you, {}))) for option in options)


def _group(node: AllOf | AnyOf, names: Names, *, negated: bool) -> RuleLine:
    if node.why:
        return RuleLine(sentence(node.why), node.cite or "")
    by_place = _by_place(node)
    if by_place:
        return RuleLine(by_place)
    parts = _joined(node, names, negated=negated)
    return parts[0] if len(parts) == 1 else RuleLine(_heading(node, negated=negated), parts=parts)


def _heading(node: AllOf | AnyOf, *, negated: bool) -> str:
    if isinstance(node, AllOf):
        return NOT_ALL if negated else ALL
    return NONE if negated else ANY


def _joined(node: AllOf | AnyOf, names: Names, *, negated: bool) -> tuple[RuleLine, ...]:
    """The lines of the parts; a group of the same kind is opened, and what reads the same said once."""
    lines: dict[RuleLine, None] = {}
    for part in _opened(node):
        # Under "none of these" each part is said as it stands; the choices of an `any` are more parts.
        line = _line(part, names, negated=False)
        same = isinstance(node, AnyOf) and line.text == ANY
        lines |= dict.fromkeys(_with_law(line) if same else (line,))
    if negated and len(lines) == 1:
        return (_line(node.parts[0], names, negated=True),)
    return tuple(lines)


def _with_law(line: RuleLine) -> tuple[RuleLine, ...]:
    return tuple(replace(part, cite=part.cite or line.cite) for part in line.parts)


def _opened(node: AllOf | AnyOf) -> list[Node]:
    parts: list[Node] = []
    for part in node.parts:
        same = isinstance(part, type(node)) and not part.why
        parts += _opened(part) if same and not _by_place(part) else [part]  # type: ignore[arg-type]  # a group
    return parts


def _by_place(node: Node) -> str:
    """A choice between many councils' own terms in one sentence; "" for any other node."""
    if not isinstance(node, AnyOf) or len(node.parts) <= MANY_BRANCHES:
        return ""
    if not all(any(_is_home(leaf) for leaf in leaves(part)) for part in node.parts):
        return ""
    return phrase("The terms of the council where you live: each council has its own.")


def _is_home(leaf: Node) -> bool:
    return isinstance(leaf, In) and leaf.fact == "lives_in"
