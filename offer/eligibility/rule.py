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
`cite` (Act and section). At most five levels deep, at most 64 ways to qualify.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

MAX_DEPTH = 5
MAX_TERMS = 64

Value = bool | int | str | date


class RuleError(ValueError):
    """A rule that cannot be read; `path` names the place, as in `rule.all[2].fact`."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


@dataclass(frozen=True, slots=True)
class All:
    id: str
    parts: tuple[Node, ...]
    why: str | None = None
    cite: str | None = None


@dataclass(frozen=True, slots=True)
class Any_:
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


@dataclass(frozen=True, slots=True)
class In:
    id: str
    fact: str
    values: frozenset[str]
    why: str | None = None
    cite: str | None = None


@dataclass(frozen=True, slots=True)
class Between:
    id: str
    fact: str
    start: int | date | None
    before: int | date | None
    why: str | None = None
    cite: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    id: str
    text: str
    why: str | None = None
    cite: str | None = None


Leaf = Is | In | Between | Ask
Node = All | Any_ | Not | Is | In | Between | Ask
