"""What is to be said of the lines: faults that keep the rule from being saved, warnings, and its English."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from directory.phrase import listed
from offer.eligibility.english import RuleLine, rule_lines
from offer.eligibility.rule import Ask, Leaf, Node, RuleError, leaves, parse
from offer.eligibility.rule_checks import clashes, covers, redundant, uncited
from offer.eligibility.terms import Terms
from offer.eligibility.wording import Names, condition
from offer.rulebook import FACT_TYPES, compile_rule
from offer.staff.rule_form.lines import Line
from offer.staff.rule_form.place_words import PlaceWords
from offer.staff.rule_form.shared import SHARED
from offer.staff.rule_form.tree import ROOT, Written, own_tree, written

_SHARED = "."  # in the id of a leaf that a shared piece brought
FEW_WAYS = 64  # which line adds nothing is looked for in rules of so many ways; it takes their square
_GRAMMAR = {
    "is more than 5 levels deep": "The groups stand too deep in each other: five levels at most. "
    "Take a group out, or put its lines in the group around it.",
}


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 - `Warning` is Python's own
    """What is odd, not wrong: the key of its line, and words."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The lines as a rule. `tree`: what would be saved, None where `faults` (line key → words) holds any.

    `begun`: the keys of lines that are only unfinished. `english`: the sentences the public reads, of all
    lines that can be read already.
    """

    tree: dict[str, Any] | None
    faults: Mapping[str, str]
    warnings: tuple[Warning_, ...]
    english: tuple[RuleLine, ...]
    begun: frozenset[str] = frozenset()


def judged(root: Line, places: PlaceWords, terms: Terms, names: Names) -> Judged:
    """Everything to be said of the lines. Raises nothing for what stands in them.

    `terms`: what the English reads. The checks are made without the rows of districts, as for publishing:
    a district's row says nothing of how the rule is written.
    """
    found = written(root, places)
    if found.tree is None:
        return Judged(None, found.faults, (), (), frozenset(found.begun))
    try:
        node = compile_rule(found.tree, terms).node
        plain = compile_rule(found.tree, Terms(terms.on)).node
        blocked, warnings = _impossible(plain, found, names), tuple(_odd(plain, found, names))
    except (RuleError, RecursionError) as fault:
        path, problem = (
            (fault.path, fault.problem) if isinstance(fault, RuleError) else ("rule", "is too deep")
        )
        words = _GRAMMAR.get(problem, f"This line cannot be read: it {problem}.")
        faults = {found.key_at(path): words, **found.faults}
        return Judged(None, faults, (), (), frozenset(found.begun))
    faults = {**blocked, **found.faults}
    tree = None if faults else found.tree
    odd = () if faults else warnings
    return Judged(tree, faults, odd, rule_lines(node, names), frozenset(found.begun))


def _impossible(node: Node, found: Written, names: Names) -> dict[str, str]:
    """The lines because of which nobody at all can meet the rule; empty where somebody can."""
    every = covers(node)
    if any(cover.possible for cover in every):
        return {}
    clash = every[0].clash if every else ()
    words = f"Nobody can ever meet this rule. These do not go together: {_said(clash, node, names)}."
    return {found.key_of(leaf): words for leaf in clash} or {ROOT: "Nobody can ever meet this rule."}


def _odd(node: Node, found: Written, names: Names) -> Iterator[Warning_]:
    for clash in clashes(node):
        if not all(_SHARED in leaf for leaf in clash):
            words = f"One way to qualify is shut, as these do not go together: {_said(clash, node, names)}."
            yield Warning_(found.key_of(clash[0]), words)
    for leaf in redundant(node) if len(covers(node)) <= FEW_WAYS else ():
        if _SHARED not in leaf:
            words = f"It changes nothing: without it the rule means the same. {_said([leaf], node, names)}."
            yield Warning_(found.key_of(leaf), words)
    for leaf in uncited(node):
        if _SHARED not in leaf:
            yield Warning_(found.key_of(leaf), f"No source is given for it. {_said([leaf], node, names)}.")


def _said(ids: tuple[str, ...] | list[str], node: Node, names: Names) -> str:
    """Leaves in words: “This is for people aged 18 to 24” and “…”."""
    by_id: dict[str, Leaf] = {leaf.id: leaf for leaf in leaves(node)}
    clauses = [_clause(by_id[each], names) for each in ids if each in by_id]
    return str(listed([f"“{clause}”" for clause in dict.fromkeys(clauses)], "and"))


def _clause(leaf: Leaf, names: Names) -> str:
    words = leaf.text if isinstance(leaf, Ask) else leaf.why or str(condition(leaf, names))
    return words.rstrip(".")


def sentence_of(line: Line, places: PlaceWords, names: Names) -> str:
    """One line as the public reads it; "" for a group, or for a line that is not finished."""
    if line.kind == "use":
        piece = SHARED.get(line.use)
        return ": ".join(filter(None, (piece.words, ", ".join(line.places.splitlines())))) if piece else ""
    if line.kind == "yaml" or line.is_group:
        return ""
    tree = own_tree(line, places)
    if tree is None:
        return ""
    try:
        return " ".join(_flat(rule_lines(parse({**tree, "id": "x"}, FACT_TYPES), names)))
    except RuleError:
        return ""


def _flat(lines: tuple[RuleLine, ...]) -> Iterator[str]:
    for line in lines:
        yield str(line.text)
        yield from _flat(line.parts)
