"""What is said of a rule is true of every person: judged by generated rules and by the index."""

from datetime import date
from itertools import product
from typing import Any

from hypothesis import given

from offer.eligibility.index import Index
from offer.eligibility.rule import AllOf, AnyOf, Ask, Between, In, Is, Node, Not
from offer.eligibility.rule_checks import (
    Span,
    clashes,
    covers,
    duplicates,
    gaps,
    impossible,
    overlaps,
    redundant,
    settled,
    uncited,
)
from tests.offer.eligibility.test_evaluate import rules

AGES = range(12, 30)
HOMES = ("rent", "own", "other", "elsewhere")


def outcomes(node: Node) -> list[bool | None]:
    """What the rule says of everybody there can be."""
    index = Index({"r": node})
    facts = ("a", "b", "c", "d")
    found = []
    for values in product((True, False), repeat=len(facts)):
        for age, home in product(AGES, HOMES):
            known: dict[str, Any] = {**dict(zip(facts, values, strict=True)), "age_years": age, "home": home}
            found.append(index.all_outcomes(known)["r"])
    return found


@given(rules(levels=2))
def test_a_rule_is_impossible_just_when_nobody_can_meet_it(node: Node) -> None:
    assert impossible(node) is (set(outcomes(node)) == {False})


@given(rules(levels=2, name="x"), rules(levels=2, name="y"))
def test_without_a_redundant_condition_a_rule_says_the_same_to_everybody(one: Node, other: Node) -> None:
    node = AnyOf("r", (one, other))
    for leaf in redundant(node):
        assert outcomes(node) in [outcomes(settled(node, leaf, holds)) for holds in (True, False)]


@given(rules(levels=2), rules(levels=2))
def test_duplicates_come_out_alike_for_everybody(one: Node, other: Node) -> None:
    if list(duplicates({"one": one, "other": other})):
        assert outcomes(one) == outcomes(other)


def test_a_condition_that_says_nothing_is_named() -> None:
    young, adult = Between("young", "age_years", None, 25), Between("adult", "age_years", 16, 25)
    assert list(redundant(AllOf("r", (young, adult)))) == ["young"]
    assert list(redundant(AnyOf("r", (young, adult)))) == ["adult"]
    assert list(redundant(AllOf("r", (adult, Is("x", "a", True))))) == []


def test_the_leaves_that_clash_are_named_once() -> None:
    young, grown = Between("young", "age_years", None, 18), Between("grown", "age_years", 18, None)
    either = AnyOf("o", (Is("x", "a", True), Is("y", "b", True), AllOf("z", (grown, Is("c", "c", True)))))
    assert list(clashes(AllOf("r", (young, either)))) == [("young", "grown")]
    assert impossible(AllOf("r", (young, grown)))
    assert list(clashes(AllOf("r", (young, grown)))) == []  # not one way of several: the whole rule


def test_the_same_rule_written_otherwise_is_a_duplicate() -> None:
    one = AllOf("r", (Is("x", "a", True), In("y", "home", frozenset({"rent", "own"}))))
    other = Not("r", AnyOf("o", (Is("p", "a", False), Not("q", In("s", "home", frozenset({"own", "rent"}))))))
    third = AllOf("r", (Is("x", "a", True), In("y", "home", frozenset({"rent"}))))
    assert list(duplicates({"one": one, "third": third, "other": other})) == [("one", "other")]


def test_what_a_person_decides_keeps_two_ways_apart() -> None:
    asked = AllOf("asked", (Is("x", "a", True), Ask("s", "Your adviser agrees.")))
    plain = Is("y", "a", True)
    assert list(redundant(AnyOf("r", (asked, plain)))) == ["x", "s"]  # who has "a" needs nobody's word
    assert [cover.asks for cover in covers(asked)] == [{"Your adviser agrees."}]
    assert list(duplicates({"asked": asked, "plain": plain})) == []


def test_a_leaf_may_take_its_source_from_the_part_around_it() -> None:
    bare, own = Is("bare", "a", True), Is("own", "b", True, cite="Children Act 1989 s.23C")
    around = AllOf("around", (Is("inside", "c", True),), cite="Children Act 1989 s.24")
    assert list(uncited(AllOf("r", (bare, own, around, Ask("s", "They agree."), Not("n", bare))))) == [
        "bare",
        "bare",
    ]


def test_rows_of_one_area_may_touch_or_stand_side_by_side_but_not_overlap() -> None:
    first = Span("E1", date(2020, 4, 1), date(2022, 4, 1), 21)
    touching = Span("E1", date(2022, 4, 1), None, 25)
    beside = Span("E1", date(2022, 4, 1), None, 21)
    elsewhere = Span("E2", date(2021, 4, 1), None, 25)
    assert list(overlaps([first, touching, beside, elsewhere])) == []
    late = Span("E1", date(2021, 4, 1), None, 25)
    assert list(overlaps([first, late])) == [(first, late)]
    assert list(overlaps([touching, touching])) == [(touching, touching)]


def test_days_that_no_row_covers_are_a_gap() -> None:
    first = Span("E1", date(2020, 4, 1), date(2021, 4, 1))
    later = Span("E1", date(2022, 4, 1), None)
    assert list(gaps([later, first])) == [(first, later)]
    assert list(gaps([first, Span("E1", date(2021, 4, 1), None)])) == []
    assert list(gaps([Span("E1", None, None), later])) == []
