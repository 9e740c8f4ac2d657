"""Ranked hits for a person's councils, and nothing of anybody else's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.documents import Document
from search.finder import LONGEST_QUERY, Finder, Found
from tests.search.making import (
    DURHAM,
    LINCOLN,
    LINCOLNSHIRE,
    NORTH_KESTEVEN,
    by,
    inside,
    make_document,
)

DOCUMENTS = [
    make_document("bus-pass", "Free bus pass", topics=("travel",), age_from=16, age_before=19),
    make_document("bus-durham", "Durham bus travel", topics=("travel",), places=by(DURHAM)),
    make_document("bus-lincolnshire", "Lincolnshire bus travel", topics=("travel",), places=by(LINCOLNSHIRE)),
    make_document("tax-lincoln", "Council tax in Lincoln", places=inside(LINCOLN, LINCOLNSHIRE)),
    make_document("tax-kesteven", "Council tax in Kesteven", places=inside(NORTH_KESTEVEN, LINCOLNSHIRE)),
    make_document("tax-england", "Council tax discount", age_from=18, age_before=25),
    make_document("emergency", "Emergency money", summary="Help when you have no money for food."),
    make_document("prescriptions", "Free prescriptions", also_known_as=("medicine",), topics=("health",)),
    make_document("safe-house", "Domestic abuse help", topics=("help-now",), kind="service"),
    make_document("full-circle", "Full Circle", topics=("health",)),
    make_document("full-circle", "Full Circle", topics=("health",), kind="service"),
]


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(DOCUMENTS)


def slugs(found: Found) -> list[str]:
    return [hit.slug for hit in found.hits]


def test_the_title_counts_most(finder: Finder) -> None:
    assert slugs(finder.search("prescriptions"))[0] == "prescriptions"


def test_one_slug_of_two_kinds_is_two_hits(finder: Finder) -> None:
    assert {hit.key for hit in finder.search("full circle").hits} == {
        ("entitlement", "full-circle"),
        ("service", "full-circle"),
    }


def test_a_persons_own_council_and_england_are_searched_and_no_other(finder: Finder) -> None:
    assert set(slugs(finder.search("bus", authorities=[DURHAM]))) == {"bus-durham", "bus-pass"}
    assert set(slugs(finder.search("bus"))) == {"bus-durham", "bus-lincolnshire", "bus-pass"}


def test_who_looked_after_you_and_where_you_live_are_different_facts(finder: Finder) -> None:
    found = set(slugs(finder.search("", authorities=[DURHAM], lives_in=LINCOLN)))
    assert {"bus-durham", "tax-lincoln", "tax-england"} <= found
    assert found.isdisjoint({"bus-lincolnshire", "tax-kesteven"})


def test_where_you_live_alone_brings_that_councils_offer(finder: Finder) -> None:
    found = set(slugs(finder.search("", lives_in=LINCOLN)))
    assert {"bus-lincolnshire", "tax-lincoln"} <= found
    assert found.isdisjoint({"bus-durham", "tax-kesteven"})


def test_a_council_without_a_district_brings_all_its_districts(finder: Finder) -> None:
    assert {"tax-lincoln", "tax-kesteven"} <= set(slugs(finder.search("tax", authorities=[LINCOLNSHIRE])))


def test_a_council_we_hold_nothing_of_finds_englands_records(finder: Finder) -> None:
    assert set(slugs(finder.search("bus", authorities=["E10000016"]))) == {"bus-pass"}


def test_an_unknown_age_leaves_everything_in(finder: Finder) -> None:
    assert "bus-pass" in slugs(finder.search("bus"))
    assert "bus-pass" not in slugs(finder.search("bus", age=22))


def test_an_empty_search_lists_all_that_fits(finder: Finder) -> None:
    assert finder.search("").total == len(DOCUMENTS)
    assert set(slugs(finder.search("   ", topic="health"))) == {"prescriptions", "full-circle"}


def test_topic_and_kind_narrow_and_facets_count_each_without_its_own_filter(finder: Finder) -> None:
    found = finder.search("full circle prescriptions", topic="health", kind="service")
    assert [hit.key for hit in found.hits] == [("service", "full-circle")]
    assert found.facets["kind"] == {"entitlement": 2, "service": 1}
    assert found.facets["topic"] == {"health": 1}


def test_a_synonym_finds_what_the_words_do_not(finder: Finder) -> None:
    assert slugs(finder.search("skint"))[0] == "emergency"


def test_a_misspelt_word_is_corrected_and_said(finder: Finder) -> None:
    found = finder.search("perscriptions")
    assert (found.query, found.corrected, slugs(found)[0]) == (
        "perscriptions",
        "prescriptions",
        "prescriptions",
    )


def test_the_words_as_typed_can_be_searched_instead(finder: Finder) -> None:
    found = finder.search("perscriptions", as_typed=True)
    assert (found.corrected, found.hits) == (None, ())


def test_nothing_found_drops_one_filter_and_says_which(finder: Finder) -> None:
    found = finder.search("prescriptions", topic="travel", age=20)
    assert (slugs(found), found.dropped) == (["prescriptions"], ("topic",))
    found = finder.search("bus", authorities=["E10000016"], age=22)
    assert (slugs(found), found.dropped) == (["bus-pass"], ("age",))


def test_filters_are_dropped_together_only_where_none_alone_is_enough(finder: Finder) -> None:
    found = finder.search("bus pass", authorities=["E10000016"], topic="health", kind="service")
    assert found.dropped == ("topic", "kind")


def test_another_councils_offer_is_never_a_way_out(finder: Finder) -> None:
    found = finder.search("lincoln kesteven", authorities=[DURHAM])
    assert found.hits == ()
    assert found.dropped == ()


def test_a_search_that_finds_nothing_drops_nothing(finder: Finder) -> None:
    found = finder.search("zzzz", topic="travel", age=20)
    assert (found.hits, found.dropped, found.facets["topic"]) == ((), (), {})


def test_what_is_no_longer_public_is_gone_before_it_is_counted(finder: Finder) -> None:
    found = finder.search("full circle", public={("service", "full-circle")})
    assert [hit.kind for hit in found.hits] == ["service"]
    assert found.facets["kind"] == {"service": 1}


def test_danger_comes_first_and_help_is_what_is_searched(finder: Finder) -> None:
    found = finder.search("he hits me and keeps my bus pass")
    assert found.crisis == ("being-hurt-or-controlled",)
    assert slugs(found)[0] == "safe-house"


def test_ties_go_to_the_own_council_then_the_exact_topic_then_the_last_checked() -> None:
    def same(slug: str, **given: object) -> Document:
        return make_document(slug, "Leisure pass", **given)

    finder = Finder(
        [
            same("a"),
            same("b", topics=("money", "leisure")),
            same("c", topics=("leisure",)),
            same("d", places=by(DURHAM)),
        ]
    )
    assert slugs(finder.search("pass", authorities=[DURHAM]))[0] == "d"
    assert slugs(finder.search("pass", topic="leisure")) == ["c", "b"]


def test_suggestions_begin_with_what_is_typed(finder: Finder) -> None:
    assert finder.suggest("counc") == (
        "Council tax discount",
        "Council tax in Lincoln",
        "Council tax in Kesteven",
    )
    assert finder.suggest("medi") == ("medicine",)
    assert finder.suggest("") == ()
    assert len(finder.suggest("f", limit=2)) == 2


HOSTILE = [
    "x" * 5000,
    "rent " * 2000,
    "\x00\x07\x1b\u202e\ud800",
    "title:rent AND (NOT [a TO z]) *",
    "'; DROP TABLE entries; --",
    "<script>alert(1)</script>",
    "🙂🙂🙂",
    "ＲＥＮＴ",
    "%s %d {0} ${x}",
    "a" * 1999 + " hub",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_text_is_answered(finder: Finder, query: str) -> None:
    found = finder.search(query, authorities=[DURHAM], lives_in="nowhere", age=-5, topic="none", kind="none")
    assert found.query == query[:LONGEST_QUERY]


@settings(max_examples=60)
@given(st.text(max_size=200), st.integers(-5, 130))
def test_any_text_and_age_is_answered(text: str, age: int) -> None:
    assert Finder(DOCUMENTS[:2]).search(text, age=age).query == text


def test_signs_without_a_word_find_nothing_rather_than_everything(finder: Finder) -> None:
    assert finder.search("!!! ???").hits == ()


@pytest.mark.parametrize("query", ["help", "what can i get", "I need some help please"])
def test_small_words_alone_list_all_that_fits(finder: Finder, query: str) -> None:
    assert finder.search(query).total == len(DOCUMENTS)
