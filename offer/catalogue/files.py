"""Documents as files: one a file, the id is the file name, a bad one is refused with its line."""

import difflib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from offer.catalogue.documents import KINDS, Kind, body_of, record_of, slug_of
from offer.catalogue.yaml_text import YamlFault, read, write
from offer.db.errors import Refused

SUFFIX = ".yaml"


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A fault that kept a file out: printed as `file:line: reason`."""

    kind: str
    file: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A document as a file has it, and what a file of the first edition holds besides."""

    kind: str
    document: BaseModel
    file: Path
    carried: tuple[tuple[str, BaseModel], ...] = ()


def starter_folders() -> dict[str, Path]:
    """The folders that ship with the service, by kind."""
    return {kind.name: kind.starter for kind in KINDS.values()}


def folders_in(folder: Path) -> dict[str, Path]:
    """The folders of a catalogue kept elsewhere: `entitlements/`, `services/` and so on, one or more.

    Raises `Refused` where neither is there.
    """
    if not folder.is_dir():
        raise Refused(
            f"The folder {folder} does not exist.", "Give the folder that 'local-offer dump' wrote."
        )
    found = {kind.name: folder / kind.plural for kind in KINDS.values() if (folder / kind.plural).is_dir()}
    if not found:
        names = " or ".join(f"'{kind.plural}'" for kind in KINDS.values())
        raise Refused(
            f"{folder} has no folder {names} in it.", "Give the folder that 'local-offer dump' wrote."
        )
    return found


def files_of(folder: Path) -> list[Path]:
    """The document files of one folder, by name. Raises `Refused` where it cannot be read."""
    try:
        return sorted(file for file in folder.iterdir() if file.suffix in (SUFFIX, ".yml") and file.is_file())
    except OSError as fault:
        raise Refused(f"The folder {folder} cannot be read: {fault.strerror}.") from fault


def read_file(kind: Kind, file: Path) -> FileRecord | tuple[RefusedRecord, ...]:
    """One document, or every fault that keeps it out. Never raises for what stands in the file."""
    try:
        raw = file.read_bytes()
    except OSError as fault:
        return (RefusedRecord(kind.name, file, 1, f"the file cannot be read: {fault.strerror}"),)
    return read_raw(kind, file, raw)


def read_raw(kind: Kind, file: Path, raw: bytes) -> FileRecord | tuple[RefusedRecord, ...]:
    """The same of a file that is not on disk; `file` is what it is called."""
    try:
        parsed = read(_text(raw))
    except YamlFault as fault:
        return (RefusedRecord(kind.name, file, fault.line, fault.reason),)
    if not isinstance(parsed.data, dict):
        return (RefusedRecord(kind.name, file, 1, "a document is lines of 'key: value'"),)
    try:
        found = record_of(kind.name, parsed.data)
    except ValidationError as faults:
        faulty = sorted((parsed.line_of(_place(e["loc"])), reason_of(kind, e)) for e in faults.errors())
        return tuple(RefusedRecord(kind.name, file, line, reason) for line, reason in faulty)
    document = found.document
    if slug_of(document) != file.stem or file.suffix != SUFFIX:
        reason = f"the file must be called {slug_of(document)}{SUFFIX}, like its id"
        return (RefusedRecord(kind.name, file, parsed.line_of(("id",)), reason),)
    more = [RefusedRecord(kind.name, file, parsed.line_of(f.place), f.reason) for f in kind.check(document)]
    return tuple(more) or FileRecord(kind.name, document, file, found.carried)


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise YamlFault(line, "there is a byte that is not UTF-8; save the file as UTF-8") from fault


def _place(location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return tuple(location)


def reason_of(kind: Kind, error: Any) -> str:
    """What pydantic found, in words with the field."""
    name = ".".join(str(part) for part in error["loc"]) or "the document"
    match error["type"]:
        case "missing":
            return f"{name} is missing"
        case "extra_forbidden":
            return f"{name} is not a field we know{_guess(kind, error['loc'])}"
        case "literal_error":
            return f"{name} must be {error['ctx']['expected']}, not {error['input']!r}"
        case "string_too_long":
            return f"{name} is {len(error['input'])} characters long, at most {error['ctx']['max_length']}"
        case "string_too_short":
            return f"{name} is empty"
        case "string_type":
            return f"{name} must be text; put {error['input']!r} in quotes"
        case "value_error":
            return f"{name}: {error['ctx']['error']}"
    return f"{name}: {error['msg'][0].lower()}{error['msg'][1:]}"


def _guess(kind: Kind, location: tuple[str | int, ...]) -> str:
    if len(location) != 1:
        return ""
    near = difflib.get_close_matches(str(location[0]), list(kind.model.model_fields), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def file_text(document: BaseModel) -> str:
    """The canonical text of a document's file: the same bytes for the same document, always."""
    return write(body_of(document))


def write_file(folder: Path, document: BaseModel) -> bool:
    """Writes a document's file whole, unless the very same bytes are there; whether it wrote."""
    file = folder / f"{slug_of(document)}{SUFFIX}"
    raw = file_text(document).encode()
    if file.is_file() and file.read_bytes() == raw:
        return False
    beside = file.with_suffix(".writing")
    try:
        beside.write_bytes(raw)
        beside.replace(file)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
    return True
