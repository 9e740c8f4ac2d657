"""Documents as a zip of YAML files, the same files as `local-offer dump` writes, and such a zip tried."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from offer.catalogue.documents import KINDS, Kind, body_of
from offer.catalogue.files import FileRecord, file_text, read_raw
from offer.sheets.csv_in import decoded
from offer.sheets.documents import Fault, Held
from offer.sheets.dry_run import items_of
from offer.sheets.grid import Refusal
from offer.sheets.report import Desk, Key, RowReport, Trial, not_yours, stale
from offer.sheets.trial import Draft
from offer.sheets.zip_in import opened, unpacked
from offer.staff.differences import differences
from offer.staff.roles import scope_of
from offer.tables import csv_bytes

VERSIONS = "versions.csv"  # beside the folders: which version each file was written from
_EPOCH = (2020, 1, 1, 0, 0, 0)  # so that the same documents make the same zip
_BY_FOLDER: Mapping[str, Kind] = {kind.plural: kind for kind in KINDS.values()}
NO_VERSIONS = (
    f"There is no {VERSIONS} in the zip, so we cannot tell whether somebody saved a newer version since. "
    "Look at each difference with care."
)
NO_FILES = "There is no file such as entitlements/name.yaml in the zip. Download a zip here and change that."


@dataclass(frozen=True, slots=True)
class Given:
    """A file of a zip that is one of ours by its folder."""

    kind: Kind
    slug: str
    name: str
    raw: bytes


def path_of(held: Held) -> str:
    """Where a document's file stands in a zip."""
    return f"{KINDS[held.kind].plural}/{held.slug}.yaml"


def zip_of(held: Iterable[Held]) -> bytes:
    """The zip, the same bytes for the same documents."""
    listed = sorted(held, key=lambda each: (each.kind, each.slug))
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for each in listed:
            _write(archive, path_of(each), file_text(each.document).encode())
        rows: list[list[object]] = [["kind", "id", "version"]]
        rows += [[each.kind, each.slug, each.number] for each in listed]
        _write(archive, VERSIONS, csv_bytes(rows))
    return made.getvalue()


def _write(archive: ZipFile, name: str, data: bytes) -> None:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    archive.writestr(entry, data)


def files_of(data: bytes) -> tuple[list[Given], dict[Key, int]]:
    """The files of a zip and the versions they were written from. Raises `Refusal`."""
    archive = opened(data)
    names = [name for name in archive.namelist() if not name.endswith("/")]
    given = [found for name in names if (found := _given(archive, name))]
    if not given:
        raise Refusal(NO_FILES)
    listed = next((name for name in names if PurePosixPath(name).name == VERSIONS), None)
    return given, dict(_versions(unpacked(archive, listed))) if listed else {}


def _given(archive: ZipFile, name: str) -> Given | None:
    path = PurePosixPath(name)
    kind = _BY_FOLDER.get(path.parent.name)
    if kind is None or path.suffix not in (".yaml", ".yml"):
        return None
    return Given(kind, path.stem, f"{kind.plural}/{path.name}", unpacked(archive, name))


def _versions(raw: bytes) -> Iterator[tuple[Key, int]]:
    text, _ = decoded(raw)
    for row in csv.reader(io.StringIO(text, newline="")):
        if len(row) == 3 and row[2].isascii() and row[2].isdigit() and len(row[2]) < 9:
            yield (row[0], row[1]), int(row[2])


def dry_run_of_files(given: Iterable[Given], versions: Mapping[Key, int], desk: Desk) -> Trial:
    """What the files would change, one by one."""
    rows: list[RowReport] = []
    drafts: dict[Key, Draft] = {}
    for each in sorted(given, key=lambda one: one.name):
        report, draft = _tried(each, versions, desk)
        rows.append(report)
        drafts |= {(draft.kind, draft.slug): draft} if draft else {}
    notes = () if versions else (NO_VERSIONS,)
    trial = Trial(tuple(rows), (), notes)
    return trial if trial.is_faulty else Trial(trial.rows, (), notes, items_of(drafts.values()))


def _tried(given: Given, versions: Mapping[Key, int], desk: Desk) -> tuple[RowReport, Draft | None]:
    key = (given.kind.name, given.slug)
    found = read_raw(given.kind, Path(given.name), given.raw)
    if not isinstance(found, FileRecord):
        return _faulty(given, [Fault(f"Line {each.line}", each.reason) for each in found]), None
    held = desk.held.get(key)
    base = desk.base(held, versions[key]) if held and key in versions else held
    name = str(getattr(found.document, "title", "") or getattr(found.document, "name", ""))
    if base and held and body_of(found.document) == body_of(base.document):
        return RowReport(given.name, 0, name, "same"), None
    faults = list(_wrong(key, found, held, base, desk))
    if faults:
        return _faulty(given, faults), None
    before = body_of(base.document) if base else {}
    said = differences(before, body_of(found.document), desk.rule_words)
    draft = Draft(*key, held.number if held else 0, found.document)
    return RowReport(given.name, 0, name, "changed" if base else "new", said), draft


def _faulty(given: Given, faults: list[Fault]) -> RowReport:
    return RowReport(given.name, 0, given.slug, "fault", faults=tuple(faults))


def _wrong(key: Key, found: FileRecord, held: Held | None, base: Held | None, desk: Desk) -> Iterator[Fault]:
    scope = scope_of(str(found.document.authority))  # type: ignore[attr-defined]
    if key in desk.elsewhere:
        yield Fault("id", not_yours(desk.elsewhere[key]))
    elif scope != desk.scope:
        yield Fault("authority", "This is another council's. Write the place you chose.")
    elif held and base is None:
        yield Fault("", f"{VERSIONS} names a version of it that we do not know. Download the zip again.")
    elif held and base and held.number != base.number:
        yield Fault("", stale(base, held, ""))
    elif found.carried:
        yield Fault("", "The file is of the first edition. Bring it in with local-offer load.")
