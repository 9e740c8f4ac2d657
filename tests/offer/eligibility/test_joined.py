"""Several indexes asked as one say what one index of all their rules says."""

import random
from datetime import date
from typing import Any

import pytest

from offer.eligibility.index import Index
from offer.eligibility.joined import Joined
from offer.published import Published
from offer.rulebook import ALWAYS, Rulebook

ON = date(2026, 11, 22)
PEOPLE: tuple[dict[str, Any], ...] = (
    {},
    {"age_years": 17, "responsible_authority": "E06000047"},
    {"age_years": 19, "lives_in": "E07000139", "care_status": "former_relevant"},
    {"age_years": 24, "liable_for_council_tax": True, "lives_in": "E06000047", "in_education": False},
)  # fmt: skip
LATER: tuple[dict[str, Any], ...] = (
    {"age_years": 18},
    {"age_years": 21},
    {"age_years": 25, "in_education": None},
)


@pytest.fixture(scope="module")
def both(published: Published) -> tuple[Index, Joined, list[str]]:
    nodes = {slug: rule.node for slug, rule in published.rules_on(ON).items()}
    slugs = sorted(nodes)
    random.Random(9).shuffle(slugs)
    thirds = [slugs[at::3] for at in range(3)]
    parts = [Index({slug: nodes[slug] for slug in third}) for third in thirds]
    return Index(nodes), Joined(parts), slugs


@pytest.mark.parametrize("known", PEOPLE)
def test_all_outcomes_and_what_time_changes_are_the_same(
    both: tuple[Index, Joined, list[str]], known: dict[str, Any]
) -> None:
    whole, joined, slugs = both
    assert joined.all_outcomes(known) == whole.all_outcomes(known)
    rows = [index.over(known, LATER) for index in (whole, joined)]
    for of_whole, of_joined in zip(*rows, strict=True):
        barred = whole.barred(of_whole), joined.barred(of_joined)
        for slug in slugs:
            assert joined.outcome(of_joined, slug) == whole.outcome(of_whole, slug)
            assert joined.is_sure(slug, of_joined) == whole.is_sure(slug, of_whole)
            assert joined.is_in(slug, barred[1]) == whole.is_in(slug, barred[0])


def test_a_rulebook_of_many_entries_joins_what_councils_need_and_keeps_what_did_not_change(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries, rows = list(published.entries.values()), published.council_tax
    monkeypatch.setattr("offer.rulebook.FEW", 10)
    book = Rulebook(entries, rows)
    owners = frozenset({"E92000001", "E06000047"})
    some, known = book.index_on(ON, owners), PEOPLE[3]
    whole = published.index_on(ON).all_outcomes(known)
    found = some.all_outcomes(known)
    assert found == {entry.id: whole[entry.id] for entry in entries if entry.authority in owners}
    assert book.index_on(ON).all_outcomes(known) == whole
    changed = [
        entry.model_copy(update={"summary": "New."}) if entry.id == "bus-travel" else entry
        for entry in entries
    ]
    again = Rulebook(changed, rows, book)
    assert again.index_on(ON).all_outcomes(known) == whole
    kept = {slug for slug, rule in again.on(ON).items() if rule is book.on(ON)[slug]}
    assert "bus-travel" not in kept and len(kept) > len(entries) // 2
    owner = published.entries["bus-travel"].authority
    parts = [{key: part.index for key, part in each._parts.items()} for each in (book, again)]
    undated = [key for key in parts[0] if key[0] == ALWAYS]
    assert undated and all(parts[1].get(key) is parts[0][key] for key in undated if key[1] != owner)
