"""Sheets and zips of files that a manager sends: refused in words, or tried row by row."""

import io
import zipfile
from collections.abc import Iterable

from offer.catalogue.files import file_text
from offer.db.errors import Refused
from offer.published import Published
from offer.sheets.dry_run import claims, dry_run
from offer.sheets.grid import Refusal
from offer.sheets.out import csv_of, workbook_of
from offer.sheets.parameters import PARAMETERS
from offer.sheets.report import Desk, Trial
from offer.sheets.trial import KNOWN
from offer.sheets.upload import grids, is_yaml_zip
from offer.sheets.yaml_files import dry_run_of_files, files_of
from offer.staff.exchange import carried, read_carried
from tests.fuzz.choices import Choices
from tests.fuzz.target import Feed, Target
from tests.offer.sheets.making import desk, filled, of_scope, parameters

SCOPE = "E10000019"
KINDS = ("entitlement", "organisation", "location", "service")
_PARTS = (
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
    "xl/sharedStrings.xml",
)
_MARKS = (
    ",", ";", "\t", '"', '""', "\r\n", "\n", "\r", "=1+1", "'=", "@x", "£1,200.50", "1/2/2026", "2026-02-30",
    "31 February", "yes", "no", "E06000047", "Durham", "\ufeff", "| ", "\\", "{", "[", "1e9", "45000",
    "-1", "TRUE",
)  # fmt: skip


def make(published: Published) -> Feed:
    at, held = desk(SCOPE), list(of_scope(SCOPE).values())
    sheets = [filled(kind, held) for kind in KINDS]
    texts = [csv_of(each) for each in (*sheets, parameters(held))]
    book = workbook_of([*sheets, parameters(held)], ["Read me."])
    files = {f"{each.kind}s/{each.slug}.yaml": file_text(each.document).encode() for each in held[:6]}

    def feed(data: bytes) -> None:
        choices = Choices(data)
        match choices.number(6):
            case 0:
                sent = choices.rest()
            case 1:
                part = choices.one_of(_PARTS)
                sent = _repacked(book, part, _noisy(_part_of(book, part), choices))
            case 2:
                name = choices.one_of(sorted(files))
                sent = _zip({name: _noisy(files[name], choices)}.items())
            case 3:
                sent = _noisy(book, choices)
            case _:
                sent = _noisy(choices.one_of(texts), choices)
        _send(sent, at)

    return feed


def _send(sent: bytes, at: Desk) -> None:
    """As the page does that takes uploads."""
    try:
        if is_yaml_zip(sent):
            trial = dry_run_of_files(*files_of(sent), at)
        else:
            found = grids(sent, KNOWN)
            assert all(number >= 0 for _, _, number in claims(found))
            trial = dry_run(found, at)
    except Refusal as refused:
        assert str(refused).endswith((".", "!", "”"))
        return
    _check(trial)


def _check(trial: Trial) -> None:
    assert {row.outcome for row in trial.rows} <= {"same", "changed", "new", "fault"}
    assert all(fault.words for row in trial.rows for fault in row.faults)
    assert all((row.outcome == "fault") == bool(row.faults) for row in trial.rows)
    assert not (trial.is_faulty and trial.items), "nothing is written while anything is wrong"
    assert len({(each.kind, each.slug) for each in trial.items}) == len(trial.items)
    try:
        page = carried(trial.items)
    except Refused:
        return
    again = read_carried(page)
    assert [(each.kind, each.slug, each.body) for each in again] == [
        (each.kind, each.slug, each.body) for each in trial.items
    ], "what the page carries is what was tried"


def _noisy(raw: bytes, choices: Choices) -> bytes:
    """A file with a few places of it overwritten."""
    for _ in range(1 + choices.number(4)):
        at = choices.number(len(raw) + 1)
        mark = choices.one_of(_MARKS).encode() if choices.number(3) else choices.take(choices.number(24))
        raw = raw[:at] + mark + raw[at + choices.number(40) :]
    return raw


def _part_of(book: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(part) if part in archive.namelist() else b"<x/>"


def _repacked(book: bytes, part: str, body: bytes) -> bytes:
    """The workbook with one part of it put in another's place."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | {part: body}
    return _zip(parts.items())


def _zip(parts: Iterable[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:  # not packed: noise would only break the packing
        for name, body in parts:
            archive.writestr(name, body)
    return made.getvalue()


TARGET = Target(
    "sheets", "Spreadsheets, CSV files and zips of catalogue files", make,
    (*sorted(KNOWN), *_MARKS, PARAMETERS.name, "<c r=", "<v>", "<f>", "<is><t>", 't="s"', 't="d"',
    "<mergeCell"),
)  # fmt: skip
