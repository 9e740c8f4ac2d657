"""What the measures of the real catalogue share: the starter catalogue, published in memory, and people."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from directory.places import Places
from directory.records import Record
from offer.catalogue.documents import KINDS
from offer.catalogue.files import FileRecord, files_of, read_file, starter_folders
from offer.entitlements.schema import Entitlement
from offer.person import Person, read_person
from offer.published import Published, build_published

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
VAR = ROOT / "var" / "bench"
ON = date(2026, 11, 22)

# Beside the people of the shared cases: what somebody has said after one, two or three questions.
EARLY: tuple[dict[str, Any], ...] = (
    {},
    {"age_years": 17},
    {"age_years": 19, "care_when": "left_at_18"},
    {"age_years": 19, "lives_in": "E07000139", "responsible_authority": "E10000019",
     "care_when": "left_at_18"},
    {"date_of_birth": "2010-03-01", "responsible_authority": "E06000047"},
    {"date_of_birth": "2005-06-15", "lives_in": "E06000047", "responsible_authority": "E06000047",
     "care": [{"start": "2019-01-10", "end": "2023-06-15", "kind": "full"}]},
)  # fmt: skip


@cache
def places_file() -> Path:
    """The packed postcode file; the first run builds it."""
    VAR.mkdir(parents=True, exist_ok=True)
    path = VAR / "data" / "places.bin"
    path.parent.mkdir(exist_ok=True)
    Places.open_or_build(path)
    return path


@cache
def documents() -> tuple[tuple[Entitlement, ...], tuple[Record, ...]]:
    """Every record of the starter catalogue."""
    read = [
        read_file(KINDS[kind], file)
        for kind, folder in starter_folders().items()
        for file in files_of(folder)
    ]
    records = [found.document for found in read if isinstance(found, FileRecord)]
    entries = tuple(record for record in records if isinstance(record, Entitlement))
    return entries, tuple(record for record in records if isinstance(record, Record))


@cache
def published() -> Published:
    """The starter catalogue, as a process holds it."""
    entries, records = documents()
    return build_published(entries, records, Places.open(places_file()), 1, today=ON)


def people() -> dict[str, Person]:
    """Everybody to answer, by a name."""
    found = {f"early {number}": read_person(published(), raw, ON) for number, raw in enumerate(EARLY)}
    for case in _cases():
        raw = {
            **case["facts"],
            "date_of_birth": case["dob"],
            "care": case["care"],
            "status_events": case["status_events"],
        }
        found[case["id"]] = read_person(published(), raw, date.fromisoformat(case["as_of"]))
    return found


def _cases() -> list[dict[str, Any]]:
    file = SHARED / "cases" / "personas.json"
    if not file.is_file():
        return []
    cases: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["personas"]
    return cases
