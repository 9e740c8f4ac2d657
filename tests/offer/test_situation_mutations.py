"""The situations notice when a rule is spoilt: each condition dropped, impossible, or moved by one.

A spoilt rule that no situation notices must be proved to mean the same, and stands with its
reason in tests/situations/equivalent.yaml; a line no longer needed there fails too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pytest

from offer.catalogue import yaml_text
from offer.eligibility.evaluate import Known, explained
from offer.eligibility.partly_known import knowledge
from offer.eligibility.rule import AllOf, AnyOf, In, Node
from offer.person import read_person
from offer.published import Published
from tests.offer.cells import differences, never_happens
from tests.offer.mutants import ALWAYS, Mutant, mutants
from tests.offer.situations import EQUIVALENT, FOLDER, local, national, of_entry

ON = date(2026, 11, 22)
LOCAL = sorted({person.entry for person in local()})
ENTRIES = sorted({person.entry for person in national()}) + LOCAL
_SHARED = "."  # in the id of a leaf that a shared condition brought


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some spoilt rules mean the same. `facts` cannot have the values that would show it."""

    text: str
    facts: tuple[str, ...]


@cache
def equivalents() -> Mapping[tuple[str, str], Reason]:
    """Entry and change, and the reason it changes nothing for anybody."""
    data = yaml_text.read((FOLDER / EQUIVALENT).read_text(encoding="utf-8")).data
    return {
        (entry, change): Reason(group["because"], tuple(group["facts"]))
        for group in data
        for entry, changes in group["changes"].items()
        for change in changes
    }


def people_of(published: Published, entry: str) -> list[Known]:
    """What is known of everybody in the entry's file."""
    return [
        {**knowledge(read_person(published, person.facts, person.on).situation, person.on), ALWAYS: True}
        for person in of_entry(entry)
    ]


def shown(published: Published, entry: str, node: Node, known: Known) -> bool | None:
    """The outcome as people see it: what is not yet law is never a yes."""
    outcome = explained(node, known).outcome
    return None if outcome and published.entries[entry].in_force != "yes" else outcome


def survivors(published: Published, entry: str) -> list[Mutant]:
    """The spoilt rules that give everybody in the file the right outcome all the same."""
    people = people_of(published, entry)
    rule = rule_of(published, entry, people)
    right = [shown(published, entry, rule, known) for known in people]
    return [
        mutant
        for mutant in mutants(rule)
        if not (entry in LOCAL and _SHARED in mutant.condition)  # the same in every council: tested once
        and all(
            shown(published, entry, mutant.node, known) is outcome
            for known, outcome in zip(people, right, strict=True)
        )
    ]


def rule_of(published: Published, entry: str, people: list[Known]) -> Node:
    """The entry's rule; of its district rows only those where somebody of the file lives."""
    lived_in = frozenset(place for known in people if isinstance(place := known.get("lives_in"), str))
    return _without_other_places(published.rules_on(ON)[entry].node, lived_in)


def _without_other_places(node: Node, lived_in: frozenset[str]) -> Node:
    """The other rows are held one by one in test_council_tax_districts."""
    match node:
        case AnyOf():
            kept = (part for part in node.parts if not _is_elsewhere(part, lived_in))
            return replace(node, parts=tuple(_without_other_places(part, lived_in) for part in kept))
        case AllOf():
            return replace(node, parts=tuple(_without_other_places(part, lived_in) for part in node.parts))
        case _:
            return node


def _is_elsewhere(node: Node, lived_in: frozenset[str]) -> bool:
    return isinstance(node, AllOf) and any(
        isinstance(part, In) and part.fact == "lives_in" and not part.values & lived_in for part in node.parts
    )


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_spoilt_condition_is_noticed(published: Published, entry: str) -> None:
    """Add a person to the entry's file for each name here, or prove that there can be none."""
    assert [
        mutant.what for mutant in survivors(published, entry) if (entry, mutant.what) not in equivalents()
    ] == []


@pytest.mark.parametrize("entry", ENTRIES)
def test_what_goes_unnoticed_means_the_same(published: Published, entry: str) -> None:
    """Every cell in which the two rules differ is one that no person can be in."""
    rule = rule_of(published, entry, people_of(published, entry))
    for mutant in survivors(published, entry):
        reason = equivalents()[entry, mutant.what]
        for cells in differences(rule, mutant.node):
            assert never_happens(cells, reason.facts), (mutant.what, cells)


def test_every_reason_is_still_needed(published: Published) -> None:
    """A line whose change is noticed after all, or which names no rule, goes."""
    unnoticed = {(entry, mutant.what) for entry in ENTRIES for mutant in survivors(published, entry)}
    assert equivalents().keys() - unnoticed == set()


def test_a_dropped_condition_is_told_apart_from_an_impossible_one(published: Published) -> None:
    """The spoiling itself works: a dropped lone condition always holds, an impossible one never."""
    rule = published.rules_on(ON)["access-to-care-records"].node
    outcomes = {mutant.what: explained(mutant.node, {ALWAYS: True}).outcome for mutant in mutants(rule)}
    assert outcomes == {"once-in-care always true": True, "once-in-care always false": False}


def test_the_proof_refuses_a_change_that_matters(published: Published) -> None:
    """Dropping the care status of the pathway plan differs in cells that people are in."""
    rule = published.rules_on(ON)["pathway-plan"].node
    dropped = next(mutant for mutant in mutants(rule) if mutant.what.startswith("status without relevant"))
    found = list(differences(rule, dropped.node))
    assert found
    assert not all(never_happens(cells, ("age_years", "care_status")) for cells in found)
