"""Files that are sent to do harm, or that a spreadsheet spoiled: refused in plain words, or read right."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from offer.sheets import limits
from offer.sheets.csv_in import shielded, unshielded
from offer.sheets.grid import Cell, Grid, Refusal, Serial, Unreadable
from offer.sheets.out import csv_of, workbook_of
from offer.sheets.trial import KNOWN
from offer.sheets.upload import grids, is_yaml_zip
from tests.offer.sheets.making import filled, starter


def workbook(*rows: list[Any], change: Callable[[Any], None] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The workbook with parts of it put in another's place, or added."""
    held = io.BytesIO()
    names = {name.replace("__", "/").replace("_DOT_", "."): body for name, body in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, names.pop(name) if name in names else old.read(name))
        for name, body in names.items():
            new.writestr(name, body)
    return held.getvalue()


def only(data: bytes) -> Grid:
    (grid,) = grids(data, KNOWN)
    return grid


def cell(value: object, change: Callable[[Any], None] | None = None) -> Cell:
    """A value of a workbook, as we read it."""
    return only(workbook(["Entry id", "Title"], ["a", value], change=change)).lines[0].cells["title"]


SHEET = "xl__worksheets__sheet1_DOT_xml"
PLAIN = workbook(["Entry id", "Title"], ["a", "b"])
BOMB = zipfile.ZIP_DEFLATED


def bomb(size: int, parts: int = 1) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", BOMB) as made:
        made.writestr("xl/workbook.xml", "<x/>")
        for n in range(parts):
            made.writestr(f"xl/worksheets/sheet{n}.xml", b"0" * size)
    return held.getvalue()


