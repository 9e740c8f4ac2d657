"""What a trial says of each row: what would change in words, or which column is wrong and what to write."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from offer.catalogue.documents import KINDS
from offer.entitlements.schema import Entitlement
from offer.sheets.codecs import DAY, MONEY, PERCENT, PLACE, WHOLE, YES, CellFault, Codec
from offer.sheets.documents import Held
from offer.sheets.grid import Cell, Serial
from offer.sheets.parameters import next_april
from offer.sheets.report import RowReport, Trial
from tests.offer.sheets.making import (
    COUNCIL_TAX,
    NAMES,
    csv_with,
    desk,
    filled,
    of_scope,
    parameters,
    starter,
    tried,
    workbook_with,
)

LINCOLNSHIRE = "E10000019"
SLUG = "lincolnshire-college-bursary"
BOSTON, DISTRICT = "E07000136", "E07000139"  # North Kesteven: one row, without an end
APRIL = date(2027, 4, 1)


def entries(change: Any, scope: str = LINCOLNSHIRE, **more: Any) -> Trial:
    """A trial of the entries of a place, changed."""
    return tried(csv_with(filled("entitlement", of_scope(scope).values()), change), desk(scope, **more))


def row(rows: list[dict[str, str]], slug: str = SLUG) -> dict[str, str]:
    return next(each for each in rows if each["Entry id"] == slug)


def words_of(report: RowReport) -> str:
    return " ".join(part.words for each in report.differences for line in each.lines for part in line)


def faults_of(trial: Trial) -> list[str]:
    assert trial.items == ()
    return [*trial.faults, *(f"{f.column}: {f.words}" for row in trial.rows for f in row.faults)]


def test_a_changed_row_is_told_in_words_and_nothing_else_would_be_written() -> None:
    trial = entries(lambda rows: row(rows).update(Summary="Money for college, £1,200 in 2026."))
    (changed,) = [each for each in trial.rows if each.outcome == "changed"]
    assert [each.field for each in changed.differences] == ["Summary"] and "£1,200" in words_of(changed)
    (item,) = trial.items
    assert (item.slug, item.base, item.body["summary"]) == (SLUG, 1, "Money for college, £1,200 in 2026.")
    before = KINDS["entitlement"].model.model_validate(dict(item.body)).model_dump(exclude={"summary"})
    assert before == starter()["entitlement", SLUG].document.model_dump(exclude={"summary"})


@pytest.mark.parametrize(
    ("heading", "written", "words"),
    [
        ("Last checked", "31/02/2026", "not a day. Write it as 1 April 2027"),
        ("Only for care leavers", "maybe", "neither yes nor no"),
        ("Draft or public", "live", "Write one of: draft, public"),
        ("Topic", "cash", "none of the choices"),
        ("Title", "", "title is missing"),
        ("Title", "x" * 401, "401 characters long, at most 400"),
        ("Whose offer", "Atlantis", "Write it with its code"),
        ("Whose offer", "England (E92000001)", "This is another council's"),
        ("Rule", "all: [", "Line 1 of the cell"),
        ("Rule", "fact: shoe_size\nis: 44", "shoe_size"),
        ("Sources", "A | b | c | d | e", "too many parts"),
        ("Sources", "A leaflet | leaflet.example | 1 May 2026", "Sources: sources.0.url"),
        ("Law and guidance", "An Act | | perhaps", "read"),
        ("Check by", "1 January 2020", "review_by must not be before checked_on"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_taken_is_named_with_what_to_write(
    heading: str, written: str, words: str
) -> None:
    (fault,) = faults_of(entries(lambda rows: row(rows).update({heading: written})))
    assert fault.startswith(f"{heading}: ") and words in fault


def test_rows_are_told_by_their_number() -> None:
    trial = entries(lambda rows: rows[3].update(Title=""))
    assert [each.number for each in trial.rows if each.faults] == [3 + 2], "the headings are row 1"


def test_unknown_double_and_missing_columns() -> None:
    def misspelt(rows: list[dict[str, str]]) -> None:
        for each in rows:
            each["Sumary"] = each.pop("Summary")

    assert "“Sumary” is no column of this sheet. Did you mean “Summary”?" in faults_of(entries(misspelt))[0]

    def without(rows: list[dict[str, str]]) -> None:
        for each in rows:
            each.pop("Summary")
            each.pop("Bring", None)
        row(rows).update(Title="Another title")

    trial = entries(without)
    assert "they stay as they are: Summary" in trial.notes[0]
    assert [item.slug for item in trial.items] == [SLUG] and trial.items[0].body["summary"]


def test_the_same_row_twice_is_told_with_both_numbers() -> None:
    (fault,) = faults_of(entries(lambda rows: rows.append(dict(row(rows)))))
    assert "stands in row" in fault and "Take one of the two rows out" in fault


def test_a_row_of_another_council_is_refused() -> None:
    theirs = filled("entitlement", of_scope("E06000047").values())
    trial = tried(csv_with(theirs, lambda rows: None), desk(LINCOLNSHIRE))
    assert all("This belongs to Elsewhere" in each for each in faults_of(trial))
    assert len(trial.rows) == len(theirs.rows)


def newer(**changed: object) -> dict[str, Any]:
    """Somebody saved another version of the entry meanwhile."""
    held, old = dict(of_scope(LINCOLNSHIRE)), starter()["entitlement", SLUG]
    held["entitlement", SLUG] = Held("entitlement", SLUG, 2, old.document.model_copy(update=changed))
    return {"held": held, "earlier": {("entitlement", SLUG, 1): old}}


def test_a_stale_row_that_was_changed_is_told_with_what_others_changed() -> None:
    (fault,) = faults_of(entries(lambda rows: row(rows).update(Title="Mine"), **newer(ask="the college")))
    assert "saved version 2 after you downloaded version 1 and changed: who to ask" in fault
    quiet = entries(lambda rows: None, **newer(ask="the college"))
    assert not quiet.is_faulty and quiet.items == (), "a stale row that nobody changed is no trouble"


def test_a_row_whose_version_is_lost_is_told() -> None:
    for written in ("", "7", "x"):
        (fault,) = faults_of(entries(lambda rows, w=written: row(rows).update({"Version opened": w})))
        assert "which version" in fault


def test_a_new_row_is_a_new_draft_and_a_column_for_reading_changes_nothing() -> None:
    def added(rows: list[dict[str, str]]) -> None:
        new = {**row(rows), "Entry id": "lincolnshire-bus-pass", "Title": "Bus pass", "Version opened": ""}
        rows.append(new)
        row(rows)["Rule in words"] = "Everybody"

    trial = entries(added)
    assert trial.count("new") == 1 and [(i.slug, i.base) for i in trial.items] == [
        ("lincolnshire-bus-pass", 0)
    ]
    (told,) = [each.notes for each in trial.rows if each.notes]
    assert "“Rule in words” is only for reading" in told[0]


def test_a_file_with_no_sheet_of_ours() -> None:
    assert "no sheet of ours" in faults_of(tried(b"Name,Age\nSam,18\n", desk()))[0]


# Amounts and terms.


def terms(change: Any, new_from: date | None = None, **more: Any) -> Trial:
    """A trial of council tax in Lincolnshire's districts, changed."""
    areas = frozenset({f"E07000{n}" for n in range(136, 143)})
    sheet = parameters(of_scope("england").values(), new_from, areas)
    return tried(csv_with(sheet, change), desk(**more))


