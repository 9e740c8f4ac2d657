"""The scrutiny report and the earlier lists: what they tell, what they admit, and a table nothing runs in."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from offer.clock import today
from offer.looking.store import Counts
from offer.published import Published
from offer.staff.checklist import Draft
from offer.staff.earlier_list import beside_now
from offer.staff.gaps.gather import gather
from offer.staff.gaps.places import codes_of_scope
from offer.staff.scrutiny import SECTIONS, Finding, findings, table
from offer.staff.words.kinder import our_terms
from offer.tables import to_csv
from offer.what_changed.fields import Part
from offer.what_changed.told import Change, Changes
from tests.offer.pages.reading import title_of, words_of
from tests.offer.staff.conftest import SignedIn

OURS, THEIRS, ENTRY = "E10000019", "E06000047", "lincolnshire-college-bursary"
ON = date(2026, 11, 22)


def report(published: Published, **edition: object) -> list[Finding]:
    shown = replace(published, **edition)  # type: ignore[arg-type]
    codes = codes_of_scope(shown.places, OURS, ON)
    found = gather(shown, OURS, [], Counts(None, {}, {}), ON, [], ON)
    since = ON - timedelta(days=90)
    return list(findings(shown, found, codes, [Draft("x", "A draft")], our_terms(), since, ON))


def test_it_tells_what_is_missing_stale_unsure_and_changed(published: Published) -> None:
    old = published.entries[ENTRY].model_copy(
        update={
            "review_by": date(2026, 11, 1),
            "confidence": "partly",
            "summary": "Ask about your placement.",
        }
    )
    at = datetime(2026, 11, 3, 9, tzinfo=UTC)
    change = Change("entitlement", ENTRY, old.title, OURS, 2, at, "changed", (Part("It ends."),))
    early = replace(change, version=1, at=datetime(2026, 1, 1, tzinfo=UTC))
    changes = Changes((change, early), (change, early), early.at)
    told = report(published, entries={**published.entries, ENTRY: old}, changes=changes)
    of = {section: [each for each in told if each.section == section] for section in SECTIONS}
    assert any(each.what == "T Levels" for each in of["gaps"])
    assert (of["stale"][0].slug, of["stale"][0].day) == (ENTRY, date(2026, 11, 1))
    assert "Check is overdue." in of["stale"][0].detail
    assert Finding("unverified", "A draft", "A draft: not public.") in of["unverified"]
    assert any("“placement”" in each.detail for each in of["words"])
    assert [(each.detail, each.day) for each in of["changes"]] == [("It ends.", date(2026, 11, 3))]
    unknown = {each.what for each in of["unknown"]}
    assert {"What people look for", "What it is like"} <= unknown


def test_it_admits_what_it_cannot_know(published: Published) -> None:
    told = {each.what: each.detail for each in report(published) if each.section == "unknown"}
    assert told["What people look for"] == "Nothing has been counted yet."
    assert told["Earlier changes"] == "We hold no changes of any day."


def test_no_cell_is_run_by_a_spreadsheet() -> None:
    evil = [Finding("words", sign + "cmd|'/c calc'!A1", "\t=1+1", slug=ENTRY) for sign in "=+-@"]
    body = to_csv(table("=Place", evil, ON))
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert all(cell[:1] not in ("=", "+", "-", "@", "\t") for row in rows for cell in row.values())
    assert rows[0]["report_day"] == "2026-11-22" and rows[0]["section"] == SECTIONS["words"][1]


async def test_the_page_and_its_table_say_the_same(signed_in: SignedIn) -> None:
    who = await signed_in(("viewer", OURS))
    page = await who.get("/staff/scrutiny?since=2026-11-01")
    words = words_of(page)
    assert "Scrutiny report: Lincolnshire" in words and "changes since 1 November 2026" in words
    assert "T Levels" in words and "nobody’s personal facts are in it" in words
    table_ = await who.get("/staff/scrutiny.csv?since=2026-11-01")
    assert table_.headers["content-type"].startswith("text/csv")
    assert table_.headers["cache-control"] == "no-store"
    assert f"scrutiny-{OURS}-{today().isoformat()}.csv" in table_.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(table_.content.decode("utf-8-sig"))))
    assert page.text.count("<li><div>") == len(rows) and {row["place"] for row in rows} == {"Lincolnshire"}


async def test_a_day_that_is_none_is_said_and_others_places_are_refused(signed_in: SignedIn) -> None:
    who = await signed_in(("viewer", OURS))
    for day in ("yesterday", "2026-02-30", (today() + timedelta(days=1)).isoformat()):
        page = await who.get(f"/staff/scrutiny?since={day}")
        assert page.status_code == 422 and title_of(page).startswith("Error: ")
    for path in ("/staff/scrutiny", "/staff/scrutiny.csv", "/staff/earlier"):
        assert (await who.get(f"{path}?scope={THEIRS}")).status_code == 403


async def test_the_list_as_it_stood_on_a_day(signed_in: SignedIn) -> None:
    who = await signed_in(("viewer", OURS))
    page = await who.get(f"/staff/earlier?day={(today() - timedelta(days=1)).isoformat()}")
    assert "Nothing was public on" in words_of(page)
    later = today() + timedelta(days=1)
    assert (await who.get(f"/staff/earlier?day={later.isoformat()}")).status_code == 422
    assert (await who.get("/staff/earlier?day=never")).status_code == 422


def test_each_entry_stands_beside_today(published: Published) -> None:
    entry = published.entries[ENTRY].model_copy(update={"summary": "Other words."})
    gone = {slug: each for slug, each in published.entries.items() if slug != "lincolnshire-staying-put"}
    later = replace(published, entries={**gone, ENTRY: entry})
    codes = codes_of_scope(published.places, OURS, ON)
    states = {each.slug: each.state for each in beside_now(published, later, codes)}
    assert states[ENTRY] == "changed" and states["lincolnshire-staying-put"] == "gone"
    assert states["council-tax-boston"] == "same" and "durham-college-bursary" not in states
    back = {each.slug: each.state for each in beside_now(later, published, codes)}
    assert back["lincolnshire-staying-put"] == "new"
