"""A table as CSV (RFC 4180), with its companion that describes it (CSV on the Web).

Two decisions. The file begins with a byte order mark: without one Excel, which is what
council staff open it with, shows "£" and "–" as rubbish. And a text that a spreadsheet
would run as a formula gets an apostrophe in front.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from offer.licence import LICENCE

Row = TypeVar("Row")
_FORMULA = ("=", "+", "-", "@")
_TYPES = {"date": "date", "integer": "integer", "boolean": "boolean", "text": "string"}


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name, what is in it, and how to read it from a row. None is an empty cell."""

    name: str
    about: str
    value: Callable[[Row], object]
    type: str = "text"


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A table by the name in its address. `rows` has one object for each line."""

    name: str
    title: str
    columns: tuple[Column[Row], ...]
    rows: Sequence[Row]


def to_csv(table: Table[Any]) -> bytes:
    """The table, the column names first."""
    names = [column.name for column in table.columns]
    return csv_bytes([names, *([column.value(row) for column in table.columns] for row in table.rows)])


def csv_bytes(lines: Iterable[Iterable[object]]) -> bytes:
    """Lines of values in UTF-8 with a byte order mark, each ended by CR LF."""
    return csv_lines([cell(value) for value in line] for line in lines)


def csv_lines(lines: Iterable[Iterable[str]]) -> bytes:
    """The same of cells that are safe as they stand."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)  # its dialect "excel" is RFC 4180
    return text.getvalue().encode("utf-8-sig")


def cell(value: object) -> str:
    """A value as a cell: lists joined by " | ", yes and no, ISO dates, and nothing a spreadsheet runs."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (date, int, float)):
        return str(value)
    if not isinstance(value, str):
        assert isinstance(value, Iterable)
        value = " | ".join(str(each) for each in value)
    text = value.replace("\r\n", "\n").replace("\x00", "")
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r")) else text


def described(table: Table[Any], address: str, modified: date | None) -> dict[str, Any]:
    """The companion: licence, date, and what each column holds (W3C Metadata Vocabulary for Tabular Data)."""
    about: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": address,
        "dc:title": table.title,
        "dc:license": {"@id": LICENCE},
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": [_column(column) for column in table.columns]},
    }
    return about | (
        {"dc:modified": {"@value": modified.isoformat(), "@type": "xsd:date"}} if modified else {}
    )


def _column(column: Column[Any]) -> dict[str, Any]:
    datatype: object = _TYPES[column.type]
    if column.type == "boolean":
        datatype = {"base": "boolean", "format": "yes|no"}
    return {"name": column.name, "titles": column.name, "dc:description": column.about, "datatype": datatype}
