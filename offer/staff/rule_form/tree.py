"""The tree that lines stand for, the place in it of each line, and what is wrong with a line in words."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from offer.eligibility.facts import FACTS
from offer.staff.rule_form.fact_words import OFFERED, answers_of
from offer.staff.rule_form.lines import Line
from offer.staff.rule_form.numbers import NumberFault, read_from, read_until
from offer.staff.rule_form.place_words import PlaceFault, PlaceWords
from offer.staff.rule_form.shared import SHARED

ROOT = "r"  # the key of the whole rule; its third part is "r-2"
LONGEST = 600  # letters of one text
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")


class LineFault(ValueError):  # noqa: N818 - what was typed, not what broke
    """What keeps a line from being written; the text says what to do."""


class Unfinished(LineFault):
    """A line that is only begun: nothing is wrong with it until somebody wants to save it."""


@dataclass(slots=True)
class Written:
    """The tree of some lines. `tree`: without the lines that have a fault, None where nothing is left.

    `faults`: by the key of the line; `begun`: those of them that are only unfinished. `keys`: the key of the
    line at a place in the tree, as RuleError names places ("rule.all[2]"). `lines`: the key of the line with
    an id.
    """

    tree: dict[str, Any] | None = None
    faults: dict[str, str] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    keys: dict[str, str] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)

    def key_at(self, path: str) -> str:
        """The line a fault of the rule stands at: the nearest one around its place."""
        return max((key for place, key in self.keys.items() if path.startswith(place)), key=len, default=ROOT)

    def key_of(self, node: str) -> str:
        """The line of a node by its id; what a shared piece brought is at its line."""
        while node not in self.lines and "." in node:
            node = node.rpartition(".")[0]
        return self.lines.get(node, ROOT)


def written(root: Line, places: PlaceWords) -> Written:
    """The tree of the lines, every line without an id given one that no other has."""
    found = Written()
    writer = _Writer(places, found, {line.id for line in root.every() if line.id})
    found.tree = writer.node(root, ROOT, "rule")
    return found


def own_tree(line: Line, places: PlaceWords) -> Any:
    """The node of a line that is no group; None where it has a fault."""
    try:
        return {"id": line.id, **_leaf(line, places), **_said(line)}
    except LineFault:
        return None


class _Writer:
    """Writes lines one by one, noting where each came to stand and what is wrong."""

    def __init__(self, places: PlaceWords, found: Written, taken: set[str]) -> None:
        self._places, self._found, self._taken = places, found, taken

    def node(self, line: Line, key: str, path: str) -> dict[str, Any] | None:
        found = self._found
        found.keys[path] = key
        try:
            tree = self._group(line, key, path) if line.is_group else self._single(line)
        except LineFault as fault:
            found.faults[key] = str(fault)
            found.begun |= {key} if isinstance(fault, Unfinished) else set()
            return None
        if tree is not None:
            found.lines.setdefault(str(tree.get("id")), key)
        return tree

    def _single(self, line: Line) -> dict[str, Any]:
        if line.kind == "yaml":
            return carried(line.text)
        own = _leaf(line, self._places)
        return {"id": self._id(line), **own, **_said(line)}

    def _group(self, line: Line, key: str, path: str) -> dict[str, Any] | None:
        if not line.parts:
            raise Unfinished("There is nothing in this group yet. Add a line to it, or take it out.")
        own = {"id": self._id(line)}
        wrapped = line.kind == "none" and (bool(line.any_id) or len(line.parts) > 1)
        inside = (
            f"{path}.not.any" if wrapped else f"{path}.not" if line.kind == "none" else f"{path}.{line.kind}"
        )
        parts = self._parts(line, key, inside, counted=wrapped or line.kind != "none")
        if not parts:
            return None
        if line.kind != "none":
            return {**own, line.kind: parts, **_said(line)}
        name = line.any_id or self._free(f"{own['id']}-any")
        return {**own, "not": {"id": name, "any": parts} if wrapped else parts[0], **_said(line)}

    def _parts(self, line: Line, key: str, inside: str, *, counted: bool) -> list[dict[str, Any]]:
        """The trees of the parts that have one. Places count those alone, as the tree does."""
        found: list[dict[str, Any]] = []
        for number, part in enumerate(line.parts):
            path = f"{inside}[{len(found)}]" if counted else inside
            tree = self.node(part, f"{key}-{number}", path)
            found += [] if tree is None else [tree]
        return found

    def _id(self, line: Line) -> str:
        return line.id or self._free(proposed(line))

    def _free(self, wanted: str) -> str:
        name, number = wanted, 2
        while name in self._taken:
            name, number = f"{wanted}-{number}", number + 1
        self._taken.add(name)
        return name


def proposed(line: Line) -> str:
    """An id for a new line, from what it tests."""
    words = {"fact": line.fact, "use": line.use, "ask": "decided"}.get(line.kind, f"{line.kind}-of")
    return _NOT_IN_AN_ID.sub("-", words).strip("-") or "line"


def _said(line: Line) -> dict[str, str]:
    """Its `why` and `cite`, where it has them."""
    for words in (line.id, line.why, line.cite):
        if len(words) > LONGEST:
            raise LineFault(f"A text here is {len(words)} letters long. Write {LONGEST} at most.")
    return {key: words for key, words in (("why", line.why), ("cite", line.cite)) if words}


def _leaf(line: Line, places: PlaceWords) -> dict[str, Any]:
    if line.kind == "ask":
        if not line.text:
            raise Unfinished("Write what somebody decides, in a sentence.")
        if len(line.text) > LONGEST:
            raise LineFault(f"This is {len(line.text)} letters long. Write {LONGEST} at most.")
        return {"ask": line.text}
    if line.kind == "use":
        return _shared(line, places)
    if line.fact not in OFFERED:
        if not line.fact:
            raise Unfinished("Choose what this line is about.")
        raise LineFault("We do not know this fact. Choose another.")
    return {"fact": line.fact, **_tested(line, places)}


def _shared(line: Line, places: PlaceWords) -> dict[str, Any]:
    piece = SHARED.get(line.use)
    if piece is None:
        raise Unfinished("Choose which shared piece this is.")
    if not piece.names_councils:
        return {"use": line.use}
    codes = _codes(line, "responsible_authority", places)
    return {"use": line.use, "authority": codes if len(codes) > 1 or line.listed else codes[0]}


def _codes(line: Line, fact: str, places: PlaceWords) -> list[str]:
    try:
        codes = places.read(line.places, fact)
    except PlaceFault as fault:
        raise LineFault(str(fault)) from fault
    if not codes:
        raise Unfinished("Write at least one place, each on its own line.")
    return codes


def _tested(line: Line, places: PlaceWords) -> dict[str, Any]:
    fact = FACTS[line.fact]
    if fact.type == "area":
        return {"in": _codes(line, fact.name, places)}
    if fact.type == "int":
        return _range(line)
    known = [value for value, _ in answers_of(fact)]
    chosen = [value for value in line.chosen if value in known]
    if not chosen:
        raise Unfinished("Choose an answer." if fact.type == "bool" else "Choose one answer or more.")
    if fact.type == "bool":
        return {"is": chosen[0] == "true"}
    return {"in": [v for v in line.order if v in chosen] + [v for v in chosen if v not in line.order]}


def _range(line: Line) -> dict[str, int]:
    fact = FACTS[line.fact]
    try:
        ends = {"from": read_from(fact, line.low), "before": read_until(fact, line.high)}
    except NumberFault as fault:
        raise LineFault(str(fault)) from fault
    start, before = ends["from"], ends["before"]
    if start is None and before is None:
        raise Unfinished("Write at least one of the two numbers.")
    if start is not None and before is not None and start >= before:
        raise LineFault("The first number must be smaller than the second. Nobody is between these two.")
    return {key: value for key, value in ends.items() if value is not None}


def carried(text: str) -> dict[str, Any]:
    """The node of a line that the form cannot show, as it was."""
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise LineFault("This line came back broken. Open the page again.") from fault
    if not isinstance(tree, dict):
        raise LineFault("This line is no part of a rule. Take it out, or write it in YAML.")
    return tree
