"""The closest miss is the least that brute force finds, and never a thing nobody can change."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from hypothesis import given, settings

from offer.eligibility.closest import Weights, closest
from offer.eligibility.index import Index
from offer.eligibility.rule import AllOf, AnyOf, Ask, Between, In, Is, Node, Not
from tests.offer.eligibility.test_evaluate import people, rules

WEIGHTS: Weights = {"a": {True: 2}, "b": {True: 1, False: 3}, "home": {"rent": 3, "own": 5}}


def _by_force(node: Node, known: Mapping[str, Any]) -> int | None:
    """The least sum of weights over every combination of changes that opens the rule."""
    index = Index({"r": node})
    best: int | None = None
    for choice in product(*((None, *values) for values in WEIGHTS.values())):
        changed: dict[str, Any] = {
            name: value for name, value in zip(WEIGHTS, choice, strict=True) if value is not None
        }
        effort = sum(WEIGHTS[name][value] for name, value in changed.items())
        opens = index.all_outcomes({**known, **changed})["r"] is not False
        if opens and (best is None or effort < best):
            best = effort
    return best


@settings(max_examples=300)
@given(rules(), people)
def test_the_effort_is_what_brute_force_finds(node: Node, known: dict[str, Any]) -> None:
    if Index({"r": node}).all_outcomes(known)["r"] is not False:
        return
    miss = closest(node, WEIGHTS)(known)
    assert (miss.effort if miss else None) == _by_force(node, known)


@settings(max_examples=300)
@given(rules(), people)
def test_each_value_named_opens_the_rule_with_the_others(node: Node, known: dict[str, Any]) -> None:
    index = Index({"r": node})
    miss = closest(node, WEIGHTS)(known)
    if index.all_outcomes(known)["r"] is not False or miss is None:
        return
    for values in product(*(change.values for change in miss.changes)):
        changed = {change.fact: value for change, value in zip(miss.changes, values, strict=True)}
        assert index.all_outcomes({**known, **changed})["r"] is not False


def test_an_age_in_the_way_rules_a_way_out() -> None:
    rule = AllOf("r", (Between("age", "age_years", 18, 25), Is("rents", "a", True)))
    assert closest(rule, WEIGHTS)({"age_years": 26, "a": False}) is None
    miss = closest(rule, WEIGHTS)({"age_years": 20, "a": False})
    assert miss is not None
    assert [(change.fact, change.values) for change in miss.changes] == [("a", (True,))]


def test_the_easiest_way_is_chosen_and_of_equals_the_first() -> None:
    rule = AnyOf(
        "r", (In("own", "home", frozenset({"own"})), Is("a", "a", True), Not("n", Is("b", "b", False)))
    )
    miss = closest(rule, WEIGHTS)({"home": "other", "a": False, "b": False})
    assert miss is not None
    assert (miss.effort, miss.changes[0].fact) == (1, "b")


def test_what_is_unknown_or_left_to_a_person_does_not_stand_in_the_way() -> None:
    rule = AllOf("r", (Is("a", "a", True), Is("c", "c", True), Ask("s", "Your adviser agrees.")))
    miss = closest(rule, WEIGHTS)({"a": False})
    assert miss is not None
    assert [change.fact for change in miss.changes] == ["a"]
    assert closest(rule, WEIGHTS)({"a": False, "c": False}) is None


def test_a_partly_known_fact_stands_in_the_way_only_when_no_value_fits() -> None:
    rule = AllOf("r", (Between("age", "age_years", 18, None), Is("a", "a", True)))
    find = closest(rule, WEIGHTS)
    assert find({"age_years": frozenset({17, 18}), "a": False}) is not None
    assert find({"age_years": frozenset({15, 16}), "a": False}) is None