def of_district(rows: list[dict[str, str]]) -> dict[str, str]:
    return next(each for each in rows if DISTRICT in each["Place"])


def rows_in(trial: Trial, area: str) -> list[Any]:
    (item,) = trial.items
    entry = Entitlement.model_validate(dict(item.body))
    return [each for each in entry.terms if each.area == area]


def test_the_seven_districts_are_seven_rows_on_one_sheet() -> None:
    areas = frozenset({f"E07000{n}" for n in range(136, 143)})
    sheet = parameters(of_scope("england").values(), None, areas)
    assert {row[1] and str(row[1]).split("(")[-1].strip(")") for row in sheet.rows} == areas


def test_an_age_changed_in_its_row() -> None:
    trial = terms(lambda rows: of_district(rows).update({"Age before": "24"}))
    (new,) = rows_in(trial, DISTRICT)
    assert new.age_before == 24
    (changed,) = [each for each in trial.rows if each.outcome == "changed"]
    assert [each.field for each in changed.differences] == ["Age before"] and "24" in words_of(changed)


def test_april_ends_the_old_row_and_begins_a_new_one() -> None:
    trial = terms(lambda rows: of_district(rows).update({"Age before": "24"}), APRIL)
    old, new = rows_in(trial, DISTRICT)
    assert (old.end, new.start, new.end, new.age_before) == (APRIL, APRIL, None, 24)
    assert old.model_copy(update={"end": None}) == starter_row(DISTRICT)
    (changed,) = [each for each in trial.rows if each.outcome == "changed"]
    assert "The old row ends on 1 April 2027" in changed.notes[0]
    untouched = [
        each for each in Entitlement.model_validate(dict(trial.items[0].body)).terms if each.area != DISTRICT
    ]
    whole = starter()["entitlement", COUNCIL_TAX].document
    assert untouched == [each for each in whole.terms if each.area != DISTRICT]  # type: ignore[attr-defined]


