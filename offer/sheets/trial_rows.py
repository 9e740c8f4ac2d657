"""The dry run of the sheet of amounts and terms: one row of it is one figure, or one place's rule."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from offer.catalogue.documents import ENTITLEMENT, Body
from offer.eligibility.wording import said_day
from offer.entitlements.schema import Amount, Entitlement, ParameterRow
from offer.sheets.codecs import CellFault, read_cell
from offer.sheets.columns import REVISION, Column
from offer.sheets.documents import Fault, Held, claimed
from offer.sheets.grid import Grid, Line, is_blank, same_heading
from offer.sheets.parameters import (
    ENTRY,
    FIELDS,
    NEW_FROM,
    PARAMETERS,
    REMOVE,
    ROW_ID,
    WHAT,
    WHATS,
    What,
    listed,
)  # fmt: skip
from offer.sheets.report import UNKNOWN_VERSION, Desk, Key, RowReport, not_yours, stale
from offer.sheets.row_edits import Edit, edited_entry
from offer.sheets.trial import Draft
from offer.staff.differences import differences
from offer.staff.roles import scope_of

MODELS: Mapping[What, type[BaseModel]] = {"amount": Amount, "terms": ParameterRow}
NEVER_COPIED = "since"  # the source's words for when a row began say nothing of the one after it


class RowFault(ValueError):  # noqa: N818 - one word for it everywhere
    """A row that cannot be taken."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(words)
        self.fault = Fault(column, words)


def tried_rows(grid: Grid, desk: Desk, drafts: Mapping[Key, Draft]) -> tuple[list[RowReport], list[Draft]]:
    """Each row, and each entry as its rows make it. `drafts`: what other sheets made of entries."""
    reports: list[RowReport] = []
    edits: dict[str, list[tuple[int, Edit]]] = defaultdict(list)
    met: dict[str, int] = {}
    for line in grid.lines:
        if all(is_blank(cell) for cell in line.cells.values()):
            continue
        report, slug, edit = _row(grid, line, desk, drafts, met)
        reports.append(report)
        if edit:
            edits[slug].append((line.number, edit))
    broken: dict[int, list[Fault]] = defaultdict(list)
    made = [edited_entry(slug, each, desk, drafts, broken) for slug, each in edits.items()]
    return [_broken(each, broken[each.number]) for each in reports], [each for each in made if each]


def _broken(report: RowReport, faults: list[Fault]) -> RowReport:
    if not faults:
        return report
    return RowReport(report.sheet, report.number, report.name, "fault", faults=tuple(faults))


def _row(
    grid: Grid, line: Line, desk: Desk, drafts: Mapping[Key, Draft], met: dict[str, int]
) -> tuple[RowReport, str, Edit | None]:
    name = str(line.cells.get(same_heading(ENTRY)) or "")
    try:
        given = _typed(line, ROW_ID)
        if given and given in met:
            raise RowFault("", f"Row {met[given]} is the same row. Take one of the two out.")
        met[given] = line.number
        slug, what, at = _named(line, desk, drafts)
        held = desk.with_rows((ENTITLEMENT, slug))
        name = _name(slug, what, line, desk, held)
        if held is None or at is None:
            report, edit = _added(grid, line, name, what, desk)
        else:
            report, edit = _edited(grid, line, name, what, at, held, desk)
        _refuse_others_rows(slug, edit, held, desk)
    except RowFault as fault:
        return RowReport(grid.name, line.number, name, "fault", faults=(fault.fault,)), "", None
    return report, slug, edit


def _typed(line: Line, heading: str) -> str:
    cell = line.cells.get(same_heading(heading))
    return cell.strip() if isinstance(cell, str) else ""


