"""Invented rules and people, the same in every run: what all engines of the comparison are given.

Thirteen facts, and rules as councils write them: an age, a status, then one or two of a
few ways to qualify. Every person answers everything, since the peers know no "unknown".
"""

import random
from collections.abc import Mapping
from typing import Any

from offer.eligibility.rule import AllOf, AnyOf, Between, In, Is, Node, Not, Value

SEED = 20261122
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "care_status": ("eligible", "relevant", "former_relevant", "qualifying", "none"),
    "home": ("own_tenancy", "hostel", "family", "carer", "student_hall"),
    "study": ("none", "college", "university", "apprenticeship"),
    "district": tuple(f"E0700{number:04}" for number in range(130, 150)),
}
_NUMBERS: Mapping[str, tuple[int, int]] = {"age": (14, 27), "pay": (0, 60_000), "savings": (0, 2_000_000)}
_YES_NO = ("parent", "works", "on_the_bill", "moving", "disabled", "carer")

Person = dict[str, Any]


def rules(count: int) -> dict[str, Node]:
    """`count` rules by name; the first of a longer list are those of a shorter one."""
    chance = random.Random(SEED)
    return {f"r{number}": _rule(chance) for number in range(count)}


def people(count: int) -> list[Person]:
    """`count` people who said everything."""
    chance = random.Random(SEED + 1)
    return [_person(chance) for _ in range(count)]


def _person(chance: random.Random) -> Person:
    said: Person = {name: chance.choice(values) for name, values in _CHOICES.items()}
    said |= {name: chance.randrange(*ends) for name, ends in _NUMBERS.items()}
    return said | {name: chance.random() < 0.5 for name in _YES_NO}


def _rule(chance: random.Random) -> Node:
    names = (f"n{number}" for number in range(100))
    start = chance.randrange(14, 22)
    parts: list[Node] = [Between(next(names), "age", start, start + chance.randrange(2, 8))]
    for _ in range(chance.randrange(1, 3)):
        parts.append(_leaf(chance, next(names)))
    if chance.random() < 0.6:
        ways = chance.randrange(2, 5)
        either = tuple(_way(chance, (next(names), next(names), next(names))) for _ in range(ways))
        parts.append(AnyOf(next(names), either))
    return AllOf(next(names), tuple(parts))


def _way(chance: random.Random, names: tuple[str, str, str]) -> Node:
    both, one, other = names
    if chance.random() < 0.4:
        return AllOf(both, (_leaf(chance, one), _leaf(chance, other)))
    return _leaf(chance, one)


def _leaf(chance: random.Random, name: str) -> Node:
    kind = chance.random()
    if kind < 0.35:
        leaf: Node = Is(name, chance.choice(_YES_NO), chance.random() < 0.8)
    elif kind < 0.75:
        fact = chance.choice(tuple(_CHOICES))
        some = chance.sample(_CHOICES[fact], chance.randrange(1, 4))
        leaf = In(name, fact, frozenset(some))
    else:
        fact = chance.choice(("pay", "savings"))
        leaf = Between(name, fact, None, chance.randrange(1, 20) * _NUMBERS[fact][1] // 20)
    return Not(f"{name}.not", leaf) if chance.random() < 0.1 else leaf


def json_logic(node: Node) -> Any:
    """The rule in JsonLogic."""
    match node:
        case AllOf(parts=parts):
            return {"and": [json_logic(part) for part in parts]}
        case AnyOf(parts=parts):
            return {"or": [json_logic(part) for part in parts]}
        case Not(part=part):
            return {"!": [json_logic(part)]}
        case Is(fact=fact, value=value):
            return {"==": [{"var": fact}, value]}
        case In(fact=fact, values=values):
            return {"in": [{"var": fact}, sorted(values)]}
        case Between(fact=fact, start=start, before=before):
            ends = [{"<=": [start, {"var": fact}]}] if start is not None else []
            ends += [{"<": [{"var": fact}, before]}] if before is not None else []
            return ends[0] if len(ends) == 1 else {"and": ends}
    raise TypeError(node)


def zen_expression(node: Node) -> str:
    """The rule in the expression language of GoRules Zen."""
    match node:
        case AllOf(parts=parts):
            return "(" + " and ".join(map(zen_expression, parts)) + ")"
        case AnyOf(parts=parts):
            return "(" + " or ".join(map(zen_expression, parts)) + ")"
        case Not(part=part):
            return f"not ({zen_expression(part)})"
        case Is(fact=fact, value=value):
            return f"({fact} == {_literal(value)})"
        case In(fact=fact, values=values):
            return f"({fact} in [{', '.join(map(_literal, sorted(values)))}])"
        case Between(fact=fact, start=start, before=before):
            ends = [f"{fact} >= {start}"] if start is not None else []
            return "(" + " and ".join([*ends, *([f"{fact} < {before}"] if before is not None else [])]) + ")"
    raise TypeError(node)


def _literal(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else f"'{value}'"
