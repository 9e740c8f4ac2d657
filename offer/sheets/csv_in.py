"""A text file of cells: which letters it is written in, what divides its cells, and what they hold."""

import csv
import io
from collections.abc import Collection, Iterator

from offer.sheets import limits
from offer.sheets.grid import Cell, Refusal, same_heading

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DIVIDERS = (",", ";", "\t")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
AS_WINDOWS = (
    "The file is not in UTF-8, so we read it as Windows letters. Look at the £ signs, dashes and accents"
    " below: where one is wrong, save the file as “CSV UTF-8” and send it again."
)


def decoded(data: bytes) -> tuple[str, str]:
    """The text, and a note on how it was read or "". Raises `Refusal` where no way fits."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as(data, encoding), ""
    if b"\x00" in data:
        raise Refusal("There are NUL bytes in the file, so it is no plain text. Save it as “CSV UTF-8”.")
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _as(data, "cp1252"), AS_WINDOWS


def _as(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        words = f"The letters in the file cannot be read ({encoding.removesuffix('-sig')}). "
        raise Refusal(f"{words}Save it as “CSV UTF-8” and send it again.") from fault
    if "\x00" in text:
        raise Refusal("There are NUL signs in the file. Take them out, or save it again as “CSV UTF-8”.")
    return text


def rows_of(text: str, known: Collection[str]) -> Iterator[tuple[int, list[Cell]]]:
    """Each row with its number from 1, as a spreadsheet counts it: a cell of many lines is in one row.

    `known`: headings that tell what divides the cells.
    """
    start = 0
    if text[:4].lower() == "sep=" and text[4:5] in _DIVIDERS:  # a line of Excel's own
        divider, text, start = text[4], text.partition("\n")[2], 1
    else:
        divider = max(_DIVIDERS, key=lambda each: _headings(text, each, known))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    before = 0
    try:
        for number, row in enumerate(reader, 1 + start):
            yield number, [unshielded(each) for each in row]
            before = reader.line_num
    except csv.Error as fault:
        raise Refusal(_broken(fault, before + 1 + start)) from fault


def _broken(fault: csv.Error, line: int) -> str:
    if "field limit" in str(fault):
        return f"A cell near line {line} is far too long. At most {limits.CELL:,} signs fit into one."
    return f"The quotation marks near line {line} do not close. Mend them, or save the file again as CSV."


def _headings(text: str, divider: str, known: Collection[str]) -> int:
    """How many headings we know there are in the first row, were this what divides cells."""
    try:
        first = next(csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=divider), [])
    except csv.Error:
        return 0
    return sum(same_heading(each) in known for each in first)


def shielded(text: str) -> str:
    """A text as a CSV cell that no spreadsheet runs: an apostrophe before what looks like a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) or text.startswith(" ") else text


def unshielded(text: str) -> str:
    """The text of a cell without the apostrophe that `shielded` put before it."""
    inner = text[1:]
    is_shield = text.startswith("'") and (inner.lstrip(" ").startswith(_FORMULA) or inner.startswith(" "))
    return inner if is_shield else text
