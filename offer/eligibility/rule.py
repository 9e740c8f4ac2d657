"""The rule tree: a bounded grammar, written once in YAML, read here and on the phone.

A node is one of

    {id, all: [node, …]}          every part holds
    {id, any: [node, …]}          at least one part holds
    {id, not: node}               the part does not hold
    {id, fact, is: true|false}    a yes-or-no fact
    {id, fact, in: [value, …]}    a choice or an area
    {id, fact, from, before}      a number or date: from inclusive, before exclusive
    {id, ask: "…"}                a person decides: always unknown
    {id, use: name, …}            a shared condition, written out before compiling

Every node may carry `why` (plain words shown instead of the generated ones) and
`cite` (Act and section). At most five levels deep; `normal_form` limits the ways to qualify.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

MAX_DEPTH = 5

Value = bool | int | str | date


class RuleError(ValueError):
    """A rule that cannot be read; `path` names the place, as in `rule.all[2].fact`."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


@dataclass(frozen=True, slots=True)
class AllOf:
    id: str
    parts: tuple[Node, ...]
    why: str | None = None
    cite: str | None = None


@dataclass(frozen=True, slots=True)
class AnyOf:
    id: str
    parts: tuple[Node, ...]
    why: str | None = None
    cite: str | None = None


@dataclass(frozen=True, slots=True)
class Not:
    id: str
    part: Node
    why: str | None = None
    cite: str | None = None


@dataclass(frozen=True, slots=True)
class Is:
    id: str
    fact: str
    value: bool
    why: str | None = None
    cite: str | None = None

    @property
    def tested(self) -> bool:
        """What it tests, whatever its name and words."""
        return self.value

    def test(self, value: Value) -> bool | None:
        """Whether a value passes; None for one of the wrong type, which is a surprise and so unknown."""
        return (value is self.value) if isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class In:
    id: str
    fact: str
    values: frozenset[str]
    why: str | None = None
    cite: str | None = None

    @property
    def tested(self) -> frozenset[str]:
        """What it tests, whatever its name and words."""
        return self.values

    def test(self, value: Value) -> bool | None:
        """Whether a value passes; None for one of the wrong type."""
        return (value in self.values) if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Between:
    id: str
    fact: str
    start: int | date | None
    before: int | date | None
    why: str | None = None
    cite: str | None = None

    @property
    def tested(self) -> tuple[int | date | None, int | date | None]:
        """What it tests, whatever its name and words."""
        return self.start, self.before

    def test(self, value: Value) -> bool | None:
        """Whether a value passes: `start` inclusive, `before` exclusive; None for one of the wrong type."""
        if isinstance(value, bool):
            return None
        try:
            return not (
                (self.start is not None and value < self.start)  # type: ignore[operator]  # a wrong type raises
                or (self.before is not None and value >= self.before)  # type: ignore[operator]  # the same
            )
        except TypeError:
            return None


@dataclass(frozen=True, slots=True)
class Ask:
    id: str
    text: str
    why: str | None = None
    cite: str | None = None


