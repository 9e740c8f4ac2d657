"""What the rows of the sheet of amounts and terms make of one entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from pydantic import ValidationError

from offer.catalogue.documents import ENTITLEMENT, KINDS, Body
from offer.sheets.documents import Fault, Held
from offer.sheets.parameters import WHATS, What, listed, with_listed
from offer.sheets.report import Desk, Key
from offer.sheets.trial import Draft


@dataclass(frozen=True, slots=True)
class Edit:
    """What one row does to the rows of its entry: those at `at` become `rows`; None: `rows` are added.

    `before`: the row as it was.
    """

    what: What
    at: int | None
    rows: tuple[Body, ...]
    before: tuple[Body, ...] = ()


def edited_entry(
    slug: str,
    edits: list[tuple[int, Edit]],
    desk: Desk,
    drafts: Mapping[Key, Draft],
    broken: dict[int, list[Fault]],
) -> Draft | None:
    """The entry with all its edited rows; its faults go to the rows they come from."""
    key = (ENTITLEMENT, slug)
    held, draft = desk.with_rows(key), drafts.get(key)
    document = draft.document if draft else cast(Held, held).document
    body = document.model_dump(mode="json")
    for what in WHATS:
        rows = listed(body, what)
        mine = [edit for _, edit in edits if edit.what == what]
        body = with_listed(body, what, _edited_rows(rows, mine, is_new=held is None))
    last = edits[-1][0]
    try:
        made = KINDS[ENTITLEMENT].model.model_validate(body)
    except ValidationError as fault:
        broken[last] += [Fault("", f"{'.'.join(map(str, e['loc']))}: {e['msg']}") for e in fault.errors()]
        return None
    broken[last] += [Fault("", fault.reason) for fault in KINDS[ENTITLEMENT].check(made)]
    if broken[last]:
        return None
    return Draft(ENTITLEMENT, slug, held.number if held else 0, made)


def _edited_rows(rows: list[Body], edits: list[Edit], *, is_new: bool) -> list[Body]:
    """The rows after all edits. Those of a new entry stand in the order of the sheet."""
    at = {edit.at: edit.rows for edit in edits if edit.at is not None}
    new = [each for n, row in enumerate(rows) for each in at.get(n, (row,))]
    for edit in edits:
        if edit.at is None:
            for row in edit.rows:
                new.insert(len(new) if is_new else _place_for(row, new), row)
    return new


def _place_for(row: Body, rows: list[Body]) -> int:
    """After the last row of the same place, or at the end."""
    same = [n for n, each in enumerate(rows) if row.get("area") and each.get("area") == row["area"]]
    return same[-1] + 1 if same else len(rows)
