"""An edition that a newer one replaced is gone at once, without the collector: in it nothing holds itself."""

import gc
import weakref
from datetime import date

from directory.places import Places
from directory.records import Record
from offer.entitlements.schema import ENGLAND
from offer.published import Published, build_published

DAY = date(2026, 11, 22)


def used(published: Published, places: Places, previous: Published | None = None) -> Published:
    """An edition of which every part was asked for."""
    records: list[Record] = [
        *published.organisations.values(),
        *published.locations.values(),
        *(each.record for each in published.services.values()),
    ]
    entries = [entry.model_copy() for entry in published.entries.values()]
    made = build_published(entries, records, places, 2, today=DAY, previous=previous)
    made.warm(DAY)
    made.finder.search("bus", authorities=["E10000019"], public=made.findable(DAY))
    made.verdicts_on(DAY, frozenset({ENGLAND})), made.days_on(DAY), made.stretch_starts, made.ages
    next(iter(made.days_on(DAY).values()))
    made.open_referral.service_item(0)
    return made


def test_an_edition_goes_with_its_last_reader(published: Published, places: Places) -> None:
    gc.collect()
    gc.disable()
    try:
        one = used(published, places)
        parts = (one, one.rulebook, one.finder, one.directory, one.open_referral, one.guide_counts)
        gone = {type(part).__name__: weakref.ref(part) for part in parts}
        del parts
        two = used(published, places, previous=one)
        del one
        left = [name for name, part in gone.items() if part() is not None]
    finally:
        gc.enable()
    assert left == []
    assert two.version == 2
