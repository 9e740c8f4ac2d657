"""The dry run of sheets of documents: what each row would change, or what is wrong with it and where."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from offer.catalogue.documents import KINDS, Body, body_of
from offer.catalogue.files import reason_of
from offer.sheets.columns import REVISION, SHEETS, Sheet
from offer.sheets.documents import Fault, Held, claimed, only_read_changed, slug_in, with_row
from offer.sheets.grid import Grid, Line, is_blank, same_heading
from offer.sheets.parameters import PARAMETERS
from offer.sheets.report import UNKNOWN_VERSION, Desk, Key, RowReport, not_yours, stale
from offer.staff.differences import differences
from offer.staff.roles import scope_of

READ_ME = "Read me"
KNOWN = frozenset(heading for sheet in (*SHEETS, PARAMETERS) for heading in sheet.by_heading)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as the rows make it. `base`: the revision that stands now, 0 for none."""

    kind: str
    slug: str
    base: int
    document: BaseModel


def sheet_of(grid: Grid) -> Sheet | None:
    """Which of our sheets a grid is, by the heading only that one has."""
    given = {same_heading(each) for each in grid.headings}
    return next(
        (each for each in (*SHEETS, PARAMETERS) if same_heading(each.columns[0].heading) in given), None
    )


def is_read_me(grid: Grid) -> bool:
    """Whether it is the sheet that only explains the others, or one with nothing on it."""
    return grid.name == READ_ME or not grid.headings


def faults_of_grid(grid: Grid, sheet: Sheet) -> list[str]:
    """What is wrong with a sheet as a whole."""
    where = f"“{grid.name}”: " if grid.name else ""
    unknown = [each for each in grid.headings if same_heading(each) not in sheet.by_heading]
    words = [*grid.faults, *(_unknown(each, sheet) for each in unknown)]
    return [f"{where}{each}" for each in words]


def _unknown(heading: str, sheet: Sheet) -> str:
    near = difflib.get_close_matches(heading, [each.heading for each in sheet.columns], n=1)
    guess = f" Did you mean “{near[0]}”?" if near else " Take the column out."
    return f"“{heading}” is no column of this sheet.{guess}"


def notes_of_grid(grid: Grid, sheet: Sheet) -> list[str]:
    """What is worth knowing of a sheet that is not wrong."""
    given = {same_heading(each) for each in grid.headings}
    missing = [each.heading for each in sheet.columns if same_heading(each.heading) not in given]
    left = [each for each in missing if each != REVISION]
    where = f"“{grid.name}”: " if grid.name else ""
    notes = [f"{where}{each}" for each in grid.notes]
    if left:
        notes.append(f"{where}these columns are not there, so they stay as they are: {', '.join(left)}.")
    return notes


def tried(grid: Grid, sheet: Sheet, desk: Desk) -> Iterator[tuple[RowReport, Draft | None]]:
    """Each row of a sheet of documents, with the document where it makes a new one or another."""
    first: dict[str, int] = {}
    for line in grid.lines:
        if all(is_blank(cell) for cell in line.cells.values()):
            continue
        slug = slug_in(line, sheet)
        if slug and slug in first:
            words = f"“{slug}” stands in row {first[slug]} already. Take one of the two rows out."
            yield _faulty(grid, line, slug, [Fault(sheet.columns[0].heading, words)]), None
            continue
        first[slug] = line.number
        yield _tried(grid, line, sheet, desk)


def _tried(grid: Grid, line: Line, sheet: Sheet, desk: Desk) -> tuple[RowReport, Draft | None]:
    slug, key = slug_in(line, sheet), (sheet.kind, slug_in(line, sheet))
    held = desk.held.get(key)
    base = desk.base(held, claimed(line)) if held else None
    fault = _misplaced(key, held, base, sheet, desk)
    if fault:
        return _faulty(grid, line, slug, [fault]), None
    body, faults = with_row(base, line, sheet, desk.names)
    document, more = (None, faults) if faults else read_document(sheet.kind, body, sheet)
    name = str(body.get("title") or body.get("name") or slug)
    if document is None:
        return _faulty(grid, line, name, more), None
    if base and held and body_of(document) == body_of(base.document):
        notes = _unread(base, line, sheet, desk)
        return RowReport(grid.name, line.number, name, "same", notes=notes), None
    more = [*_overtaken(base, held, desk), *_wrong(document, sheet, desk)]
    if more:
        return _faulty(grid, line, name, more), None
    report = RowReport(
        grid.name, line.number, name, "changed" if base else "new",
        differences(body_of(base.document) if base else {}, body_of(document), desk.rule_words),
        _unread(base, line, sheet, desk),
    )  # fmt: skip
    return report, Draft(sheet.kind, slug, held.number if held else 0, document)


def _faulty(grid: Grid, line: Line, name: str, faults: Iterable[Fault]) -> RowReport:
    return RowReport(grid.name, line.number, name, "fault", faults=tuple(faults))


def _misplaced(key: Key, held: Held | None, base: Held | None, sheet: Sheet, desk: Desk) -> Fault | None:
    heading = sheet.columns[0].heading
    if not key[1]:
        return Fault(heading, "There is no id. Write one in small letters and hyphens: bus-pass-durham.")
    if key in desk.elsewhere:
        return Fault(heading, not_yours(desk.elsewhere[key]))
    if held and base is None:
        return Fault(REVISION, UNKNOWN_VERSION)
    return None


def _overtaken(base: Held | None, held: Held | None, desk: Desk) -> Iterator[Fault]:
    if base and held and base.number != held.number:
        since = differences(body_of(base.document), body_of(held.document), desk.rule_words)
        yield Fault("", stale(base, held, ", ".join(each.field.lower() for each in since)))


def _wrong(document: BaseModel, sheet: Sheet, desk: Desk) -> Iterator[Fault]:
    """What a document that can be read may still not say."""
    if scope_of(str(document.authority)) != desk.scope:  # type: ignore[attr-defined]
        yield Fault(column_of(("authority",), sheet), "This is another council's. Write the place you chose.")
    for fault in KINDS[sheet.kind].check(document):
        yield Fault(column_of(fault.place, sheet), fault.reason)


def _unread(base: Held | None, line: Line, sheet: Sheet, desk: Desk) -> tuple[str, ...]:
    if base is None:
        return ()
    found = only_read_changed(base, line, sheet, desk.names, desk.rule_words)
    return tuple(f"“{each}” is only for reading, so what you wrote there changes nothing." for each in found)


def read_document(kind: str, body: Body, sheet: Sheet) -> tuple[BaseModel | None, list[Fault]]:
    """The document of a body, or the faults with their columns."""
    try:
        return KINDS[kind].model.model_validate(body), []
    except ValidationError as fault:
        return None, [Fault(column_of(e["loc"], sheet), reason_of(KINDS[kind], e)) for e in fault.errors()]


def column_of(place: tuple[str | int, ...], sheet: Sheet) -> str:
    """The heading of the column for a place in a document; "" for none."""
    steps = tuple(str(each) for each in place)
    fits = [column for column in sheet.columns if column.path and steps[: len(column.path)] == column.path]
    near = fits or [column for column in sheet.columns if column.path[:1] == steps[:1] and steps]
    return near[0].heading if near else ""
