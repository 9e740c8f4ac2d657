"""The twin before judges from outside: the ternary logic of DMN, and the ages of four other projects.

The cases and their sources are in ../shared/cases/outside_vectors.json.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.twin.conftest import Asked, Data, outcomes_of

SAID: dict[object, str] = {True: "yes", False: "no", None: "unknown"}
ONE, OTHER = "parent", "has_hc2"  # two yes-or-no facts that have nothing to do with each other
AGES = (
    "age and birthday, GOV.UK",
    "leap-day births and ages around 28 February, State Pension",
    "leap-day birth, pension age in a common year",
    "age on the first of the month, OpenFisca",
)


@pytest.fixture(scope="module")
def cases(shared: Path) -> dict[str, list[Data]]:
    """The cases of each group, by its name."""
    groups = json.loads((shared / "cases" / "outside_vectors.json").read_text("utf-8"))["groups"]
    return {group["name"]: group["cases"] for group in groups}


def _holding(rules: Data, trees: dict[str, Data]) -> Data:
    """A pack of these rules alone, by slug."""
    entry = next(entry for entry in rules["entries"] if entry["stands"][0]["certain"])
    entries = [{**entry, "slug": slug} for slug in trees]
    return {**rules, "entries": entries, "rules": trees, "stretches": [{"from": None, "rules": {}}]}


def _leaf(fact: str, **test: object) -> Data:
    return {"id": fact, "fact": fact, "text": "It is so.", **test}


def test_and_or_and_not_agree_with_dmn(answers: Asked, rules: Data, cases: dict[str, list[Data]]) -> None:
    """Operands that are not booleans, the text "true" and 0 among them, are unknown."""
    one, other = _leaf(ONE, **{"is": True}), _leaf(OTHER, **{"is": True})
    trees: dict[str, Data] = {"and": {"all": [one, other]}, "or": {"any": [one, other]}, "not": {"not": one}}
    logic = [group for name, group in cases.items() if name.startswith(("three-valued", "and, ", "or, "))]
    listed = [case for group in logic for case in group]
    people = [dict(zip((ONE, OTHER), case["operands"], strict=False)) for case in listed]
    found = answers(*people, packs=[_holding(rules, trees)])
    for case, answer in zip(listed, found, strict=True):
        assert outcomes_of(answer)[case["op"]] == SAID[case["expected"]], case["id"]
    assert len(listed) == 59


def _ages(cases: dict[str, list[Data]]) -> Iterator[tuple[str, str, date, int]]:
    """(case, birth date, day, age on that day)"""
    for case in (case for name in AGES for case in cases[name]):
        if "reached_on" in case:
            reached = date.fromisoformat(case["reached_on"])
            yield case["id"], case["dob"], reached, case["age"]
            yield case["id"], case["dob"], reached - timedelta(days=1), case["age"] - 1
        else:
            yield case["id"], case["dob"], date.fromisoformat(case["on"]), case["age"]


def test_ages_agree_with_other_projects(answers: Asked, rules: Data, cases: dict[str, list[Data]]) -> None:
    listed = [case for case in _ages(cases) if case[3] >= 0]
    trees = {str(age): _leaf("age_years", **{"from": age, "before": age + 1}) for age in range(80)}
    people = [{"date_of_birth": born} for _, born, _, _ in listed]
    days = [on.isoformat() for _, _, on, _ in listed]
    found = answers(*people, packs=[_holding(rules, trees)], days=days)
    for (name, _, on, age), answer in zip(listed, found, strict=True):
        ages = [slug for slug, outcome in outcomes_of(answer).items() if outcome == "yes"]
        assert ages == [str(age)], (name, on)
    assert len(listed) >= 25


def test_under_18_agrees_with_certlogic(answers: Asked, rules: Data, cases: dict[str, list[Data]]) -> None:
    listed = [case for case in cases["under 18 on a day, decided"] if case["known_to"] == "day"]
    pack = _holding(rules, {"minor": _leaf("age_years", before=18)})
    people = [{"date_of_birth": case["dob"]} for case in listed]
    found = answers(*people, packs=[pack], days=[case["on"] for case in listed])
    for case, answer in zip(listed, found, strict=True):
        assert outcomes_of(answer)["minor"] == SAID[case["expected_is_minor"]], case["id"]
    assert len(listed) == 6
