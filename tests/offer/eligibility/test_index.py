"""The bitmap index says what the rules say, read one at a time."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from offer.eligibility.evaluate import compiled
from offer.eligibility.index import PLANES, Index
from offer.eligibility.normal_form import ways
from offer.eligibility.rule import AllOf, AnyOf, Between, In, Is, Node, Not
from tests.offer.eligibility.test_evaluate import people, reference, rules

catalogues = st.lists(rules(), min_size=1, max_size=12).map(
    lambda nodes: {str(n): r for n, r in enumerate(nodes)}
)


def _values(name: str, known: dict[str, Any]) -> list[Any]:
    if name in known:
        held = known[name]
        return sorted(held) if isinstance(held, frozenset) else [held]
    if name == "age_years":
        return list(range(12, 30))
    return ["rent", "own", "other", "elsewhere"] if name == "home" else [True, False]


@given(catalogues, people)
def test_the_index_agrees_with_each_rule_or_is_rightly_surer(
    rules: dict[str, Node], known: dict[str, Any]
) -> None:
    for name, outcome in Index(rules).all_outcomes(known).items():
        plain = reference(rules[name], known)
        if plain is not None:
            assert outcome is plain
        elif outcome is not None:
            # Two tests of one fact that cannot both hold: the index sees it, Kleene logic does not.
            assert _whatever_is_unknown(rules[name], known) == {outcome}


def _whatever_is_unknown(rule: Node, known: dict[str, Any]) -> set[bool | None]:
    """The outcomes over every age and home, with what a person decides taken both ways."""
    found = set[bool | None]()
    for age in _values("age_years", known):
        for home in _values("home", known):
            found.add(compiled(rule)({**known, "age_years": age, "home": home}))
    return {value for value in found if value is not None} if found != {None} else found


@given(catalogues, people, st.frozensets(st.integers(13, 28), min_size=2))
def test_on_partly_known_ages_the_index_is_never_wrong(
    rules: dict[str, Node], known: dict[str, Any], ages: frozenset[int]
) -> None:
    outcomes = Index(rules).all_outcomes({**known, "age_years": ages})
    for name, outcome in outcomes.items():
        each = {reference(rules[name], {**known, "age_years": age}) for age in ages}
        if outcome is not None:
            assert each - {None} <= {outcome}
        if len(each) == 1 and None not in each:
            assert outcome in (None, *each)


def test_a_long_rule_takes_more_columns_and_still_counts_as_one() -> None:
    long = AnyOf("r", tuple(Between(str(n), "age_years", n, n + 1) for n in range(14, 14 + 5 * PLANES)))
    index = Index({"long": long, "short": Is("s", "a", True)})
    for age in (14, 20, 33):
        assert index.all_outcomes({"age_years": age, "a": False}) == {"long": True, "short": False}
    assert index.all_outcomes({"age_years": 40, "a": True}) == {"long": False, "short": True}


def test_a_value_of_the_wrong_type_is_unknown() -> None:
    index = Index({"n": Between("n", "age_years", 16, 25), "c": In("c", "home", frozenset({"rent"}))})
    wrong: dict[str, Any] = {"age_years": "old", "home": 3}
    assert index.all_outcomes(wrong) == {"n": None, "c": None}


def test_not_is_pushed_down_to_the_leaves() -> None:
    rule = Not("n", AllOf("a", (Is("x", "a", True), AnyOf("o", (Is("y", "b", True), Is("z", "c", False))))))
    found = {tuple((part.leaf.id, part.wanted) for part in way) for way in ways(rule)}
    assert found == {(("x", False),), (("y", False), ("z", False))}


@given(catalogues, people, st.lists(people, max_size=4))
def test_changes_looked_at_together_come_out_as_one_by_one(
    rules: dict[str, Node], known: dict[str, Any], changes: list[dict[str, Any]]
) -> None:
    index = Index(rules)
    assert index.over(known, changes) == [index.evaluate({**known, **change}) for change in changes]


def test_a_change_can_take_a_fact_away() -> None:
    index = Index({"r": Is("r", "a", True)})
    yes, unknown = index.over({"a": False}, [{"a": True}, {"a": None}])
    assert (index.outcome(yes, "r"), index.outcome(unknown, "r")) == (True, None)


def test_true_is_no_number_and_far_numbers_are_found_too() -> None:
    index = Index({"n": Between("n", "age_years", 1, 25), "far": Between("f", "savings", 1_000_000, None)})
    assert index.all_outcomes({"age_years": True, "savings": 999_999}) == {"n": None, "far": False}
    assert index.all_outcomes({"age_years": 1, "savings": 10**9}) == {"n": True, "far": True}
