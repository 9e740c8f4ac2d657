"""What tests of sheets share: the starter catalogue as it is held, and sheets of it as files."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from openpyxl import load_workbook

from offer.catalogue.documents import body_of, slug_of
from offer.catalogue.files import starter_folders
from offer.catalogue.store import read_folders
from offer.sheets.columns import SHEETS
from offer.sheets.documents import Held, row_of
from offer.sheets.dry_run import dry_run
from offer.sheets.out import Filled, csv_of, workbook_of
from offer.sheets.parameters import PARAMETERS, cells_of, chosen
from offer.sheets.report import Desk, Key, Trial
from offer.sheets.trial import KNOWN
from offer.sheets.upload import grids
from offer.staff.roles import scope_of

NAMES = {"E07000136": "Boston", "E07000138": "Lincoln", "E10000019": "Lincolnshire", "E92000001": "England"}
COUNCIL_TAX = "council-tax-care-leaver-discount"


def rule_words(rule: Mapping[str, Any]) -> list[str]:
    return [f"a rule of {len(rule)} parts"]


@lru_cache(maxsize=1)
def starter() -> dict[Key, Held]:
    """Every document that ships, as its first revision."""
    records, refused = read_folders(starter_folders())
    assert not refused
    held = [Held(each.kind, slug_of(each.document), 1, each.document) for each in records]
    return {(each.kind, each.slug): each for each in held}


def of_scope(scope: str) -> dict[Key, Held]:
    return {key: each for key, each in starter().items() if scope_in(each) == scope}


def scope_in(held: Held) -> str:
    """The scope of a document."""
    return scope_of(str(body_of(held.document)["authority"]))


def desk(scope: str = "england", **more: Any) -> Desk:
    """What a trial compares with, in one place."""
    held = more.pop("held", of_scope(scope))
    elsewhere = dict.fromkeys(starter().keys() - of_scope(scope).keys(), "Elsewhere")
    return Desk(scope, held, more.pop("elsewhere", elsewhere), NAMES, rule_words, **more)


def filled(kind: str, held: Iterable[Held]) -> Filled:
    sheet = next(each for each in SHEETS if each.kind == kind)
    return Filled(sheet, [row_of(each, sheet, NAMES, rule_words) for each in held if each.kind == kind])


def parameters(held: Iterable[Held], new_from: Any = None, areas: frozenset[str] | None = None) -> Filled:
    rows = chosen([each for each in held if each.kind == "entitlement"], areas)
    return Filled(PARAMETERS, [cells_of(row, NAMES, new_from) for row in rows])


def tried(data: bytes, at: Desk) -> Trial:
    return dry_run(grids(data, KNOWN), at)


def csv_with(sheet: Filled, change: Callable[[list[dict[str, str]]], None]) -> bytes:
    """The sheet as CSV, its rows changed by their headings."""
    rows = list(csv.DictReader(io.StringIO(csv_of(sheet).decode("utf-8-sig"), newline="")))
    change(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def workbook_with(sheets: list[Filled], change: Callable[[Any], None]) -> bytes:
    """A workbook of the sheets, changed cell by cell as a spreadsheet would."""
    book = load_workbook(io.BytesIO(workbook_of(sheets, ["Read me."])))
    change(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
