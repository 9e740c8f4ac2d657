"""The managers' list, with figures from five only and a plain word where there is nothing."""

from datetime import UTC, date, datetime

from offer.catalogue.history import Changed
from offer.looking.gaps import Gap, gap_lines, gaps_of
from offer.looking.store import Counts
from offer.published import Published

SINCE = date(2026, 9, 1)
TAX = ("entitlement", "council-tax-care-leaver-discount")


def test_nothing_counted_yet_is_said_and_no_entry_is_blamed(published: Published) -> None:
    gaps = gaps_of(published, {}, Counts(None, {}, {}), SINCE)
    assert (gaps.searches, gaps.unopened) == ((), ())
    assert list(gap_lines(gaps)) == [
        "Nothing has been counted yet. The service counts while it runs; look again in a few days."
    ]


def test_the_commonest_search_stands_first_and_counts_under_five_are_not_shown(published: Published) -> None:
    counts = Counts(SINCE, {"piano": 5, "removal tattoo": 12, "boxing": 4}, {})
    gaps = gaps_of(published, {}, counts, SINCE)
    assert gaps.searches == (Gap("removal tattoo", 12), Gap("piano", 5))
    assert "    12  removal tattoo" in list(gap_lines(gaps))


def test_every_public_record_opened_fewer_than_five_times_is_named_without_its_count(
    published: Published,
) -> None:
    shown = {("service", slug) for slug, view in published.services.items() if view.is_shown}
    everything = {("entitlement", slug) for slug in published.entries} | shown
    counts = Counts(SINCE, {}, dict.fromkeys(everything, 5) | {TAX: 4})
    gaps = gaps_of(published, {}, counts, SINCE)
    assert [(each.kind, each.slug) for each in gaps.unopened] == [TAX]
    lines = "\n".join(gap_lines(gaps))
    assert "No search that found nothing was asked often enough" in lines
    assert "Opened fewer than 5 times (1):" in lines
    assert TAX[1] in lines


def test_a_new_entry_is_said_to_be_new(published: Published) -> None:
    first = Changed(3, datetime(2026, 11, 1, tzinfo=UTC), "")
    history = {TAX: (Changed(4, datetime(2026, 11, 9, tzinfo=UTC), ""), first)}
    gaps = gaps_of(published, history, Counts(SINCE, {}, {}), SINCE)
    assert {each.slug: each.new_on for each in gaps.unopened}[TAX[1]] == date(2026, 11, 1)
    assert "– new on 1 November 2026" in "\n".join(gap_lines(gaps))
    old = {TAX: (Changed(1, datetime(2026, 1, 1, tzinfo=UTC), ""),)}
    assert all(each.new_on is None for each in gaps_of(published, old, Counts(SINCE, {}, {}), SINCE).unopened)


def test_all_opened_is_said(published: Published) -> None:
    shown = {("service", slug) for slug, view in published.services.items() if view.is_shown}
    everything = {("entitlement", slug) for slug in published.entries} | shown
    gaps = gaps_of(published, {}, Counts(SINCE, {}, dict.fromkeys(everything, 9)), SINCE)
    assert list(gap_lines(gaps))[-1] == "Every entry was opened 5 times or more."
