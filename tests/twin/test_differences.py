"""What-ifs on the phone say what the server says: the same differences, reasons and days."""

import json
from datetime import date
from pathlib import Path

import pytest

from directory.places import Places
from offer.answer import answer
from offer.answer_parts import Answer
from offer.eligibility.dates import birthday
from offer.pack import pack
from offer.person import read_person
from offer.published import Published
from offer.what_if import differences
from templates.build import HERE
from templates.bundle import bundled
from tests.conftest import Run
from tests.twin.make_vectors import TODAY, edition, starter

SCRIPT = Path(__file__).with_name("differences.mjs")
BORN = date(2007, 4, 20)
THEN = birthday(BORN, 21)
BASE = {"date_of_birth": BORN.isoformat(), "responsible_authority": "E10000019", "lives_in": "E07000139"}
LEFT = BASE | {"care_when": "left_at_18", "care_13_weeks": True}
PEOPLE: list[dict[str, object]] = [
    LEFT,
    LEFT | {"in_education": "he_ft"},
    LEFT | {"in_education": "none", "employed": True},
    LEFT | {"lives_in": "E07000136"},
    LEFT | {"parent": True, "receives_uc": True},
    BASE | {"date_of_birth": "2009-12-01", "care_when": "still_in_care", "care_13_weeks": True},
    {"age_years": 19, "care_when": "left_at_18"},
    {},
]


@pytest.fixture(scope="module")
def lincolnshire(places: Places) -> Published:
    return edition(starter(), places)


def on_the_server(published: Published) -> list[list[list[object]]]:
    def answered(facts: dict[str, object], on: date) -> Answer:
        return answer(published, read_person(published, facts, TODAY).situation, on)

    found: list[list[list[object]]] = []
    for facts, other in zip(PEOPLE, [*PEOPLE[1:], PEOPLE[0]], strict=True):
        shifts = differences(answered(facts, TODAY), answered(other, THEN), answered(other, TODAY))
        found.append(
            [
                [e.slug, e.kind, e.before, e.after, list(e.why), e.since and e.since.isoformat()]
                for e in shifts
            ]
        )
    return found


def test_the_phone_and_the_server_tell_the_same_differences(
    node: Run, twin: Path, lincolnshire: Published, tmp_path: Path
) -> None:
    entry = HERE / "js" / "adviser" / "differences.mjs"
    (twin.parent / "differences.mjs").write_text(bundled(entry, lambda name: name), "utf-8")
    job = {
        "pack": pack(lincolnshire, TODAY, "E10000019", "E07000139"),
        "people": PEOPLE,
        "on": TODAY.isoformat(),
        "then": THEN.isoformat(),
    }
    (tmp_path / "jobs.json").write_text(json.dumps(job), "utf-8")
    node([str(SCRIPT), str(twin), str(tmp_path / "jobs.json"), str(tmp_path / "out.json")])
    on_the_phone = json.loads((tmp_path / "out.json").read_text("utf-8"))
    expected = on_the_server(lincolnshire)
    assert sum(map(len, expected)) > 100
    for person, (said, server) in enumerate(zip(on_the_phone, expected, strict=True)):
        known = {each[0] for each in said}
        assert sorted(said) == sorted(each for each in server if each[0] in known), person
        missing = {str(each[0]) for each in server} - known
        assert not {slug for slug in missing if "boston" not in slug}, missing  # not in this phone's list
