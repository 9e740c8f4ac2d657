"""The peers: the same rules in general rule engines, each in the fastest way its package offers.

Every engine takes one person as a dict and answers all rules in one call, as ours does.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from offer.eligibility.rule import Node
from tests.bench.rules import Person, json_logic, zen_expression

Engine = Callable[[Person], Any]


def datalogic(rules: Mapping[str, Node]) -> Engine:
    """JsonLogic compiled by datalogic-rs: one rule that is the list of all."""
    from datalogic_py import Engine as DataLogic

    engine: Engine = DataLogic().compile([json_logic(node) for node in rules.values()]).evaluate
    return engine


def zen_decision(rules: Mapping[str, Node]) -> Engine:
    """GoRules Zen: one decision whose expression node holds every rule."""
    from zen import ZenEngine

    expressions = [{"id": name, "key": name, "value": zen_expression(node)} for name, node in rules.items()]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "all", "type": "expressionNode", "name": "all", "content": {"expressions": expressions}},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in (("in", "all"), ("all", "out"))
    ]
    decision = ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def evaluate(person: Person) -> list[bool]:
        result = decision.evaluate(person)["result"]
        return [result[name] for name in rules]

    return evaluate


def zen_one_expression(rules: Mapping[str, Node]) -> Engine:
    """Not a decision at all, only its expression language: one list of all rules."""
    from zen import compile_expression

    engine: Engine = compile_expression(f"[{', '.join(map(zen_expression, rules.values()))}]").evaluate
    return engine
