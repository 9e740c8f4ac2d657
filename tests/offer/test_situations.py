"""Every situation gets what the law it cites gives: one test a person, named by the adviser's sentence."""

from collections import defaultdict
from datetime import date

import pytest

from offer.answer_parts import Outcome
from offer.eligibility.evaluate import explained
from offer.eligibility.partly_known import knowledge
from offer.eligibility.rule import AllOf, AnyOf, Ask, Node
from offer.entitlements.schema import ENGLAND
from offer.person import read_person
from offer.published import Published
from tests.offer.situations import Situation, local, national, stories

ON = date(2026, 11, 22)
OUTCOMES = {True: "yes", False: "no", None: "unknown"}


@pytest.mark.parametrize("person", (*national(), *local()), ids=str)
def test_an_entry_means_what_the_law_says(published: Published, person: Situation) -> None:
    """Outcome of the one entry, from the facts as the API takes them."""
    entry = published.entries[person.entry]
    read = read_person(published, person.facts, person.on)
    rule = published.rules_on(person.on)[entry.id]
    verdict = explained(rule.node, knowledge(read.situation, person.on))
    outcome = OUTCOMES[verdict.outcome]
    if entry.in_force != "yes" and outcome == "yes":
        outcome = "unknown"  # what is not yet law is never a yes
        assert person.expect[entry.id] == outcome, person.law
        return
    assert outcome == person.expect[entry.id], f"{person.law}; {[s.leaf.id for s in verdict.steps]}"
    if outcome == "unknown":
        assert verdict.missing or verdict.asks, "an unknown says what is missing or who decides"


@pytest.mark.parametrize("person", (*national(), *local()), ids=str)
def test_the_index_of_the_whole_catalogue_says_the_same(published: Published, person: Situation) -> None:
    """The bitmap index answers for every entry at once; on each person's own entry it must agree."""
    known = knowledge(read_person(published, person.facts, person.on).situation, person.on)
    index = published.index_on(person.on)
    outcome = OUTCOMES[index.outcome(index.evaluate(known), person.entry)]
    coming = published.entries[person.entry].in_force != "yes"
    assert ("unknown" if coming and outcome == "yes" else outcome) == person.expect[person.entry]


@pytest.mark.parametrize("person", stories(), ids=str)
def test_a_whole_story_gets_the_outcomes_the_law_gives(published: Published, person: Situation) -> None:
    """The one answer that pages, API and print show: outcomes, what is left out, what is missing."""
    answer = read_person(published, person.facts, person.on).answer(published)
    outcomes = {outcome.slug: outcome for outcome in answer.outcomes}
    assert {slug: _outcome(outcomes.get(slug)) for slug in person.expect} == dict(person.expect), person.law
    assert not outcomes.keys() & set(person.absent), "another council's entries are absent, never no"
    assert set(person.not_included) <= set(answer.not_included)
    for slug, expected in person.expect.items():
        if expected == "unknown" and published.entries[slug].in_force == "yes":
            assert outcomes[slug].missing or outcomes[slug].asks, slug


def _outcome(outcome: Outcome | None) -> str:
    return outcome.outcome if outcome else "absent"


def test_every_national_entry_has_its_file(published: Published) -> None:
    entries = {entry.id for entry in published.entries.values() if entry.authority == ENGLAND}
    assert {person.entry for person in national()} == entries


def test_every_entry_with_people_has_a_yes_and_a_no(published: Published) -> None:
    """An unknown stands for the yes of an entry not in force, or of one that always leaves a thing to ask."""
    met = defaultdict[str, set[str]](set)
    for person in (*national(), *local()):
        met[person.entry].add(person.expect[person.entry])
    for slug, outcomes in met.items():
        coming = published.entries[slug].in_force != "yes"
        never_yes = coming or _always_asks(published.rules_on(ON)[slug].node)
        assert {"no", "unknown" if never_yes else "yes"} <= outcomes, slug


def _always_asks(node: Node) -> bool:
    """Whether every way to meet the rule goes through somebody who decides."""
    match node:
        case AllOf():
            return any(_always_asks(part) for part in node.parts)
        case AnyOf():
            return all(_always_asks(part) for part in node.parts)
        case _:
            return isinstance(node, Ask)


def test_everybody_cites_the_law_or_the_page_that_decides() -> None:
    """No expected outcome stands without the Act, regulation, guide or council page it was read from."""
    for person in (*national(), *local(), *stories()):
        assert len(person.law.split()) > 1 and person.law != person.law.lower(), person


def test_names_are_said_once_in_a_file() -> None:
    """Two people of one file with one name could not be told apart in a report."""
    people = [str(person) for person in (*national(), *local(), *stories())]
    assert len(people) == len(set(people))