def _named(line: Line, desk: Desk, drafts: Mapping[Key, Draft]) -> tuple[str, What, int | None]:
    """The entry of a row, which sort of row it is, and which of them; None for a new row."""
    given = _typed(line, ROW_ID)
    slug, _, rest = given.partition(" ")
    what, _, at = rest.partition(" ")
    if given and (what not in WHATS or not (at.isascii() and at.isdigit())):
        raise RowFault(ROW_ID, "This is no row we know. In a new row leave the cell blank.")
    if not given:
        slug, what = _entry_named(_typed(line, ENTRY), desk, drafts), _what(_typed(line, WHAT))
    key = (ENTITLEMENT, slug)
    if key in desk.elsewhere and key not in desk.shared:
        raise RowFault(ENTRY, not_yours(desk.elsewhere[key]))
    if desk.with_rows(key) is None and key not in drafts:
        raise RowFault(ENTRY, f"We have no entry “{slug}”. Write its title or its id.")
    return slug, cast(What, what), int(at) if at else None


def _entry_named(text: str, desk: Desk, drafts: Mapping[Key, Draft]) -> str:
    documents: list[Held | Draft] = [*desk.held.values(), *desk.shared.values(), *drafts.values()]
    every = [each.document for each in documents]
    entries = [each for each in every if isinstance(each, Entitlement)]
    fits = {each.id for each in entries if text.casefold() in (each.id, each.title.casefold())}
    if len(fits) > 1:
        raise RowFault(ENTRY, f"Several entries are called “{text}”. Write the id of one: {', '.join(fits)}.")
    return fits.pop() if fits else text


def _what(text: str) -> What:
    found: What | None = next(
        (each for each, words in WHATS.items() if words.casefold() == text.casefold()), None
    )
    if found is None:
        raise RowFault(WHAT, f"Write what the row is: {' or '.join(WHATS.values())}.")
    return found


def _name(slug: str, what: What, line: Line, desk: Desk, held: Held | None) -> str:
    title = str(getattr(held.document, "title", slug)) if held else slug
    place = _typed(line, "Place") if what == "terms" else ""
    return f"{title}: {place}" if place else title


def _values(line: Line, what: What, before: Body, desk: Desk) -> Body:
    """The row's values over those it had. A cell that its sort of row has no place for is a fault."""
    values = dict(before)
    for column in PARAMETERS.columns:
        heading = same_heading(column.heading)
        if not column.path or heading not in line.cells or column.heading in (NEW_FROM, REMOVE):
            continue
        field, cell = column.path[0], line.cells[heading]
        if field not in FIELDS[what]:
            _refuse_stray(column, cell, what)
            continue
        value = _read(column, line, desk)
        if value is None:
            values.pop(field, None)
        else:
            values[field] = value
    return values


def _refuse_stray(column: Column, cell: object, what: What) -> None:
    if column.heading != "Place" and cell is not None and str(cell).strip():
        raise RowFault(column.heading, f"A row “{WHATS[what]}” has no such value. Empty the cell.")


def _read(column: Column, line: Line, desk: Desk) -> Any:
    try:
        return read_cell(column.codec, line.cells.get(same_heading(column.heading)), desk.names)
    except CellFault as fault:
        raise RowFault(column.heading, str(fault)) from fault


def _column(heading: str) -> Column:
    return PARAMETERS.by_heading[same_heading(heading)]


def _whole(what: What, values: Body) -> Body:
    """The values with every default, or a fault with its column."""
    try:
        return MODELS[what].model_validate(values).model_dump(mode="json")
    except ValidationError as fault:
        first = fault.errors()[0]
        field = str(first["loc"][0]) if first["loc"] else ""
        column = next((each.heading for each in PARAMETERS.columns if each.path == (field,)), "")
        words = "It is missing." if first["type"] == "missing" else f"{first['msg']}."
        raise RowFault(column, words.removeprefix("Value error, ")) from fault


