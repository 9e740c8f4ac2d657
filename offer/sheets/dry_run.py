"""The dry run of a whole file: every sheet of it held against what stands, nothing written."""

from collections.abc import Iterable, Iterator, Sequence

from offer.catalogue.documents import KINDS, body_of
from offer.sheets.documents import claimed, slug_in
from offer.sheets.grid import Grid, same_heading
from offer.sheets.parameters import PARAMETERS, ROW_ID
from offer.sheets.report import Desk, Key, RowReport, Trial
from offer.sheets.trial import Draft, faults_of_grid, is_read_me, notes_of_grid, sheet_of, tried
from offer.sheets.trial_rows import tried_rows
from offer.staff.change import Item

NONE_OF_OURS = (
    "There is no sheet of ours in the file. The first heading must be one of: Entry id, Organisation id,"
    " Location id, Service id or Row id. Download a sheet here and change that."
)


def claims(grids: Sequence[Grid]) -> set[tuple[str, str, int]]:
    """The revisions that rows say they were made of: kind, slug and number."""
    found = set()
    for grid in grids:
        sheet = sheet_of(grid)
        for line in grid.lines if sheet else ():
            if sheet is PARAMETERS:
                cell = line.cells.get(same_heading(ROW_ID))
                found.add(("entitlement", str(cell or "").partition(" ")[0], claimed(line)))
            elif sheet:
                found.add((sheet.kind, slug_in(line, sheet), claimed(line)))
    return found


def named(grids: Sequence[Grid]) -> set[Key]:
    """The documents that rows name."""
    return {(kind, slug) for kind, slug, _ in claims(grids) if slug}


def dry_run(grids: Sequence[Grid], desk: Desk) -> Trial:
    """What the file would change, row by row; its items only where nothing is wrong."""
    rows: list[RowReport] = []
    drafts: dict[Key, Draft] = {}
    faults, notes = list(_faults(grids)), list(_notes(grids))
    for grid in sorted(grids, key=lambda each: sheet_of(each) is PARAMETERS):  # last: it adds to the others
        sheet = sheet_of(grid)
        if sheet is PARAMETERS:
            reports, made = tried_rows(grid, desk, drafts)
            rows += reports
            drafts |= {(each.kind, each.slug): each for each in made}
        elif sheet is not None:
            for report, draft in tried(grid, sheet, desk):
                rows.append(report)
                drafts |= {(draft.kind, draft.slug): draft} if draft else {}
    trial = Trial(tuple(rows), tuple(faults), tuple(notes))
    return trial if trial.is_faulty else Trial(trial.rows, (), trial.notes, items_of(drafts.values()))


def items_of(drafts: Iterable[Draft]) -> tuple[Item, ...]:
    """The drafts as one change holds them: organisations and places before what stands on them."""
    order = list(KINDS)
    listed = sorted(drafts, key=lambda each: (order.index(each.kind), each.slug))
    return tuple(Item(each.kind, each.slug, "save", each.base, body_of(each.document)) for each in listed)


def _faults(grids: Sequence[Grid]) -> Iterator[str]:
    ours = [(grid, sheet) for grid in grids if (sheet := sheet_of(grid))]
    if not ours:
        yield NONE_OF_OURS
    for grid, sheet in ours:
        yield from faults_of_grid(grid, sheet)
    names = [sheet.name for _, sheet in ours]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield f"There are two sheets of “{name}” in the file. Send one."


def _notes(grids: Sequence[Grid]) -> Iterator[str]:
    for grid in grids:
        sheet = sheet_of(grid)
        if sheet:
            yield from notes_of_grid(grid, sheet)
        elif not is_read_me(grid):
            yield f"We did not read the sheet “{grid.name}”: its first heading is none of ours."
