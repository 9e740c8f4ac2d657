"""Rows of documents: out of what we hold, and what a row that came back makes of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from offer.catalogue.documents import Body, body_of
from offer.sheets import limits
from offer.sheets.codecs import YAML, CellFault, Names, read_cell
from offer.sheets.columns import REVISION, Column, Path, Sheet
from offer.sheets.grid import Cell, Line, is_blank, same_heading

KEPT = "Too long for a cell: it stays as it is. Change it on its own page."
RuleWords = Callable[[Mapping[str, Any]], list[str]]


@dataclass(frozen=True, slots=True)
class Held:
    """A document in one revision of it."""

    kind: str
    slug: str
    number: int
    document: BaseModel


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row: the heading of the column, or "", and what to write."""

    column: str
    words: str


def row_of(held: Held, sheet: Sheet, names: Names, rule_words: RuleWords) -> list[Cell]:
    """One document as its cells."""
    whole, body = held.document.model_dump(mode="json"), body_of(held.document)
    return [_cell(held, column, whole, body, names, rule_words) for column in sheet.columns]


def _cell(held: Held, column: Column, whole: Body, body: Body, names: Names, rule_words: RuleWords) -> Cell:
    if column.heading == REVISION:
        return str(held.number)
    if not column.path:
        return "\n".join(rule_words(body.get("rule", {})))[: limits.CELL]
    value = _at(body if column.codec is YAML else whole, column.path)
    if value in (None, [], {}):
        return None
    cell = column.codec.write(value, names)
    return KEPT if isinstance(cell, str) and len(cell) > limits.CELL - 100 else cell


def _at(body: Any, path: Path) -> Any:
    for step in path:
        body = body.get(step) if isinstance(body, dict) else None
    return body


def claimed(line: Line) -> int:
    """The revision that a row says it was made of; 0 for none."""
    cell = line.cells.get(same_heading(REVISION))
    text = str(cell or "").strip().removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def slug_in(line: Line, sheet: Sheet) -> str:
    """The id that stands in a row, "" for none."""
    cell = line.cells.get(same_heading(sheet.columns[0].heading))
    return cell.strip() if isinstance(cell, str) else ""


def with_row(base: Held | None, line: Line, sheet: Sheet, names: Names) -> tuple[Body, list[Fault]]:
    """The document that a row makes of `base` (None: of nothing), and its cells that cannot be taken.

    A column that the sheet lacks leaves its field as it is.
    """
    body: Body = base.document.model_dump(mode="json") if base else {}
    faults = []
    for column, cell in _given(line, sheet):
        try:
            _put(body, column.path, read_cell(column.codec, cell, names))
        except CellFault as fault:
            faults.append(Fault(column.heading, str(fault)))
    return body, faults


def _given(line: Line, sheet: Sheet) -> Iterator[tuple[Column, Cell]]:
    for column in sheet.columns:
        heading = same_heading(column.heading)
        if column.only_read or heading not in line.cells or line.cells[heading] == KEPT:
            continue
        yield column, line.cells[heading]


def _put(body: Body, path: Path, value: Any) -> None:
    """Sets or, with None, empties what stands at a path; a group with nothing left in it goes too."""
    *above, last = path
    inside = body
    for step in above:
        if not isinstance(inside.get(step), dict):
            inside[step] = {}
        inside = inside[step]
    if value is None:
        inside.pop(last, None)
    else:
        inside[last] = value
    if above and not any(each not in (None, [], {}) for each in inside.values()):
        body.pop(above[0], None)


def only_read_changed(
    base: Held, line: Line, sheet: Sheet, names: Names, rule_words: RuleWords
) -> Sequence[str]:
    """The headings of columns that are only for reading, and that somebody wrote into."""
    body = body_of(base.document)
    shown = [each for each in sheet.columns if each.only_read and each.heading != REVISION]
    return [
        each.heading for each in shown if _differs(line, each, _cell(base, each, {}, body, names, rule_words))
    ]


def _differs(line: Line, column: Column, cell: Cell) -> bool:
    given = line.cells.get(same_heading(column.heading))
    return not is_blank(given) and str(given).split() != str(cell or "").split()