def lying(data: bytes) -> bytes:
    """A zip whose list of contents says that its parts are small."""
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 24 : at + 28] = struct.pack("<I", 10)
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
OUTSIDE = LAUGHS.replace(
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">', b'<!ENTITY b SYSTEM "file:///etc/passwd">'
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"  \r\n ", "The file is empty"),
        (b"x" * (limits.UPLOAD + 1), "larger than 5 MB"),
        (bomb(limits.UNPACKED_PART + 1), "unpacks to far more"),
        (bomb(9_000_000, 4), "unpacks to far more"),
        (bomb(2_000_000), "unpacks to far more"),
        (lying(PLAIN), "damaged"),
        (PLAIN[:-40], "damaged"),
        (PLAIN[: len(PLAIN) // 2], "damaged"),
        (b"PK\x03\x04 nothing else", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file"),
        (b"%PDF-1.7 ...", "no spreadsheet"),
        (repacked(PLAIN, xl__vbaProject_DOT_bin=b"macro"), "has macros"),
        (repacked(PLAIN, **{SHEET: LAUGHS}), "damaged"),
        (repacked(PLAIN, **{SHEET: OUTSIDE}), "damaged"),
        (repacked(PLAIN, **{SHEET: b"<not xml"}), "damaged"),
        (repacked(PLAIN, xl__styles_DOT_xml=b"<styleSheet>"), "damaged"),
        (b"Entry id,Title\na,\"b\nc,d", "quotation marks near line 2"),
        (b"Entry id,Title\na,b\x00c", "NUL"),
        ("Entry id,Title\na,b\x00c".encode("utf-16"), "NUL"),
        ("Entry id,Title\na,b".encode("utf-16-le"), "NUL bytes"),
        (b"\xff\xfeE", "cannot be read"),
        (b"Entry id,Title\na,\x81\x8d", "cannot be read"),
        (b"Entry id,Title\na," + b"x" * 200_000, "far too long"),
        (b"Entry id\n" + b"a\n" * (limits.ROWS + 1), "more than 5,000 rows"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        grids(data, KNOWN)


def test_a_workbook_that_takes_macros_is_refused_though_it_has_none() -> None:
    types = zipfile.ZipFile(io.BytesIO(PLAIN)).read("[Content_Types].xml")
    macro = types.replace(b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml")
    with pytest.raises(Refusal, match="macros"):
        grids(repacked(PLAIN, **{"[Content_Types]_DOT_xml": macro}), KNOWN)


def test_a_locked_zip_and_one_with_two_parts_of_a_name_are_refused() -> None:
    locked = bytearray(PLAIN)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(mark) + at] |= 1
    with pytest.raises(Refusal, match="password"):
        grids(bytes(locked), KNOWN)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made, pytest.warns(UserWarning):
        made.writestr("xl/workbook.xml", "a")
        made.writestr("xl/workbook.xml", "b")
    with pytest.raises(Refusal, match="twice"):
        is_yaml_zip(held.getvalue())


def test_a_million_rows_are_refused_and_a_cell_far_down_is_not_waited_for() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, limits.ROWS + 3))
    head, _, tail = (
        zipfile.ZipFile(io.BytesIO(PLAIN)).read("xl/worksheets/sheet1.xml").partition(b"<sheetData>")
    )
    with pytest.raises(Refusal, match="more than 5,000 rows"):
        grids(repacked(PLAIN, **{SHEET: head + b"<sheetData>" + rows + b"</sheetData></worksheet>"}), KNOWN)
    far = b'<row r="1048576"><c r="A1048576" t="str"><v>last</v></c></row></sheetData>'
    grid = only(repacked(PLAIN, **{SHEET: head + b"<sheetData>" + tail.replace(b"</sheetData>", far)}))
    assert [line.number for line in grid.lines] == [2, 1_048_576]


def test_formulas_are_never_worked_out_nor_read() -> None:
    for formula in (
        "=1+1",
        '=HYPERLINK("http://evil.example")',
        "='[other.xlsx]Sheet1'!A1",
        "=cmd|'/c calc'!A0",
    ):
        found = cell(formula)
        assert isinstance(found, Unreadable) and "formula" in found.words
    assert isinstance(cell("#N/A", lambda book: setattr(book.active["B2"], "data_type", "e")), Unreadable)


DANGEROUS = ("=1+1", "+44 1522", "-5", "@SUM(A1)", "\t=1", "'=1", "''", " =1", "'", "it's", "\r=1")


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_looks_like_a_formula_is_text_going_out_and_the_same_text_coming_in(text: str) -> None:
    assert unshielded(shielded(text)) == text
    assert not shielded(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_workbook_of_ours_holds_no_formula_whatever_the_documents_say() -> None:
    (held, *_) = [each for each in starter().values() if each.kind == "entitlement"]
    document = held.document.model_copy(
        update={"title": "=1+1", "bring": ["@SUM(A1)", "+1"], "ask": "-5\x0b\\n"}
    )
    sheet = filled("entitlement", [type(held)(held.kind, held.slug, 1, document)])
    data = workbook_of([sheet], ["=1+1"])
    for name in zipfile.ZipFile(io.BytesIO(data)).namelist():
        assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read(name), name
    book = load_workbook(io.BytesIO(data))
    assert book["Entries"]["B2"].value == "=1+1" and book["Entries"]["B2"].quotePrefix
    assert b"'=1+1" in csv_of(sheet) and b"'@SUM" in csv_of(sheet)


def test_letters_of_every_kind_are_read_right_or_told() -> None:
    text = "Entry id,Title\r\na,£5 – “yes”\r\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        grid = only(text.encode(encoding))
        assert grid.lines[0].cells["title"] == "£5 – “yes”" and not grid.notes, encoding
    windows = only(text.encode("cp1252"))
    assert windows.lines[0].cells["title"] == "£5 – “yes”" and "Windows" in windows.notes[0]


@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_whatever_divides_the_cells(divider: str) -> None:
    text = (
        divider.join(["Entry id", "Title", "Summary"]) + "\n" + divider.join(["a", '"b,c;d\te"', "f"]) + "\n"
    )
    grid = only(text.encode())
    assert dict(grid.lines[0].cells) == {"entry id": "a", "title": "b,c;d\te", "summary": "f"}
    assert only(b"sep=;\n" + text.replace(divider, ";").encode()).lines[0].cells["entry id"] == "a"


def test_what_a_spreadsheet_makes_of_values() -> None:
    assert cell(25) == Decimal(25) and cell(34.6) == Decimal("34.6") and cell("£3,000") == "£3,000"
    assert cell(True) is True
    assert cell(date(2027, 4, 1)) == date(2027, 4, 1)
    at_half_past = datetime.fromisoformat("2027-04-01T09:30")
    assert isinstance(cell(at_half_past), Unreadable) and isinstance(cell(time(9)), Unreadable)
    assert cell(1, lambda book: setattr(book.active["B2"], "number_format", "0%")) == "100%"
    assert cell(46113) == Serial(Decimal(46113), date(2026, 4, 1))
    assert cell(25, lambda book: setattr(book.active["B2"], "number_format", "dd/mm/yyyy")) == Decimal(25)


def test_workbooks_that_count_from_1904() -> None:
    def macintosh(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    assert cell(date(2027, 4, 1), macintosh) == date(2027, 4, 1)
    assert cell(44651, macintosh) == Serial(Decimal(44651), date(2026, 4, 1))


def test_merged_cells_double_headings_and_cells_without_one_are_told() -> None:
    merged = only(
        workbook(["Entry id", "Title"], ["a", "b"], change=lambda book: book.active.merge_cells("A2:B3"))
    )
    assert "merged (A2:B3)" in merged.faults[0]
    double = only(b"Entry id,Title,title\na,b,c\n")
    assert "“Title” stands twice" in double.faults[0]
    bare = only(b"Entry id,Title,\na,b,c\nd,e,f,g\n")
    assert "Row 2" in bare.faults[0] and "Row 3" in bare.faults[1]


def test_rows_with_several_lines_are_counted_as_a_spreadsheet_counts_them() -> None:
    grid = only(b'Entry id,Steps\r\n"a","one\r\ntwo"\r\n\r\nb,three\r\n')
    assert [(line.number, line.cells["steps"]) for line in grid.lines] == [(2, "one\ntwo"), (4, "three")]
