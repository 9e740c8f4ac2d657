"""A file that somebody sent: what kind it is by what is in it, never by its name, and its sheets."""

from collections.abc import Collection, Iterable, Sequence

from offer.sheets import limits
from offer.sheets.csv_in import decoded, rows_of
from offer.sheets.grid import Cell, Grid, Line, Refusal, is_blank, same_heading
from offer.sheets.xlsx_in import sheets_of
from offer.sheets.zip_in import opened

EMPTY = "The file is empty. Choose the sheet that you changed."
OLD_EXCEL = (
    "This is an old Excel file (.xls), or one locked with a password."
    " Save it as “Excel workbook (.xlsx)” without a password."
)
OPEN_DOCUMENT = "This is an OpenDocument sheet. Save it as “Excel workbook (.xlsx)” or as “CSV UTF-8”."
NO_SHEET = "This is no spreadsheet and no CSV file. Send the .xlsx or .csv that you downloaded here."
_XLSX, _YAML = "xl/workbook.xml", (".yaml", ".yml")
_OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc",
    b"\x1f\x8b",
    b"{\\rtf",
    b"<!DOC",
    b"<html",
)


def is_yaml_zip(data: bytes) -> bool:
    """Whether it is a zip of YAML files rather than a sheet. Raises `Refusal` for one not opened."""
    if not data.startswith(b"PK"):
        return False
    names = opened(data).namelist()
    return _XLSX not in names and any(name.endswith(_YAML) for name in names)


def grids(data: bytes, known: Collection[str]) -> list[Grid]:
    """Every sheet of a file. `known`: the headings we know, as `same_heading` has them.

    Raises `Refusal` where the file is not read at all.
    """
    if not data.strip():
        raise Refusal(EMPTY)
    if len(data) > limits.UPLOAD:
        raise Refusal(
            f"The file is larger than {limits.UPLOAD // 1024 // 1024} MB. Send it in smaller parts."
        )
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal(OLD_EXCEL)
    if data.startswith(_OTHERS):
        raise Refusal(NO_SHEET)
    return _of_workbook(data) if data.startswith(b"PK") else [_of_text(data, known)]


def _of_workbook(data: bytes) -> list[Grid]:
    archive = opened(data)
    names = archive.namelist()
    if "content.xml" in names and "mimetype" in names:
        raise Refusal(OPEN_DOCUMENT)
    if _XLSX not in names:
        raise Refusal(NO_SHEET)
    return [_grid(name, rows, merged) for name, rows, merged in sheets_of(archive, data)]


def _of_text(data: bytes, known: Collection[str]) -> Grid:
    text, note = decoded(data)
    rows = []
    for number, row in rows_of(text, known):
        if any(not is_blank(each) for each in row):
            rows.append((number, row))
        if len(rows) > limits.ROWS + 1:
            raise Refusal(f"The file has more than {limits.ROWS:,} rows. Send it in smaller parts.")
    return _grid("", rows, (), (note,) if note else ())


def _grid(
    name: str, rows: Sequence[tuple[int, list[Cell]]], merged: Sequence[str], notes: Iterable[str] = ()
) -> Grid:
    """The first row that holds something is the headings; a fault for each that stands twice or is none."""
    if not rows:
        return Grid(name, (), ())
    headings = [_heading(cell) for cell in rows[0][1]]
    faults = [*_twice(headings), *_merges(merged), *_too_wide(headings)]
    lines = [_line(number, headings, row, faults) for number, row in rows[1:]]
    return Grid(name, tuple(each for each in headings if each), tuple(lines), tuple(faults), tuple(notes))


def _heading(cell: Cell) -> str:
    return " ".join(str(cell).split()) if isinstance(cell, str) else ""


def _twice(headings: Sequence[str]) -> list[str]:
    same = [same_heading(each) for each in headings if each]
    doubled = dict.fromkeys(each for each in headings if each and same.count(same_heading(each)) > 1)
    return [f"The heading “{each}” stands twice. Take one of the two columns out." for each in doubled]


def _merges(merged: Sequence[str]) -> list[str]:
    if not merged:
        return []
    where = ", ".join(merged)
    return [f"Some cells are merged ({where}), so we cannot tell which row they are for. Unmerge them."]


def _too_wide(headings: Sequence[str]) -> list[str]:
    if len(headings) < limits.COLUMNS or not headings[limits.COLUMNS - 1]:
        return []
    return [f"The sheet has {limits.COLUMNS} columns or more. Take out those that are not ours."]


def _line(number: int, headings: Sequence[str], row: Sequence[Cell], faults: list[str]) -> Line:
    beyond = [cell for cell in row[len(headings) :] if not is_blank(cell)]
    bare = [cell for cell, heading in zip(row, headings, strict=False) if not heading and not is_blank(cell)]
    if beyond or bare:
        faults.append(f"Row {number} has something in a column without a heading. Take it out, or name it.")
    if any(isinstance(cell, str) and len(cell) > limits.CELL for cell in row):
        faults.append(f"Row {number} has a cell of more than {limits.CELL:,} signs. Shorten it.")
    pairs = zip(headings, row, strict=False)
    return Line(number, {same_heading(heading): _tidy(cell) for heading, cell in pairs if heading})


def _tidy(cell: Cell) -> Cell:
    """Line ends as one sign, whatever wrote them."""
    return cell.replace("\r\n", "\n").replace("\r", "\n") if isinstance(cell, str) else cell
