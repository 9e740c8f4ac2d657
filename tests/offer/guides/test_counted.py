"""The counts under each guide are those of walking through everything, on any day."""

from datetime import date

import pytest

from offer.guides.reading import guides
from offer.guides.shown import entries_of
from offer.published import Published

DAYS = (date(2026, 11, 22), date(2027, 4, 1), date(2026, 11, 22))  # one of them again


@pytest.mark.parametrize("slug", sorted(guides()))
def test_as_many_as_are_there(published: Published, slug: str) -> None:
    guide = guides()[slug]
    shown = [each for each in published.services.values() if each.is_shown]
    for on in DAYS:
        counts = published.guide_counts.of(guide, on)
        found = entries_of(guide, published.entries.values(), on)
        assert counts.offers == len(found)
        assert dict(counts.entries) == {
            owner: sum(entry.authority == owner for entry in found) for owner in {e.authority for e in found}
        }
        assert counts.services == sum(not set(each.record.topics).isdisjoint(guide.topics) for each in shown)


def test_parts_and_owners_are_those_of_every_entry(published: Published) -> None:
    for slug in published.entries:
        parts = [each for each in published.entries.values() if each.part_of == slug]
        assert list(published.parts_of(slug)) == parts
    assert any(published.parts_of(slug) for slug in published.entries)
    assert sum(published.entries_by_owner.values()) == len(published.entries)
