"""Choices that narrow a list: each says how many it would leave, without counting itself out."""

from search.documents import Document
from search.facets import counted, fits
from tests.search.making import make_document


def record(
    slug: str, topic: str, decides: str, age_from: int | None = None, age_before: int | None = None
) -> Document:
    return make_document(slug, topics=(topic,), decides=decides, age_from=age_from, age_before=age_before)


RECORDS = (
    record("a", "money", "law", 16, 18),
    record("b", "money", "council-choice", 18, 25),
    record("c", "housing", "law"),
)


def test_with_nothing_chosen_everything_is_counted() -> None:
    facets = counted(RECORDS, {})
    assert facets["topic"] == {"money": 2, "housing": 1}
    assert facets["decides"] == {"law": 2, "council-choice": 1}
    assert facets["ages"] == {"16-17": 2, "18-20": 2, "21-24": 2, "25": 1}
    assert list(facets["ages"]) == ["16-17", "18-20", "21-24", "25"]


def test_a_facet_counts_what_its_other_choices_would_leave() -> None:
    facets = counted(RECORDS, {"topic": "money"})
    assert facets["topic"] == {"money": 2, "housing": 1}
    assert facets["decides"] == {"law": 1, "council-choice": 1}


def test_two_choices_together() -> None:
    chosen = {"topic": "money", "decides": "law"}
    assert [each.slug for each in RECORDS if fits(each, chosen)] == ["a"]
    facets = counted(RECORDS, chosen)
    assert facets["topic"] == {"money": 1, "housing": 1}
    assert facets["decides"] == {"law": 1, "council-choice": 1}
    assert facets["ages"] == {"16-17": 1}


def test_an_entry_for_all_ages_stands_under_every_band_and_one_that_ends_at_18_does_not_reach_18() -> None:
    assert fits(RECORDS[2], {"ages": "25"})
    assert not fits(RECORDS[0], {"ages": "18-20"})
