"""Sheets as files: a workbook that opens as it should look, and CSV. Nothing in them is ever run."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from offer.sheets import limits
from offer.sheets.columns import Column, Sheet
from offer.sheets.csv_in import shielded, unshielded
from offer.sheets.grid import Cell
from offer.tables import csv_lines

READ_ME = "Read me"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEAD, _ONLY_READ = PatternFill("solid", fgColor="DDE8F3"), PatternFill("solid", fgColor="EEEEEE")
_TOP = Alignment(vertical="top", wrap_text=True)
_LONGEST_LIST = 250  # signs of a list of choices; Excel's own limit is 255


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet with its rows."""

    sheet: Sheet
    rows: Sequence[Sequence[Cell]]


def csv_of(filled: Filled) -> bytes:
    """The sheet as CSV in UTF-8 with a byte order mark, which Excel asks for."""
    headings = [column.heading for column in filled.sheet.columns]
    return csv_lines([headings, *([_text(cell) for cell in row] for row in filled.rows)])


def _text(cell: Cell) -> str:
    match cell:
        case str():
            return shielded(cell)
        case date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}"
    return ""


def workbook_of(sheets: Sequence[Filled], read_me: Iterable[str]) -> bytes:
    """The sheets as one workbook, with a first one that says what each column is for."""
    book = Workbook(write_only=True)
    _explain(book, sheets, read_me)
    for filled in sheets:
        _fill(book, filled)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _explain(book: Any, sheets: Sequence[Filled], read_me: Iterable[str]) -> None:
    sheet = book.create_sheet(READ_ME)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
    for words in read_me:
        sheet.append([_cell(sheet, words)])
    for filled in sheets:
        sheet.append([])
        sheet.append([_cell(sheet, filled.sheet.name, bold=True)])
        for column in filled.sheet.columns:
            sheet.append([_cell(sheet, column.heading), _cell(sheet, column.about)])


def _fill(book: Any, filled: Filled) -> None:
    sheet = book.create_sheet(filled.sheet.name)
    sheet.freeze_panes = "C2"
    for number, column in enumerate(filled.sheet.columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.hidden = column.width, column.hidden
    for validation in _choices(filled.sheet.columns):
        sheet.data_validations.append(validation)
    sheet.append([_cell(sheet, column.heading, bold=True) for column in filled.sheet.columns])
    for row in filled.rows:
        pairs = zip(row, filled.sheet.columns, strict=True)
        sheet.append([_cell(sheet, cell, only_read=column.only_read) for cell, column in pairs])


def _choices(columns: Sequence[Column]) -> Iterator[DataValidation]:
    """A list to choose from in each column that takes one of some words."""
    for number, column in enumerate(columns, 1):
        words = ",".join(column.codec.options)
        if not words or column.only_read or len(words) > _LONGEST_LIST:
            continue
        letter = get_column_letter(number)
        validation = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        validation.add(f"{letter}2:{letter}{limits.ROWS + 1}")
        yield validation


def _cell(sheet: Any, value: Cell, *, bold: bool = False, only_read: bool = False) -> Any:
    """A cell of text stays text whatever it begins with: the spreadsheet's own mark for that is on it."""
    shown = f"'{value}" if isinstance(value, str) and unshielded(value) != value else value
    cell = WriteOnlyCell(sheet, shown)
    cell.alignment = _TOP
    if isinstance(shown, str):
        cell.data_type = "s"
        cell.quotePrefix = shown.startswith(_FORMULA)
    if isinstance(shown, date):
        cell.number_format = "d mmmm yyyy"
    if bold:
        cell.font, cell.fill = Font(bold=True), _HEAD
    elif only_read:
        cell.fill = _ONLY_READ
    return cell