def starter_row(area: str) -> Any:
    whole: Any = starter()["entitlement", COUNCIL_TAX].document
    return next(each for each in whole.terms if each.area == area)


def test_every_amount_that_changes_in_april_is_one_change() -> None:
    def dearer(rows: list[dict[str, str]]) -> None:
        for each in [each for each in rows if each["What"] == "Amount" and each["New from"]][:5]:
            each["Amount in words"] = "The new figure"
            each["Amount in pounds"] = "£3,000.50"

    sheet = parameters(of_scope("england").values(), APRIL)
    trial = tried(csv_with(sheet, dearer), desk())
    assert not trial.is_faulty and len(trial.items) == 5
    for item in trial.items:
        entry = Entitlement.model_validate(dict(item.body))
        first = entry.more_amounts[0]
        assert entry.amount and entry.amount.end == APRIL
        assert (first.start, first.text, first.pence) == (APRIL, "The new figure", 300_050)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"Age before": "tall"}, "Age before: “tall” is not a whole number"),
        ({"Age before": "35"}, "Age before: Input should be less than or equal to 30"),
        ({"Percent": "120"}, "Percent: Input should be less than or equal to 100"),
        ({"Amount in words": "£5"}, "Amount in words: A row “Terms of a place” has no such value"),
        ({"Row id": "council-tax 7"}, "Row id: This is no row we know"),
        ({"Row id": f"{COUNCIL_TAX} terms 9999"}, "Row id: We cannot tell which version"),
        ({"Version opened": "9"}, "Version opened: We cannot tell which version"),
        ({"Row id": "no-such-entry terms 0"}, "Entry: We have no entry “no-such-entry”"),
        ({"Row id": f"{SLUG} terms 0"}, "Entry: This belongs to Elsewhere"),
        ({"Row id": "", "What": "Terms"}, "What: Write what the row is"),
        ({"From": "1 April 2027", "Until": "1 April 2026"}, "the term of E07000139 ends before it starts"),
        ({"New from": "1 April 2027", "From": "1 May 2020"}, "From: Leave it as it was"),
        ({"Checked on": "", "Age before": "24"}, "Checked on: It is missing."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken(changed: dict[str, str], words: str) -> None:
    (fault,) = faults_of(terms(lambda rows: of_district(rows).update(changed)))
    assert words in fault


def test_a_row_taken_out_and_a_row_added() -> None:
    gone = terms(lambda rows: of_district(rows).update({"Take out": "yes"}))
    assert rows_in(gone, DISTRICT) == []

    def added(rows: list[dict[str, str]]) -> None:
        new = {"Row id": "", "Version opened": "", "From": "1 April 2027", "Age before": "24"}
        rows.append({**of_district(rows), **new})
        of_district(rows).update({"Until": "01/04/2027"})

    old, new = rows_in(terms(added), DISTRICT)
    assert (old.end, new.start, new.age_before) == (APRIL, APRIL, 24)


def test_a_stale_row_of_terms() -> None:
    old = starter()["entitlement", COUNCIL_TAX]
    changed = [
        row.model_copy(update={"percent": 10}) if row.area == DISTRICT else row
        for row in old.document.terms  # type: ignore[attr-defined]
    ]
    held = {
        **of_scope("england"),
        old_key(old): Held(old.kind, old.slug, 2, old.document.model_copy(update={"terms": changed})),
    }
    more: dict[str, Any] = {"held": held, "earlier": {("entitlement", COUNCIL_TAX, 1): old}}
    (fault,) = faults_of(terms(lambda rows: of_district(rows).update({"Age before": "24"}), **more))
    assert "saved version 2 after you downloaded version 1" in fault
    assert not terms(lambda rows: None, **more).is_faulty


def test_a_row_that_others_did_not_touch_is_taken_though_its_entry_moved_on() -> None:
    old = starter()["entitlement", COUNCIL_TAX]
    others = [row for row in old.document.terms if row.area != BOSTON]  # type: ignore[attr-defined]
    newest = Held(old.kind, old.slug, 2, old.document.model_copy(update={"terms": others}))
    held = {**of_scope("england"), old_key(old): newest}
    earlier = {("entitlement", COUNCIL_TAX, 1): old}
    trial = terms(lambda rows: of_district(rows).update({"Age before": "24"}), held=held, earlier=earlier)
    assert rows_in(trial, DISTRICT)[0].age_before == 24 and rows_in(trial, BOSTON) == []
    assert trial.items[0].base == 2


def test_a_council_changes_rows_of_its_own_districts_in_the_national_entry_and_no_others() -> None:
    entry = starter()["entitlement", COUNCIL_TAX]
    ours = desk(LINCOLNSHIRE, shared={("entitlement", COUNCIL_TAX): entry})
    sheet = parameters([entry])
    trial = tried(csv_with(sheet, lambda rows: of_district(rows).update({"Age before": "24"})), ours)
    assert rows_in(trial, DISTRICT)[0].age_before == 24 and trial.items[0].base == 1

    def theirs(rows: list[dict[str, str]]) -> None:
        next(each for each in rows if "E06000005" in each["Place"])["Percent"] = "1"

    (fault,) = faults_of(tried(csv_with(sheet, theirs), ours))
    assert "rows of your own districts only" in fault
    moved = csv_with(sheet, lambda rows: of_district(rows).update({"Place": "Darlington (E06000005)"}))
    assert "rows of your own districts only" in faults_of(tried(moved, ours))[0]
    amount = csv_with(sheet, lambda rows: rows[0].update({"Amount in words": "£1"}))
    assert "rows of your own districts only" in faults_of(tried(amount, ours))[0]


def old_key(held: Held) -> tuple[str, str]:
    return held.kind, held.slug


def test_entries_and_their_amounts_changed_in_one_workbook() -> None:
    held = list(of_scope("england").values())

    def change(book: Any) -> None:
        sheet = book["Entries"]
        rows = {each[0].value: each for each in sheet.iter_rows(min_row=2)}
        rows[COUNCIL_TAX][1].value = "Less council tax"
        amounts = book["Amounts and terms"]
        district = next(each for each in amounts.iter_rows(min_row=2) if DISTRICT in str(each[1].value))
        district[7].value = 24

    trial = tried(workbook_with([filled("entitlement", held), parameters(held)], change), desk())
    (item,) = trial.items
    assert item.body["title"] == "Less council tax" and rows_in(trial, DISTRICT)[0].age_before == 24


@pytest.mark.parametrize(
    ("codec", "cell", "value"),
    [
        (DAY, "1 April 2027", "2027-04-01"),
        (DAY, "01/04/2027", "2027-04-01"),
        (DAY, "2027-04-01", "2027-04-01"),
        (DAY, "1-Apr-27", "2027-04-01"),
        (DAY, Serial(Decimal(46113), date(2026, 4, 1)), "2026-04-01"),
        (DAY, "46113", None),
        (WHOLE, "25.0", 25),
        (WHOLE, Decimal("25.5"), None),
        (WHOLE, date(2026, 1, 25), None),
        (WHOLE, "1e9999", None),
        (PERCENT, "100%", 100),
        (MONEY, "£3,000", 300_000),
        (MONEY, Decimal("34.5"), 3_450),
        (MONEY, "3,00", None),
        (MONEY, "3k", None),
        (MONEY, "-5", None),
        (YES, True, True),
        (PLACE, "boston", BOSTON),
        (PLACE, "Somewhere (E07000136)", BOSTON),
        (PLACE, "E07000136 and E07000138", None),
    ],
)  # fmt: skip
def test_what_people_and_spreadsheets_write(codec: Codec, cell: Cell, value: object) -> None:
    if value is None:
        with pytest.raises(CellFault):
            codec.read(cell, NAMES)
    else:
        assert codec.read(cell, NAMES) == value


def test_the_next_april() -> None:
    assert next_april(date(2026, 11, 22)) == next_april(date(2027, 3, 31)) == APRIL
    assert next_april(APRIL) == date(2028, 4, 1)
