"""Councils that are to be replaced: told in words while the new code is unknown, followed once it is."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from directory.places import Area, Areas, Places
from directory.places.areas import DATA

BEFORE, DAY = date(2027, 3, 31), date(2027, 4, 1)
ELMBRIDGE, SURREY = "E07000207", "E10000030"
EAST = "E06000901"  # invented: ONS had not published it


@pytest.fixture
def coded(tmp_path: Path, places: Places) -> Places:
    """The lists as they will be once the code of East Surrey is filled in, and nothing else changed."""
    for file in DATA.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    file = tmp_path / "coming_councils.csv"
    file.write_text(file.read_text("utf-8").replace(",East Surrey,,", f",East Surrey,{EAST},"), "utf-8")
    return Places(places.store, Areas.load(tmp_path))


def test_the_eleven_districts_of_surrey_are_all_there_with_their_source(places: Places) -> None:
    lines = (DATA / "coming_councils.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert {row["gss"] for row in rows} == {area.gss for area in places.districts_of(SURREY)}
    assert Counter(row["becomes"] for row in rows) == {"East Surrey": 5, "West Surrey": 6}
    for row in rows:
        area = places.district(row["gss"])
        assert area is not None and area.name == row["name"]
        assert row["source"].startswith("https://") and date.fromisoformat(row["seen"])


@pytest.mark.parametrize(
    ("text", "name", "new"),
    [("Elmbridge", "Elmbridge", "East Surrey"), ("Woking", "Woking", "West Surrey"),
     ("Surrey County Council", "Surrey", "East Surrey or West Surrey")],
)  # fmt: skip
def test_without_a_code_people_are_told_in_words(places: Places, text: str, name: str, new: str) -> None:
    before, after = places.read(text, BEFORE), places.read(text, DAY)
    assert before.matches[0].district == after.matches[0].district
    assert f"From 1 April 2027 the council for {name} will be {new}" in (before.note or "")
    assert f"Since 1 April 2027 the council for {name} is {new}" in (after.note or "")
    assert "ask there" in (after.note or "")


def test_a_postcode_and_a_phone_are_told_too(places: Places) -> None:
    for answer in (places.read("KT10 9AD", BEFORE), places.at(51.369, -0.365, BEFORE)):
        assert answer.district == Area(ELMBRIDGE, "Elmbridge")
        assert "will be East Surrey" in (answer.note or "")


def test_nobody_else_is_told_anything(places: Places) -> None:
    for area in (*places.districts(), *places.authorities()):
        is_surrey = SURREY in (area.gss, getattr(places.authority_of(area.gss, BEFORE), "gss", None))
        assert (places.areas.change_told(area.gss, BEFORE) is not None) == is_surrey, area


def test_once_the_code_is_filled_in_the_change_takes_effect_on_its_day(coded: Places) -> None:
    new = Area(EAST, "East Surrey")
    assert coded.read("KT10 9AD", BEFORE).district == Area(ELMBRIDGE, "Elmbridge")
    assert "will be East Surrey" in (coded.read("KT10 9AD", BEFORE).note or "")
    after = coded.read("KT10 9AD", DAY)
    assert (after.district, after.authority) == (new, new)
    assert "East Surrey" not in (after.note or ""), "nothing is left to tell"
    assert (
        coded.read("Epsom and Ewell Borough Council", DAY).note == "That council is now part of East Surrey."
    )
    assert coded.read("East Surrey", DAY).district == new
    assert len(coded.districts(BEFORE)) == 296
    assert len(coded.districts(DAY)) == 296 - 5 + 1
    assert {area.name for area in coded.authorities(DAY)} >= {
        "East Surrey",
        "Surrey",
    }  # West Surrey has no code
    assert coded.areas.former(EAST) == {"E07000207", "E07000208", "E07000210", "E07000211", "E07000215"}
    assert coded.at(51.369, -0.365, DAY).district == new


def test_a_half_postcode_over_two_old_districts_is_settled_by_the_merger(coded: Places) -> None:
    before, after = coded.read("RH1", BEFORE), coded.read("RH1", DAY)
    assert before.precision == "several"
    assert (after.precision, after.district) == ("about", Area(EAST, "East Surrey"))
