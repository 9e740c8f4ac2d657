"""Districts, councils and successors: joined on codes, by date."""

import csv
from datetime import date
from pathlib import Path

import pytest

from directory.places import Area, Areas, Places
from directory.places.areas import District, Retired

TODAY = date(2026, 11, 22)
MERGER = date(2028, 4, 1)


@pytest.fixture(scope="module")
def areas() -> Areas:
    return Areas.load()


@pytest.fixture(scope="module")
def merging() -> Areas:
    """An invented merger: two districts of a county become one unitary."""
    county, new = Area("E10000999", "Oldshire"), Area("E06000999", "Newland")
    old = [Area("E07000901", "Upper"), Area("E07000902", "Lower")]
    districts = [District(area, county, None, MERGER) for area in old]
    return Areas(
        [*districts, District(new, new, MERGER, None)],
        [Retired(area, new.gss, MERGER) for area in old],
    )


def test_counts(areas: Areas) -> None:
    assert len(areas.districts()) == len(areas.districts(TODAY)) == 296
    assert len(areas.authorities()) == len(areas.authorities(TODAY)) == 153
    kinds = [area.gss[:3] for area in areas.districts()]
    assert {kind: kinds.count(kind) for kind in kinds} == {"E06": 63, "E07": 164, "E08": 36, "E09": 33}


def test_the_lists_are_those_of_the_facts(areas: Areas, shared: Path) -> None:
    with (shared / "facts" / "lad_utla_current.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ours = {area.gss: (area.name, areas.authority_of(area.gss, TODAY)) for area in areas.districts()}
    assert ours == {row["lad"]: (row["lad_name"], Area(row["utla"], row["utla_name"])) for row in rows}
    with (shared / "facts" / "lad_retired.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert areas.current(row["old"], date.fromisoformat(row["from"])) == row["new"]


def test_every_code_of_the_postcode_file_is_known(places: Places) -> None:
    for code in places.store.districts:
        if code not in ("", "L99999999", "M99999999"):
            assert places.district(code) is not None, code
        if code.startswith("E"):
            assert places.authority_of(code, TODAY) is not None, code


def test_every_successor_and_alias_leads_somewhere(areas: Areas) -> None:
    known = {area.gss for area in (*areas.districts(), *areas.authorities())}
    for retired in areas._retired.values():
        assert retired.new in known
    for alias in areas._aliases:
        assert set(alias["means"]) <= known, alias


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Lincoln City Council", {"E07000138"}),
        ("City of Lincoln", {"E07000138"}),
        ("  north kesteven DISTRICT council ", {"E07000139"}),
        ("Lincs", {"E10000019"}),
        ("Lincolnshire County Council", {"E10000019"}),
        ("Co. Durham", {"E06000047"}),
        ("Durham County Council", {"E06000047"}),
        ("Kingston upon Hull, City of", {"E06000010"}),
        ("Hull", {"E06000010"}),
        ("Royal Borough of Kensington & Chelsea", {"E09000020"}),
        ("London Borough of Camden", {"E09000007"}),
        ("St Helens", {"E08000013"}),
        ("City of London", {"E09000001"}),
        ("City of York Council", {"E06000014"}),
        ("Allerdale", {"E06000063"}),
        ("Newcastle City Council", {"E08000021", "E07000195"}),
        ("council", set()),
        ("", set()),
    ],
)
def test_names_of_councils(areas: Areas, name: str, codes: set[str]) -> None:
    assert set(areas.named(name).codes) == codes


def test_every_name_finds_its_own_area(areas: Areas) -> None:
    for area in (*areas.districts(), *areas.authorities()):
        assert area.gss in areas.named(area.name).codes, area
        assert area.gss in areas.named(f"{area.name} Council").codes, area


def test_retired_districts_lead_to_their_successors(areas: Areas) -> None:
    assert areas.current("E07000026", date(2023, 3, 31)) == "E07000026"
    assert areas.current("E07000026", date(2023, 4, 1)) == "E06000063"
    assert areas.authority_of("E07000026", TODAY) == Area("E06000063", "Cumberland")
    assert areas.current("E08000019", TODAY) == "E08000039"


def test_a_merger_takes_effect_on_its_day(merging: Areas) -> None:
    before, after = date(2028, 3, 31), MERGER
    assert [area.gss for area in merging.districts(before)] == ["E07000901", "E07000902"]
    assert [area.gss for area in merging.districts(after)] == ["E06000999"]
    assert merging.current("E07000901", before) == "E07000901"
    assert merging.current("E07000901", after) == "E06000999"
    assert merging.authority_of("E07000902", before) == Area("E10000999", "Oldshire")
    assert merging.authority_of("E07000902", after) == Area("E06000999", "Newland")
    assert [area.gss for area in merging.authorities(after)] == ["E06000999"]


def test_codes_that_lead_in_a_circle_end() -> None:
    first, second = Area("E07000901", "A"), Area("E07000902", "B")
    round_trip = Areas([], [Retired(first, second.gss, MERGER), Retired(second, first.gss, MERGER)])
    assert round_trip.current(first.gss, MERGER) == second.gss


def test_counties_and_nations(areas: Areas) -> None:
    assert len(areas.districts_of("E10000019")) == 7
    assert areas.districts_of("E06000047") == (Area("E06000047", "County Durham"),)
    assert areas.authority_of("S12000036", TODAY) is None
    assert areas.nation("W06000015") == "wales"
    assert areas.nation("L99999999") is None