Leaf = Is | In | Between | Ask
Node = AllOf | AnyOf | Not | Is | In | Between | Ask
_COMMON = {"id", "why", "cite"}
_SHAPES: Mapping[str, set[str]] = {
    "all": {"all"}, "any": {"any"}, "not": {"not"}, "ask": {"ask"},
    "fact": {"fact", "is", "in", "from", "before"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactType:
    """What a rule may say of a fact: its type and, for a choice, its values."""

    type: str  # bool, choice, int, date, area
    values: frozenset[str] | None = None


@dataclass(slots=True)
class _Reading:
    """One rule being read: the facts there are, and the ids met so far."""

    facts: Mapping[str, FactType]
    ids: set[str] = field(default_factory=set)


def parse(data: object, facts: Mapping[str, FactType]) -> Node:
    """Read one rule, shared conditions already written out.

    Raises RuleError with the path to the first fault: an unknown fact, a wrong
    type, an id met twice, a rule too deep.
    """
    node = _node(data, "rule", _Reading(facts))
    if depth(node) > MAX_DEPTH:
        raise RuleError("rule", f"is more than {MAX_DEPTH} levels deep")
    return node


def _node(data: object, path: str, reading: _Reading) -> Node:
    if not isinstance(data, dict):
        raise RuleError(path, "must be a mapping")
    shape = next((name for name in _SHAPES if name in data), None)
    if shape is None:
        raise RuleError(path, "needs one of all, any, not, fact, ask, use")
    unknown = set(data) - _COMMON - _SHAPES[shape]
    if unknown:
        raise RuleError(path, f"does not know {', '.join(sorted(map(str, unknown)))}")
    return _READERS[shape](data, path, reading)


def _common(data: Mapping[str, Any], path: str, reading: _Reading) -> dict[str, Any]:
    """The parts every node has: id, and the optional why and cite."""
    name = data.get("id")
    if not isinstance(name, str) or not name:
        raise RuleError(f"{path}.id", "is missing")
    if name in reading.ids:
        raise RuleError(f"{path}.id", f"'{name}' stands twice in this rule")
    reading.ids.add(name)
    for key in ("why", "cite"):
        if data.get(key) is not None and not isinstance(data[key], str):
            raise RuleError(f"{path}.{key}", "must be text")
    return {"id": name, "why": data.get("why"), "cite": data.get("cite")}


def _parts(data: Mapping[str, Any], key: str, path: str, reading: _Reading) -> tuple[Node, ...]:
    parts = data[key]
    if not isinstance(parts, list) or not parts:
        raise RuleError(f"{path}.{key}", "needs at least one part")
    return tuple(_node(part, f"{path}.{key}[{n}]", reading) for n, part in enumerate(parts))


def _all(data: Mapping[str, Any], path: str, reading: _Reading) -> Node:
    return AllOf(**_common(data, path, reading), parts=_parts(data, "all", path, reading))


def _any(data: Mapping[str, Any], path: str, reading: _Reading) -> Node:
    return AnyOf(**_common(data, path, reading), parts=_parts(data, "any", path, reading))


def _not(data: Mapping[str, Any], path: str, reading: _Reading) -> Node:
    return Not(**_common(data, path, reading), part=_node(data["not"], f"{path}.not", reading))


def _ask(data: Mapping[str, Any], path: str, reading: _Reading) -> Node:
    if not isinstance(data["ask"], str) or not data["ask"].strip():
        raise RuleError(f"{path}.ask", "must be a sentence")
    return Ask(**_common(data, path, reading), text=data["ask"].strip())


def _fact(data: Mapping[str, Any], path: str, reading: _Reading) -> Node:
    name = data["fact"]
    known = reading.facts.get(name) if isinstance(name, str) else None
    if known is None:
        raise RuleError(f"{path}.fact", f"'{name}' is not a fact we know")
    common = _common(data, path, reading)
    if "is" in data:
        return _is(data, name, known, common, path)
    if "in" in data:
        return _in(data, name, known, common, path)
    return _between(data, name, known, common, path)


def _is(data: Mapping[str, Any], fact: str, known: FactType, common: dict[str, Any], path: str) -> Node:
    if known.type != "bool" or not isinstance(data["is"], bool):
        raise RuleError(f"{path}.is", f"needs true or false, and a yes-or-no fact ('{fact}' is {known.type})")
    return Is(**common, fact=fact, value=data["is"])


def _in(data: Mapping[str, Any], fact: str, known: FactType, common: dict[str, Any], path: str) -> Node:
    values = data["in"]
    if known.type not in ("choice", "area") or not isinstance(values, list) or not values:
        raise RuleError(f"{path}.in", f"needs a list of values, and a choice ('{fact}' is {known.type})")
    for value in values:
        if not isinstance(value, str) or (known.values is not None and value not in known.values):
            raise RuleError(f"{path}.in", f"'{value}' is not a value of '{fact}'")
    return In(**common, fact=fact, values=frozenset(values))


def _between(data: Mapping[str, Any], fact: str, known: FactType, common: dict[str, Any], path: str) -> Node:
    start, before = data.get("from"), data.get("before")
    if start is None and before is None:
        raise RuleError(path, "needs is, in, from or before")
    wanted = {"int": int, "date": date}.get(known.type)
    for end in (start, before):
        if end is not None and (wanted is None or not isinstance(end, wanted) or isinstance(end, bool)):
            raise RuleError(path, f"from and before of '{fact}' ({known.type}) cannot be {end!r}")
    if start is not None and before is not None and start >= before:
        raise RuleError(path, f"from {start} is not before {before}")
    return Between(**common, fact=fact, start=start, before=before)


_READERS: Mapping[str, Callable[[Mapping[str, Any], str, _Reading], Node]] = {
    "all": _all, "any": _any, "not": _not, "ask": _ask, "fact": _fact,
}  # fmt: skip


def depth(node: Node) -> int:
    """Levels of `all` and `any`; an `all` straight inside an `all` (or `any` in `any`) is one."""
    match node:
        case AllOf() | AnyOf():
            return 1 + max(depth(part) - isinstance(part, type(node)) for part in node.parts)
        case Not():
            return depth(node.part)
        case _:
            return 0


def walk(node: Node) -> Iterator[Node]:
    """Every node, parents first."""
    yield node
    match node:
        case AllOf() | AnyOf():
            for part in node.parts:
                yield from walk(part)
        case Not():
            yield from walk(node.part)


def leaves(node: Node) -> Iterator[Leaf]:
    """Every leaf, in the order written."""
    for each in walk(node):
        if isinstance(each, Is | In | Between | Ask):
            yield each


def facts_of(node: Node) -> frozenset[str]:
    """The names of all facts the rule tests."""
    return frozenset(leaf.fact for leaf in leaves(node) if not isinstance(leaf, Ask))


def thresholds(nodes: Sequence[Node], fact: str) -> tuple[int, ...]:
    """The whole numbers at which any test of `fact` can change, in order."""
    ends = set[int]()
    for node in nodes:
        for leaf in leaves(node):
            if isinstance(leaf, Between) and leaf.fact == fact:
                ends.update(end for end in (leaf.start, leaf.before) if isinstance(end, int))
    return tuple(sorted(ends))
