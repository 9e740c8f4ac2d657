"""The registry holds every fact the rules and people name, each with words a person can follow."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from offer.eligibility.asking import Asking
from offer.eligibility.fact import Fact, Gate, yes_no
from offer.eligibility.facts import FACTS, FactError, registry

EXTRA = {"date_of_birth", "postcode", "lives_in", "responsible_authority", "care", "status_events"}
# House words: said with the plain word beside them, or not at all.
JARGON = ("placement", "abscond", "neet", "lac ", "semi-independent", "liable", "tenure", "accommodation")


def facts_in(rule: Any) -> Iterator[str]:
    if isinstance(rule, dict):
        if "fact" in rule:
            yield rule["fact"]
        for part in rule.values():
            yield from facts_in(part)
    elif isinstance(rule, list):
        for part in rule:
            yield from facts_in(part)


def test_every_fact_of_the_dictionary_the_rules_and_the_people_is_registered(
    shared: Path, personas: list[dict[str, Any]]
) -> None:
    national = json.loads((shared / "facts" / "national_entitlements.json").read_text("utf-8"))
    named = EXTRA | set(national["meta"]["fact_dictionary"])
    named |= {fact for entry in national["entries"] for fact in facts_in(entry["rule"])}
    named |= {fact for person in personas for fact in (*person["facts"], *person["derived_facts"])}
    assert named <= set(FACTS)


def test_choices_offer_the_values_of_the_dictionary(shared: Path) -> None:
    national = json.loads((shared / "facts" / "national_entitlements.json").read_text("utf-8"))
    for name, text in national["meta"]["fact_dictionary"].items():
        if " | " in text:
            values = text.removeprefix("derived: ").split(". ")[0].split(" | ")
            assert FACTS[name].values == {value.strip() for value in values}, name


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.name)
def test_every_fact_has_its_words(fact: Fact) -> None:
    assert fact.question.endswith("?")
    assert fact.why.endswith(".")
    if fact.type == "bool":
        assert all((fact.yes, fact.no, fact.people, fact.people_not))
        assert fact.people.startswith(("who ", "whose ", "for whom "))
    if fact.type == "choice":
        assert all(o.label and o.you and o.people for o in fact.options)
        assert len(fact.values) == len(fact.options)
    if fact.type == "int":
        assert fact.unit
        assert "{value}" in fact.yes
        assert "{range}" in fact.people
        assert fact.most is not None
    assert 0 <= fact.sensitivity <= 3


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.name)
def test_no_jargon_and_no_long_sentences_in_what_a_person_reads(fact: Fact) -> None:
    texts = [fact.question, fact.why, fact.yes, fact.no, fact.people, fact.people_not]
    texts += [text for option in fact.options for text in (option.label, option.you, option.people)]
    for text in texts:
        assert not [word for word in JARGON if word in text.lower()], text
    for sentence in (part for text in (fact.question, fact.why) for part in text.split(". ")):
        assert len(sentence.split()) <= 36, sentence


def test_gates_and_inputs_name_facts_and_values_that_exist() -> None:
    for fact in FACTS.values():
        for gate in fact.needs:
            source = FACTS[gate.fact]
            if source.type == "choice":
                assert set(gate.allowed) <= source.values, fact.name
            elif source.type == "bool":
                assert set(gate.allowed) <= {True, False}, fact.name
        assert fact.derived == bool(fact.inputs), fact.name
        assert set(fact.inputs) <= set(FACTS), fact.name


def test_what_cannot_or_should_not_be_changed_is_never_suggested() -> None:
    fixed = [f for f in FACTS.values() if f.sensitivity == 3 or f.derived or f.name.startswith("care")]
    assert not {fact.name for fact in fixed if fact.changeable is not None}


def test_a_care_leaver_from_18_is_not_asked_about_going_home() -> None:
    known = {"age_years": 19, "care_when": "left_at_18"}
    assert Asking(known).inputs("care_status") == ("care_13_weeks", "special_guardian_after_care")
    assert Asking({**known, "special_guardian_after_care": False}).inputs("care_status") == ("care_13_weeks",)


def test_somebody_who_left_at_16_is_asked_what_came_after() -> None:
    known = {"age_years": 17, "care_when": "left_at_16_or_17", "care_13_weeks": True}
    assert Asking(known).inputs("care_status") == (
        "home_6_months_after_care",
        "home_after_care_broke_down",
        "special_guardian_after_care",
    )


def test_an_age_is_enough_to_ask_no_birth_date_for_the_care_status() -> None:
    assert "date_of_birth" not in Asking({"age_years": 19}).inputs("care_status")
    assert "date_of_birth" in Asking({}).inputs("care_status")


def test_course_questions_wait_for_a_course() -> None:
    assert Asking({"in_education": "none"}).inputs("he_course_academic_years") == ()
    assert Asking({"in_education": "he_ft"}).inputs("he_course_academic_years") == (
        "he_course_academic_years",
    )


def made(name: str, *inputs: str, needs: tuple[Gate, ...] = ()) -> Fact:
    phrases = ("Is it so?", "It decides.", "it is so", "it is not so", "who are so", "who are not so")
    return yes_no(name, *phrases, derived=bool(inputs), inputs=inputs, needs=needs)


@pytest.mark.parametrize(
    ("facts", "path", "words"),
    [
        ([made("a", "b"), made("b", "c"), made("c", "a")], ("a", "b", "c", "a"), "in a circle"),
        ([made("lone", "lone")], ("lone", "lone"), "in a circle"),
        (
            [made("x", "y"), made("y", needs=(Gate("z", (True,)),)), made("z", "y")],
            ("y", "z", "y"),
            "in a circle",
        ),
        ([made("a", "b"), made("b", "nowhere")], ("a", "b", "nowhere"), "not a fact we know"),
        ([made("a"), made("a")], ("a",), "stands twice"),
    ],
)
def test_facts_that_wait_for_each_other_are_refused_with_the_path(
    facts: list[Fact], path: tuple[str, ...], words: str
) -> None:
    with pytest.raises(FactError, match=words) as fault:
        registry(facts)
    assert fault.value.path == path
    assert str(fault.value).startswith(" → ".join(path))


def test_what_is_sensitive_in_law_is_marked_and_asked_last() -> None:
    """Immigration, custody, health and pregnancy: the highest mark there is."""
    marked = {name for name, fact in FACTS.items() if fact.sensitivity == 3}
    words = ("immigra", "custody", "pregnan", "disab", "health", "prison", "esa", "dla_or_pip", "release")
    about = {name for name in FACTS if any(word in name for word in words)} - {"disabled_child_element"}
    assert {name for name in about if name not in marked and not FACTS[name].derived} == set()