def _added(grid: Grid, line: Line, name: str, what: What, desk: Desk) -> tuple[RowReport, Edit | None]:
    values = _values(line, what, {}, desk)
    begins = _read(_column(NEW_FROM), line, desk)
    if begins and not values.get("start"):
        values["start"] = begins
    whole = _whole(what, values)
    said = differences({}, {k: v for k, v in whole.items() if v not in (None, [])}, desk.rule_words)
    return RowReport(grid.name, line.number, name, "new", said), Edit(what, None, (whole,))


def _edited(
    grid: Grid, line: Line, name: str, what: What, at: int, held: Held, desk: Desk
) -> tuple[RowReport, Edit | None]:
    base = desk.base(held, claimed(line))
    if base is None:
        raise RowFault(REVISION, UNKNOWN_VERSION)
    rows = listed(base.document.model_dump(mode="json"), what)
    if at >= len(rows):
        raise RowFault(ROW_ID, UNKNOWN_VERSION)
    before = rows[at]
    after = _whole(what, _values(line, what, before, desk))
    goes = bool(_read(_column(REMOVE), line, desk))
    if after == before and not goes:
        return RowReport(grid.name, line.number, name, "same"), None
    at = _where_now(before, at, what, base, held)
    if goes:
        gone = RowReport(grid.name, line.number, name, "changed", notes=("The row goes.",))
        return gone, Edit(what, at, (), (before,))
    return _replaced(grid, line, name, Edit(what, at, (before, after)), desk)


def _where_now(before: Body, at: int, what: What, base: Held, held: Held) -> int:
    """Where the row stands in the newest version. A fault where somebody changed that row since."""
    if base.number == held.number:
        return at
    same = [n for n, row in enumerate(listed(held.document.model_dump(mode="json"), what)) if row == before]
    if len(same) != 1:
        raise RowFault("", stale(base, held, ""))
    return same[0]


def _refuse_others_rows(slug: str, edit: Edit | None, held: Held | None, desk: Desk) -> None:
    """In a national entry a council changes the rows of its own districts, and nothing else."""
    if edit is None or (ENTITLEMENT, slug) not in desk.shared:
        return
    areas = {str(row.get("area", "")) for row in (*edit.rows, *edit.before)}
    if edit.what != "terms" or any(scope_of(area) != desk.scope for area in areas):
        raise RowFault("Place", "In a national entry you change the rows of your own districts only.")


def _replaced(grid: Grid, line: Line, name: str, edit: Edit, desk: Desk) -> tuple[RowReport, Edit]:
    """Changes a row, or with "New from" ends it on that day and lets the new one begin."""
    before, after = edit.rows
    said = differences(before, after, desk.rule_words)
    begins = _read(_column(NEW_FROM), line, desk)
    if not begins:
        report = RowReport(grid.name, line.number, name, "changed", said)
        return report, Edit(edit.what, edit.at, (after,), (before,))
    _refuse_no_time(before, after, begins)
    since = {} if after.get(NEVER_COPIED) != before.get(NEVER_COPIED) else {NEVER_COPIED: None}
    new = {**after, "start": begins, **(since if edit.what == "terms" else {})}
    day = said_day(date.fromisoformat(begins))
    note = f"The old row ends on {day}, and a new one begins that day."
    report = RowReport(grid.name, line.number, name, "changed", said, (note,))
    return report, Edit(edit.what, edit.at, ({**before, "end": begins}, new), (before,))


def _refuse_no_time(before: Body, after: Body, begins: str) -> None:
    for field, heading in (("start", "From"), ("end", "Until")):
        if before.get(field) != after.get(field):
            raise RowFault(heading, f"Leave it as it was, since “{NEW_FROM}” says when the new row begins.")
    if before.get("start") and begins <= before["start"]:
        raise RowFault(NEW_FROM, "The row itself begins on that day or later. Empty this cell to change it.")
    if before.get("end") and before["end"] <= begins:
        raise RowFault(NEW_FROM, "The row is over by then. Empty this cell to change it, or add a new row.")
