"""A stated end of a course or day of release means on the phone what it means on the server."""

import json
from pathlib import Path
from typing import Any

from directory.places import Places
from offer.pack import pack
from offer.person import read_person
from offer.published import Published
from tests.conftest import Run
from tests.twin.make_vectors import TODAY, edition, expected, starter

HERE = Path(__file__).resolve().parent
CARE = {"care_when": "left_at_18", "care_13_weeks": True, "responsible_authority_nation": "england"}
STUDENT = {**CARE, "date_of_birth": "2008-05-05", "in_education": "fe_ft"}
PEOPLE: tuple[dict[str, Any], ...] = (
    {**STUDENT, "course_ends_on": "2027-07-02", "course_21_hours_24_weeks": True, "tenure": "halls"},
    {**STUDENT, "course_ends_on": TODAY.isoformat(), "on_agreed_education_programme": True},
    {**STUDENT, "in_education": "none", "course_ends_on": "2026-07-02"},
    {**STUDENT, "in_education": "apprenticeship", "employed": True, "course_ends_on": TODAY.isoformat()},
    {**STUDENT, "in_education": None, "course_ends_on": "2026-07-02", "course_21_hours_24_weeks": True},
    {**CARE, "age_years": 19, "in_education": "he_ft", "course_ends_on": "2029-07-02"},
    {**CARE, "date_of_birth": "2005-05-05", "in_custody": True, "release_date": "2027-02-01"},
    {**CARE, "date_of_birth": "2005-05-05", "in_custody": True, "release_date": TODAY.isoformat()},
)


def vector(published: Published, number: int, facts: dict[str, Any]) -> dict[str, Any]:
    person = read_person(published, facts, TODAY)
    answer = expected(person.answer(published), person)
    return {"name": str(number), "on": TODAY.isoformat(), "pack": 0, "facts": facts, "expect": answer}


def test_the_phone_and_the_server_never_differ(node: Run, twin: Path, places: Places, tmp_path: Path) -> None:
    published = edition(starter(), places)
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "0.json").write_text(json.dumps(pack(published, TODAY)), "utf-8")
    vectors = [vector(published, number, facts) for number, facts in enumerate(PEOPLE)]
    files = [tmp_path / "vectors.json", tmp_path / "packs", tmp_path / "out.json"]
    files[0].write_text(json.dumps(vectors), "utf-8")
    node([str(HERE / "run.mjs"), str(twin), *map(str, files)])
    found = json.loads(files[2].read_text("utf-8"))
    assert found["threw"] == []
    assert found["differ"] == []
    assert found["count"] == len(PEOPLE)
