"""Gaps: the list of what offers usually hold, coverage by topic and age, contradictions, and the page."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from starlette.applications import Starlette

from directory.places import Area
from directory.topics import TOPICS
from offer.catalogue.coverage import BANDS, Reach, reaches
from offer.clock import today
from offer.db.models import LookedFor, Opened
from offer.entitlements.schema import Amount, Entitlement, ParameterRow
from offer.looking.store import Counts
from offer.published import COUNCIL_TAX, Published
from offer.staff.gaps.conflicts import conflicts
from offer.staff.gaps.cover import cover
from offer.staff.gaps.gather import gather
from offer.staff.gaps.usual import held, is_of, usual_offer
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn

OURS, THEIRS, NOTHING = "E10000019", "E06000047", "E10000016"
BOSTON, LINCOLN = "E07000136", "E07000138"
ON = date(2026, 11, 22)
NO_COUNTS = Counts(None, {}, {})


@pytest.fixture(scope="session")
def every_entry() -> dict[str, Entitlement]:
    """The starter entries, drafts among them."""
    from offer.catalogue.files import starter_folders
    from offer.catalogue.store import read_folders

    records, _ = read_folders(starter_folders())
    return {each.document.id: each.document for each in records if isinstance(each.document, Entitlement)}


def test_the_list_was_seen_in_real_offers_and_finds_them(every_entry: dict[str, Entitlement]) -> None:
    for item in usual_offer():
        assert item.topic in TOPICS and item.seen_in and (item.words or item.part_of)
        for slug in item.seen_in:
            entry = every_entry[slug]
            unnamed = replace(item, seen_in=())
            assert is_of(entry, unnamed) or entry.id in item.part_of, (item.id, slug)
        assert set(item.part_of) <= every_entry.keys()
    assert len({item.id for item in usual_offer()}) == len(usual_offer())


def test_most_of_what_councils_offer_is_on_the_list(published: Published) -> None:
    local = [entry for entry in published.entries.values() if entry.authority != "E92000001"]
    found = held(local)
    on_it = {entry.id for entries in found.values() for entry in entries}
    assert len(on_it) / len(local) > 0.9, sorted({entry.id for entry in local} - on_it)


def test_coverage_tells_local_from_national_from_nothing(published: Published) -> None:
    one, other = (Area(f"E0700000{number}", f"District {number}") for number in (1, 2))
    some = frozenset({"money"})
    found = {
        topic.topic: topic.cells[0]
        for topic in cover(
            [
                Reach(one, BANDS[0], frozenset({"money", "work", "health"}), some),
                Reach(other, BANDS[0], frozenset({"money", "work"}), frozenset()),
            ]
        )
    }
    assert (found["money"].state, found["money"].local, found["money"].without) == (
        "some",
        1,
        ("District 2",),
    )
    assert found["work"].state == "england"
    assert (found["health"].state, found["health"].nothing) == ("none", ("District 2",))
    assert "help-now" not in found


def test_reaches_agrees_with_the_entries_of_a_council(published: Published) -> None:
    districts = published.places.districts_of(OURS, ON)
    entries = tuple(published.entries.values())
    for reach in reaches(entries, published.index_on(ON), published.places, districts, ON):
        assert reach.local <= reach.every
        assert ("council-tax" in reach.local) is (reach.band[0] >= 18), "nobody pays it before 18"


def rows(*ages: tuple[str, int, str]) -> list[ParameterRow]:
    return [
        ParameterRow.model_validate(
            {"area": area, "age_before": age, "who": who, "confidence": "found in source", "source": "A page",
             "checked_on": ON}
        )
        for area, age, who in ages
    ]  # fmt: skip


def changed(published: Published, **entries: Entitlement) -> Published:
    named = {entry.id: entry for entry in entries.values()}
    return replace(published, entries={**published.entries, **named})


def test_contradictions_are_told_with_both_sides(published: Published) -> None:
    national = published.entries[COUNCIL_TAX]
    table = national.model_copy(
        update={"terms": rows((BOSTON, 21, "own-and-neighbours"), (LINCOLN, 25, "own"))}
    )
    grant = published.entries["lincolnshire-setting-up-home-grant"]
    low = grant.model_copy(update={"amount": Amount(text="£2,000", pence=200_000)})
    right = published.entries["setting-up-home-allowance"]
    high = right.model_copy(update={"amount": Amount(text="At least £3,000", pence=300_000)})
    county = published.entries["council-tax-boston"].model_copy(
        update={"id": "county-tax", "title": "The county says 24", "rule": {"id": "a", "fact": "age_years",
                "from": 18, "before": 24}}
    )  # fmt: skip
    edition = changed(published, a=table, b=low, c=high, d=county)
    ours = [low, county, edition.entries["council-tax-boston"]]
    found = conflicts(edition, ours, ON, lambda code: [LINCOLN] if code == BOSTON else [])
    words = {(each.slug, each.other): each.words for each in found}
    assert words[low.id, right.id] == (
        "Less than the right it is part of: “£2,000”, beside “At least £3,000”."
    )
    assert "It stops at 25; the table of districts says 21 for Boston." in {each.words for each in found}
    assert any("stops at 24; “No council tax until 25 (Boston)”" in each.words for each in found)
    assert any("Lincoln next door says only its own." in each.words for each in found)


def test_the_starter_catalogue_contradicts_itself_nowhere_we_know(published: Published) -> None:
    """Its known conflicts are said on the pages themselves; a new one is to be looked at."""
    entries = list(published.entries.values())
    found = conflicts(published, entries, ON, lambda code: [])
    assert [each.slug for each in found] == ["ehcp-to-25"], "“up to 25” there means the whole year"


def test_a_council_of_which_we_hold_nothing_lacks_everything(published: Published) -> None:
    found = gather(published, NOTHING, [], NO_COUNTS, ON, [], ON)
    assert (found.entries, len(found.missing)) == (0, len(usual_offer()))
    t_levels = next(each for each in found.missing if each.item.id == "t-levels")
    assert t_levels.others == (), "no council tells anything of its own about them"
    assert {cell.state for topic in found.topics for cell in topic.cells} <= {"england", "none"}


async def test_the_page_of_a_council(signed_in: SignedIn, running: Starlette) -> None:
    connection = running.state.live.database
    await LookedFor.create(day=today(), words="tattoo removal", count=7, using_db=connection)
    await Opened.create(
        day=today() - timedelta(days=1), kind="entitlement", slug="lincolnshire-college-bursary", count=9,
        using_db=connection,
    )  # fmt: skip
    page = await (await signed_in(("editor", OURS))).get("/staff/gaps")
    words = words_of(page)
    assert "▲ T Levels" in words and "We know of no other council that tells it." in words
    assert "▲ Driving lessons" in words and "Peterborough" in words
    assert "✎ Draft: Driving lessons (Lincolnshire)" in words
    assert (
        'href="/staff/entries/new/entitlement?authority=E10000019&amp;topic=education&amp;title=T+Levels'
        "&amp;part_of=t-levels\"" in page.text
    )  # fmt: skip
    assert "tattoo removal" in words and "Birthday and festival money (Rutland)" not in words
    assert "○ only what holds all over England" in words and "Boston" in words
    assert (
        'href="/staff/entries/entitlement/lincolnshire-college-bursary">'
        not in page.text.split('id="unopened"')[1]
    )


async def test_a_place_that_is_not_ones_own_is_refused(signed_in: SignedIn) -> None:
    who = await signed_in(("viewer", OURS), ("viewer", "england"))
    assert (await who.get(f"/staff/gaps?scope={THEIRS}")).status_code == 403
    assert (await who.get("/staff/gaps?scope=<b>")).status_code == 403
    page = await who.get("/staff/gaps?scope=england")
    assert "Gaps: England (national)" in words_of(page) and "/staff/entries/new" not in page.text


async def test_the_link_of_a_hole_begins_an_entry_with_what_is_known(signed_in: SignedIn) -> None:
    page = await (await signed_in(("editor", OURS))).get("/staff/gaps")
    link = page.text.split('Begin an entry<span class="govuk-visually-hidden"> for T Levels')[0]
    href = link.rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    form = await (await signed_in(("editor", OURS))).get(href)
    assert form.status_code == 200 and 'value="T Levels"' in form.text
    assert 'value="education" selected' in form.text and "t-levels" in form.text
