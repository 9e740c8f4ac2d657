"""Out and in again: a sheet that nobody changed changes nothing, of any document that ships."""

from datetime import date

from offer.catalogue.documents import KINDS, text_of
from offer.sheets.columns import ELSEWHERE, SHEETS
from offer.sheets.documents import Held
from offer.sheets.dry_run import dry_run
from offer.sheets.out import Filled, csv_of, workbook_of
from offer.sheets.report import Key
from offer.sheets.trial import KNOWN
from offer.sheets.upload import grids
from tests.offer.sheets.making import (
    desk,
    filled,
    of_scope,
    parameters,
    scope_in,
    starter,
    tried,
    workbook_with,
)

SCOPES = sorted({scope_in(each) for each in starter().values()})
EVERYTHING = desk(held=starter(), elsewhere={})


def every_sheet(held: dict[Key, Held]) -> list[Filled]:
    listed = list(held.values())
    return [*(filled(sheet.kind, listed) for sheet in SHEETS), parameters(listed)]


def test_every_field_has_a_column_or_stands_on_the_sheet_of_amounts() -> None:
    for sheet in SHEETS:
        fields = {column.path[0] for column in sheet.columns if column.path}
        assert fields | (ELSEWHERE if sheet.kind == "entitlement" else set()) == set(
            KINDS[sheet.kind].model.model_fields
        )


def test_a_workbook_that_nobody_changed_changes_nothing() -> None:
    sheets = every_sheet(starter())
    trial = tried(workbook_of(sheets, ["Read me."]), EVERYTHING)
    assert not trial.is_faulty, [row for row in trial.rows if row.faults]
    assert trial.items == () and {row.outcome for row in trial.rows} == {"same"}
    assert len(trial.rows) == sum(len(sheet.rows) for sheet in sheets) > 400
    assert not any(row.notes for row in trial.rows) and not trial.notes


def test_nor_one_that_a_spreadsheet_saved_again() -> None:
    trial = tried(workbook_with(every_sheet(starter()), lambda book: None), EVERYTHING)
    assert not trial.is_faulty and trial.items == ()


def test_nor_csv() -> None:
    for sheet in every_sheet(starter()):
        trial = tried(csv_of(sheet), EVERYTHING)
        assert not trial.is_faulty, [row for row in trial.rows if row.faults]
        assert trial.rows and trial.items == ()


def test_sheets_brought_to_an_empty_service_give_the_same_documents_to_the_byte() -> None:
    for scope in SCOPES:
        held = of_scope(scope)
        sent = [grid for sheet in every_sheet(held) for grid in grids(csv_of(sheet), KNOWN)]
        trial = dry_run(sent, desk(scope, held={}, elsewhere={}))
        assert not trial.is_faulty, [row for row in trial.rows if row.faults]
        made = {(item.kind, item.slug): item for item in trial.items}
        assert made.keys() == held.keys()
        for key, item in made.items():
            document = KINDS[key[0]].model.model_validate(dict(item.body))
            assert text_of(document) == text_of(held[key].document), key
            assert item.base == 0


def test_april_prefills_only_rows_that_still_count_and_changes_nothing_by_itself() -> None:
    held = list(of_scope("england").values())
    sheet = parameters(held, date(2027, 4, 1))
    assert tried(csv_of(sheet), desk()).items == ()
    assert tried(workbook_of([sheet], []), desk()).items == ()
    days = {row[4] for row in sheet.rows}
    assert days <= {date(2027, 4, 1), None} and date(2027, 4, 1) in days
