"""Rules in three values: judged by outside cases, by a plain reference and by invented rules."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer.eligibility.evaluate import compiled, explained
from offer.eligibility.rule import AllOf, AnyOf, Ask, Between, FactType, In, Is, Node, Not, RuleError, parse

FACTS = {
    "a": FactType("bool"), "b": FactType("bool"), "c": FactType("bool"), "d": FactType("bool"),
    "age_years": FactType("int"), "home": FactType("choice", frozenset({"rent", "own", "other"})),
    "lives_in": FactType("area"),
}  # fmt: skip


def _group(shared: Path, start: str) -> list[dict[str, Any]]:
    groups = json.loads((shared / "cases" / "outside_vectors.json").read_text("utf-8"))["groups"]
    return [case for group in groups if group["name"].startswith(start) for case in group["cases"]]


@pytest.mark.parametrize(
    ("name", "count"),
    [("three-valued and, or", 18), ("and, with operands", 19), ("or, with operands", 19)],
)
def test_and_and_or_agree_with_the_dmn_cases(shared: Path, name: str, count: int) -> None:
    # Source: dmn-tck/tck, compliance levels 2 (0106) and 3 (0064, 0065)
    cases = _group(shared, name)
    assert len(cases) == count
    for case in cases:
        parts = tuple(Is(str(n), str(n), True) for n in range(len(case["operands"])))
        node: Node = AllOf("r", parts) if case["op"] == "and" else AnyOf("r", parts)
        known = {str(n): value for n, value in enumerate(case["operands"]) if value is not None}
        assert compiled(node)(known) is case["expected"], case["id"]
        assert explained(node, known).outcome is case["expected"], case["id"]


def test_not_agrees_with_the_dmn_cases(shared: Path) -> None:
    # Source: dmn-tck/tck, compliance level 2 (0107)
    for case in _group(shared, "three-valued not"):
        [value] = case["operands"]
        known = {} if value is None else {"a": value}
        assert compiled(Not("n", Is("a", "a", True)))(known) is case["expected"], case["id"]


def _leaf(draw: st.DrawFn, name: str) -> Node:
    kind = draw(st.sampled_from(["is", "in", "between", "ask"]))
    if kind == "is":
        return Is(name, draw(st.sampled_from("abcd")), draw(st.booleans()))
    if kind == "in":
        homes = ["rent", "own", "other"]
        return In(name, "home", frozenset(draw(st.sets(st.sampled_from(homes), min_size=1))))
    if kind == "ask":
        return Ask(name, "A person decides")
    start = draw(st.one_of(st.none(), st.integers(14, 25)))
    before = draw(st.integers((start or 14) + 1, 27)) if start is None or draw(st.booleans()) else None
    return Between(name, "age_years", start, before)


@st.composite
def rules(draw: st.DrawFn, levels: int = 3, name: str = "r") -> Node:
    shape = draw(st.sampled_from(["leaf", "all", "any", "not"])) if levels else "leaf"
    if shape == "leaf":
        return _leaf(draw, name)
    if shape == "not":
        return Not(name, draw(rules(levels - 1, f"{name}.0")))
    count = draw(st.integers(1, 3))
    parts = tuple(draw(rules(levels - 1, f"{name}.{n}")) for n in range(count))
    return AllOf(name, parts) if shape == "all" else AnyOf(name, parts)


people = st.fixed_dictionaries(
    {},
    optional={
        "a": st.booleans(), "b": st.booleans(), "c": st.booleans(), "d": st.booleans(),
        "age_years": st.integers(13, 28), "home": st.sampled_from(["rent", "own", "other"]),
    },
)  # fmt: skip


def reference(node: Node, known: Mapping[str, Any]) -> bool | None:
    """The rule read as plainly as it can be."""
    match node:
        case AllOf(parts=parts):
            values = [reference(part, known) for part in parts]
            return False if False in values else None if None in values else True
        case AnyOf(parts=parts):
            values = [reference(part, known) for part in parts]
            return True if True in values else None if None in values else False
        case Not(part=part):
            value = reference(part, known)
            return None if value is None else not value
        case Ask():
            return None
    if node.fact not in known:
        return None
    value = known[node.fact]
    if isinstance(value, frozenset):  # one of several: settled where all of them agree
        each = {reference(node, {node.fact: one}) for one in value}
        return each.pop() if len(each) == 1 else None
    if isinstance(node, Is):
        return bool(value == node.value)
    if isinstance(node, In):
        return value in node.values
    return (node.start is None or value >= node.start) and (node.before is None or value < node.before)


@given(rules(), people)
def test_the_compiled_rule_agrees_with_the_plain_reading(node: Node, known: dict[str, Any]) -> None:
    assert compiled(node)(known) is reference(node, known)


@given(rules(), people, st.data())
def test_forgetting_facts_never_turns_an_answer_round(
    node: Node, known: dict[str, Any], data: st.DataObject
) -> None:
    kept = {
        name: known[name]
        for name in data.draw(st.sets(st.sampled_from(sorted(known) or ["a"])))
        if name in known
    }
    before, after = explained(node, known).outcome, explained(node, kept).outcome
    assert after is None or after is before


@given(rules(), people)
def test_only_facts_that_matter_are_missing(node: Node, known: dict[str, Any]) -> None:
    verdict = explained(node, known)
    assert verdict.missing.isdisjoint(known)
    if verdict.outcome is None:
        assert verdict.missing or verdict.asks


@given(rules(), people, st.sets(st.integers(13, 28), min_size=1))
def test_a_partly_known_age_is_sure_only_where_every_age_agrees(
    node: Node, known: dict[str, Any], ages: set[int]
) -> None:
    partly = compiled(node)({**known, "age_years": frozenset(ages)})
    each = {compiled(node)({**known, "age_years": age}) for age in ages}
    assert partly is None or each == {partly}


def test_an_age_that_is_in_either_branch_is_settled_without_knowing_it() -> None:
    young, old = Between("y", "age_years", None, 18), Between("o", "age_years", 18, None)
    assert explained(AnyOf("r", (young, old)), {}).outcome is True


def test_a_value_of_the_wrong_type_is_unknown_and_never_no() -> None:
    for leaf in (Is("x", "a", True), In("x", "home", frozenset({"rent"})), Between("x", "age_years", 16, 25)):
        wrong: dict[str, Any] = {"a": 1, "home": 7, "age_years": "seventeen"}
        assert compiled(leaf)(wrong) is None


def test_while_the_district_is_open_its_own_terms_are_not_asked_about() -> None:
    lincoln = AllOf("l", (In("p", "lives_in", frozenset({"E07000138"})), Is("t", "a", True)))
    boston = AllOf("b", (In("q", "lives_in", frozenset({"E07000136"})), Is("u", "b", True)))
    verdict = explained(AnyOf("r", (lincoln, boston)), {})
    assert verdict.missing == {"lives_in"}
    here = explained(AnyOf("r", (lincoln, boston)), {"lives_in": "E07000138", "a": False})
    assert here.outcome is False
    assert [step.leaf.id for step in here.steps] == ["t"]


@pytest.mark.parametrize(
    ("rule", "path", "words"),
    [
        ({"id": "r"}, "rule", "needs one of"),
        ({"id": "r", "fact": "money", "is": True}, "rule.fact", "not a fact we know"),
        ({"fact": "a", "is": True}, "rule.id", "missing"),
        ({"id": "r", "fact": "a", "is": "yes"}, "rule.is", "true or false"),
        ({"id": "r", "fact": "home", "in": ["tent"]}, "rule.in", "'tent' is not a value"),
        ({"id": "r", "fact": "age_years", "from": 25, "before": 18}, "rule", "is not before"),
        ({"id": "r", "all": []}, "rule.all", "at least one part"),
        ({"id": "r", "fact": "a", "is": True, "wen": 1}, "rule", "does not know wen"),
        ({"id": "r", "all": [{"id": "x", "fact": "a", "is": True}] * 2}, "rule.all[1].id", "twice"),
    ],
)
def test_a_rule_that_cannot_be_read_names_the_place_and_the_fault(
    rule: dict[str, Any], path: str, words: str
) -> None:
    with pytest.raises(RuleError) as fault:
        parse(rule, FACTS)
    assert fault.value.path == path
    assert words in fault.value.problem


def test_a_rule_too_deep_is_refused() -> None:
    rule: dict[str, Any] = {"id": "leaf", "fact": "a", "is": True}
    for level in range(6):
        rule = {"id": f"l{level}", ("all" if level % 2 else "any"): [rule]}
    with pytest.raises(RuleError, match="levels deep"):
        parse(rule, FACTS)
