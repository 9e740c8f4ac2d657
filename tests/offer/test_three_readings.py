"""One rule, three readings: as plainly as can be, as closures, as bits. They agree on everybody.

What is known is as the answer has it: some facts settled, some only one of several values ("17 or
18"), some not at all. Where a reading is surer than the plain one it must be right: no way of filling
in the rest comes out otherwise.
"""

from collections.abc import Iterator, Mapping
from itertools import islice, product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offer.eligibility.evaluate import Known, compiled, explained
from offer.eligibility.index import Index
from offer.eligibility.kleene import cells
from offer.eligibility.partly_known import knowledge
from offer.eligibility.rule import Between, Node, facts_of
from offer.person import PersonFaults, read_person
from offer.published import Published
from tests.conftest import SHARED
from tests.offer.eligibility.test_evaluate import reference, rules
from tests.offer.people import ON
from tests.twin.people import Someone, from_cases, from_situations, made_up

MADE_UP = 1500
MOST_FILLINGS = 200  # ways to fill in what is open that are tried for one rule and person
AGES, HOMES = range(13, 29), ("rent", "own", "other")


def everybody() -> Iterator[Someone]:
    """The invented people of the cases, those of the situations, and thousands made up on the edges."""
    yield from from_cases(SHARED)
    yield from from_situations()
    yield from made_up(MADE_UP, 3, ON)


def fillings(node: Node, known: Known, chance: Random) -> Iterator[dict[str, Any]]:
    """What may turn out of everything that the rule reads and nobody has settled."""
    open_facts: dict[str, list[Any]] = {
        fact: [*value] if isinstance(value := known.get(fact), frozenset) else cells(node, fact)
        for fact in facts_of(node)
        if fact not in known or isinstance(known[fact], frozenset)
    }
    many = 1
    for values in open_facts.values():
        many *= len(values)
    chosen = product(*open_facts.values()) if many <= MOST_FILLINGS else _some(open_facts, chance)
    for filled in chosen:
        yield {**known, **dict(zip(open_facts, filled, strict=True))}


def _some(open_facts: Mapping[str, list[Any]], chance: Random) -> Iterator[tuple[Any, ...]]:
    return islice(
        iter(lambda: tuple(chance.choice(values) for values in open_facts.values()), None), MOST_FILLINGS
    )


def rightly_surer(node: Node, known: Known, outcome: bool, chance: Random) -> bool:
    """Nothing that may turn out says otherwise. What a person decides stays open, and is no "otherwise"."""
    return all(reference(node, full) in (outcome, None) for full in fillings(node, known, chance))


def test_on_the_whole_catalogue_the_three_say_the_same_of_everybody(published: Published) -> None:
    chance, people, partly = Random(5), 0, 0
    for someone in everybody():
        try:
            person = read_person(published, someone.facts, someone.on)
        except PersonFaults:
            continue
        people += 1
        known = knowledge(person.situation, person.on)
        partly += any(isinstance(value, frozenset) for value in known.values())
        bits = published.index_on(person.on).all_outcomes(known)
        for slug, rule in published.rules_on(person.on).items():
            plain = reference(rule.node, known)
            assert rule.test(known) is plain, (someone.name, slug)
            assert bits[slug] is plain, (someone.name, slug)
            told = rule.explain(known).outcome
            if told is not plain:
                assert plain is None, (someone.name, slug)
                assert rightly_surer(rule.node, known, bool(told), chance), (someone.name, slug)
    assert people > MADE_UP
    assert partly > people // 10, "many of them know some facts in part"


partly_known = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.booleans() for name in "abcd"},
        "age_years": st.integers(13, 28) | st.frozensets(st.sampled_from(AGES), min_size=2, max_size=5),
        "home": st.sampled_from(HOMES) | st.frozensets(st.sampled_from(HOMES), min_size=2),
    },
)


@settings(max_examples=2000)
@given(rules(), partly_known, st.randoms(use_true_random=False))
def test_on_invented_rules_and_partly_known_people_too(
    node: Node, known: dict[str, Any], chance: Random
) -> None:
    plain = reference(node, known)
    assert compiled(node)(known) is plain
    for surer in (Index({"r": node}).all_outcomes(known)["r"], explained(node, known).outcome):
        assert surer is plain or (plain is None and surer is not None)
        assert surer is plain or rightly_surer(node, known, bool(surer), chance)


@pytest.mark.parametrize(
    ("known", "outcome"),
    [
        ({"age_years": frozenset({17, 18})}, None),
        ({"age_years": frozenset({18, 19})}, True),
        ({"age_years": frozenset({16, 17})}, False),
        ({"age_years": frozenset({17, 30})}, False),
        ({}, None),
    ],
)
def test_seventeen_or_eighteen(known: dict[str, Any], outcome: bool | None) -> None:
    node = Between("adult", "age_years", 18, 25)
    assert reference(node, known) is outcome
    assert compiled(node)(known) is outcome
    assert Index({"r": node}).all_outcomes(known)["r"] is outcome
