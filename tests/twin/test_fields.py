"""A form typed without signal is read as the server reads it: the same facts, the same fields at fault."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import FormData

from directory.places import Places
from offer.clock import now
from offer.pack import pack
from offer.pages.forms import fill
from offer.pages.saved_list import saved_list
from offer.pages.typed_form import typed_of
from offer.person import facts_told
from offer.published import Published
from tests.conftest import Run
from tests.twin.conftest import SCRIPTS
from tests.twin.make_vectors import TODAY, edition, starter

Form = dict[str, str]


def _day(boxes: str) -> Form:
    """2 July 2025 in three boxes."""
    return {f"{boxes}-day": "2", f"{boxes}-month": "7", f"{boxes}-year": "2025"}


BORN = {"dob-day": "3", "dob-month": "March", "dob-year": "2007"}
SPELL = {
    "care-1-start-day": "1",
    "care-1-start-month": "2",
    "care-1-start-year": "2015",
    "care-1-kind": "remand",
}
FORMS: dict[str, Form] = {
    "nothing": {},
    "an age": {"age_years": " 19 "},
    "a birthday with its month in words": BORN,
    "a leap day that was": {"dob-day": "29", "dob-month": "2", "dob-year": "2008"},
    "a leap day that was not": {"dob-day": "29", "dob-month": "2", "dob-year": "2007"},
    "half a date": {"dob-day": "3"},
    "a year of two figures": {**BORN, "dob-year": "07"},
    "no such month": {**BORN, "dob-month": "13"},
    "words for an age": {"age_years": "nineteen"},
    "an age beyond all ages": {"age_years": "121"},
    "four answers": {**BORN, "place": "North Kesteven", "responsible_authority": "E10000019",
                     "care_when": "left_at_18", "care_13_weeks": "true"},
    "a council by its name": {"council": "Lincolnshire"},
    "a council listed otherwise": {"council": "durham (county durham)"},
    "a council that is none": {"council": "Narnia"},
    "a council in Wales": {"responsible_authority": "wales"},
    "put aside": {"care_when": "unknown", "refused": "lives_in:unsaid employed:unknown"},
    "an answer carried by a button": {"next": "employed:true", "employed": "false"},
    "a question put aside by a button": {**BORN, "next": "date_of_birth:unsaid"},
    "money": {"savings_gbp": "£1,200.50"},
    "money that is none": {"savings_gbp": "lots"},
    "a time in care": SPELL,
    "a time in care without its start": _day("care-1-end"),
    "a date of a course": _day("course_ends_on"),
    "hostile words": {"age_years": "<script>", "place": "<script>"},
}  # fmt: skip


@pytest.fixture(scope="module")
def published(places: Places) -> Published:
    """The starter catalogue."""
    return edition(starter(), places)


@pytest.fixture(scope="module")
def read(published: Published, node: Run, twin: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What the phone reads in each form, in order."""
    folder, saved = tmp_path_factory.mktemp("fields"), saved_list(published, now())
    forms = [list(form.items()) for form in FORMS.values()]
    rules = {**saved["rules"], "facts": pack(published, TODAY)["facts"]}  # which the saved list folds
    jobs = {"rules": rules, "listed": saved["listed"], "forms": forms}
    (folder / "jobs.json").write_text(json.dumps(jobs), "utf-8")
    node(
        [
            str(SCRIPTS / "fields.mjs"),
            str(twin.parent),
            str(folder / "jobs.json"),
            str(folder / "out.json"),
        ]
    )
    found: list[Any] = json.loads((folder / "out.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("case", FORMS)
def test_the_phone_reads_a_form_as_the_server_does(read: list[Any], published: Published, case: str) -> None:
    typed = typed_of(FormData(FORMS[case]))
    filled, phone = fill(typed, published, TODAY), read[list(FORMS).index(case)]
    assert phone["faults"] == sorted({fault.field for fault in filled.faults})
    assert phone["aside"] == sorted(typed.unsure)
    if filled.person:
        assert phone["facts"] == facts_told(filled.person.situation)
