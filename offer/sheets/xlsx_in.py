"""A spreadsheet (Office Open XML) as grids: values only, nothing worked out, run or fetched.

openpyxl reads with defusedxml, so an XML that declares entities is refused. Its read-only form touches
neither pictures nor links to other files, and hands over a row at a time.
"""

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.utils.datetime import from_excel, to_excel

from offer.sheets import limits
from offer.sheets.csv_in import unshielded
from offer.sheets.grid import Cell, Refusal, Serial, Unreadable
from offer.sheets.zip_in import unpacked

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell[^>]*\sref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_RECENT = (Decimal(36_526), Decimal(73_415))  # as days since 1900: the years 2000 to 2100
BROKEN = "This spreadsheet cannot be read: a part of it is damaged. Save it again as .xlsx and send it again."
MACROS = "This workbook has macros in it. Save it as a plain “Excel workbook (.xlsx)” and send that."
FORMULA = "This cell holds a formula. We never work one out: copy the cell and paste it back as a value."
MISTAKE = "This cell shows an error of the spreadsheet. Write the value."
CLOCK = "Your spreadsheet made a time of day of this cell. Format the cell as text, then write it again."


def sheets_of(archive: ZipFile, data: bytes) -> Iterator[tuple[str, list[tuple[int, list[Cell]]], list[str]]]:
    """Each sheet: its name, its rows with their numbers, and the ranges of merged cells in it.

    Raises `Refusal` for macros, for a damaged workbook and for one that is too long.
    """
    names = set(archive.namelist())
    if any(name.lower().endswith("vbaproject.bin") for name in names) or _says_macros(archive, names):
        raise Refusal(MACROS)
    merged = [each for name in sorted(names) if _SHEET.fullmatch(name) for each in _merged(archive, name)]
    try:
        yield from _sheets(data, merged)
    except Refusal:
        raise
    except Exception as fault:  # openpyxl raises whatever a hostile part makes of it
        raise Refusal(BROKEN) from fault


def _says_macros(archive: ZipFile, names: set[str]) -> bool:
    types = "[Content_Types].xml"
    return types in names and b"macroEnabled" in unpacked(archive, types)


def _merged(archive: ZipFile, name: str) -> list[str]:
    return [each.decode() for each in _MERGED.findall(unpacked(archive, name))[:20]]


def _sheets(data: bytes, merged: list[str]) -> Iterator[tuple[str, list[tuple[int, list[Cell]]], list[str]]]:
    if not DEFUSEDXML:
        raise Refusal("This service lacks defusedxml, without which it opens no spreadsheet. Send CSV.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out, which we do not want
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            if len(book.worksheets) > limits.SHEETS:
                raise Refusal(f"The workbook has {len(book.worksheets)} sheets, at most {limits.SHEETS}.")
            for sheet in book.worksheets:
                yield str(sheet.title), list(_rows(sheet, book.epoch)), merged
        finally:
            book.close()


def _rows(sheet: Any, epoch: datetime) -> Iterator[tuple[int, list[Cell]]]:
    """The rows that hold something."""
    sheet.reset_dimensions()  # what a sheet says of its own size may be untrue
    kept = 0
    for number, row in enumerate(sheet.iter_rows(max_col=limits.COLUMNS), 1):
        if not any(cell.value is not None for cell in row):
            continue
        kept += 1
        if kept > limits.ROWS + 1:
            raise Refusal(f"“{sheet.title}” has more than {limits.ROWS:,} rows. Send it in smaller parts.")
        yield number, [_cell(cell, epoch) for cell in row]


def _cell(cell: Any, epoch: datetime) -> Cell:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return Unreadable(FORMULA)
    if cell.data_type == "e":
        return Unreadable(MISTAKE)
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return unshielded(value)
    if isinstance(value, (datetime, date)):
        return _day(value, epoch)
    if isinstance(value, (time, timedelta)):
        return Unreadable(CLOCK)
    return _number(Decimal(repr(value)), str(cell.number_format), epoch)


def _day(value: date, epoch: datetime) -> Cell:
    """A day; a small number that only looks like one, since its cell is formatted so, is that number."""
    if isinstance(value, datetime) and value.time() != time():
        return Unreadable(CLOCK)
    day = value.date() if isinstance(value, datetime) else value
    if day.year < 1910:
        return Decimal(str(to_excel(datetime.combine(day, time()), epoch)))
    return day


def _number(number: Decimal, format_: str, epoch: datetime) -> Cell:
    if not number.is_finite():
        return Unreadable(MISTAKE)
    if "%" in format_:
        return f"{number * 100:f}%"
    if number == number.to_integral_value() and _RECENT[0] <= number <= _RECENT[1]:
        return Serial(number, from_excel(int(number), epoch).date())
    return number
