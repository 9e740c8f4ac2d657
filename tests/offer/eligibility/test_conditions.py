"""Where the conditions of a rule stand alike, the rule says the same: outcome, reasons and what is open."""

from operator import attrgetter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from offer.eligibility.conditions import Conditions
from offer.eligibility.evaluate import explainer
from offer.eligibility.rule import AllOf, AnyOf, Between, In, Node
from tests.offer.eligibility.test_evaluate import people
from tests.offer.eligibility.test_index import catalogues

partly = st.frozensets(st.integers(13, 28), min_size=2).map(lambda ages: {"age_years": ages})
many = st.lists(
    st.tuples(people, st.just({}) | partly).map(lambda both: both[0] | both[1]), min_size=2, max_size=8
)

said = attrgetter("outcome", "steps", "missing", "asks")  # all that a verdict holds: it equals itself alone


@given(catalogues, many)
def test_what_stands_alike_is_told_alike(rules: dict[str, Node], all_known: list[dict[str, Any]]) -> None:
    conditions, told = Conditions(rules), dict[tuple[str, int], object]()
    for known in all_known:
        standing = conditions.standing(known)
        for name, rule in rules.items():
            verdict = said(explainer(rule)(known))
            assert told.setdefault((name, conditions.at(name, standing)), verdict) == verdict


def _at(rule: Node, known: dict[str, Any]) -> int:
    conditions = Conditions({"r": rule})
    return conditions.at("r", conditions.standing(known))


def test_a_value_is_not_kept_only_which_conditions_hold() -> None:
    rule = AllOf("r", (Between("a", "age_years", 16, 25), In("h", "home", frozenset({"rent"}))))
    assert _at(rule, {"age_years": 17, "home": "rent"}) == _at(rule, {"age_years": 24, "home": "rent"})
    assert _at(rule, {"age_years": 17}) != _at(rule, {"age_years": 17, "home": "own"})


def test_ages_that_are_left_are_told_apart_by_where_they_may_lie() -> None:
    """`age < 18 or age >= 21` is open for 17 to 22 and settled for 17 and 22, though both tests are open."""
    rule = AnyOf("r", (Between("a", "age_years", None, 18), Between("b", "age_years", 21, None)))
    some, ends = {"age_years": frozenset(range(17, 23))}, {"age_years": frozenset({17, 22})}
    assert (explainer(rule)(some).outcome, explainer(rule)(ends).outcome) == (None, True)
    assert len({_at(rule, some), _at(rule, ends), _at(rule, {})}) == 3


def test_a_value_of_the_wrong_type_is_not_nothing() -> None:
    rule = In("r", "lives_in", frozenset({"E1"}))
    assert _at(rule, {"lives_in": 3}) != _at(rule, {})
