"""Rows of a caseload on the device: hostile files, days, districts, and the same as the server says."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from directory.places import Places
from offer.answer import answer
from offer.eligibility.dates import birthday
from offer.pack import pack_of_council
from offer.person import read_person
from offer.published import Published
from templates.build import HERE, modules
from tests.conftest import Run
from tests.twin.conftest import ON, SCRIPTS
from tests.twin.make_vectors import NO_LIBRARY, TODAY, edition, starter

Data = dict[str, Any]
LINCOLNSHIRE, NORTH_KESTEVEN = "E10000019", "E07000139"
HEADS = "Ref;DOB;District;Status\r\n"
CELLS: dict[tuple[str, str], Data] = {
    ("birthday", "27/3/2006"): {"iso": "2006-03-27"},
    ("birthday", "27.03.06"): {"iso": "2006-03-27"},
    ("birthday", "27 - 3 - 2006"): {"iso": "2006-03-27"},
    ("birthday", "2006-03-27T00:00:00"): {"iso": "2006-03-27"},
    ("birthday", "27/03/2006 00:00"): {"iso": "2006-03-27"},
    ("birthday", "27th March 2006"): {"iso": "2006-03-27"},
    ("birthday", "1-Dec-05"): {"iso": "2005-12-01"},
    ("birthday", "29/2/2008"): {"iso": "2008-02-29"},
    ("birthday", "1/1/99"): {"iso": "1999-01-01"},
    ("birthday", ""): {},
    ("birthday", "29/2/2007"): {"key": "no-day"},
    ("birthday", "3/27/2006"): {"key": "american"},
    ("birthday", "39168"): {"key": "serial"},
    ("birthday", "1/1/2090"): {"key": "future"},
    ("birthday", "1/1/1950"): {"key": "old"},
    ("birthday", "next week"): {"key": "birthday"},
    ("birthday", "1 Foo 2006"): {"key": "birthday"},
    ("district", "North Kesteven District Council"): {"code": NORTH_KESTEVEN},
    ("district", "north-kesteven"): {"code": NORTH_KESTEVEN},
    ("district", "e07000139"): {"code": NORTH_KESTEVEN},
    ("district", "City of Lincoln"): {"code": "E07000138"},
    ("district", "County Durham"): {"code": "E06000047"},
    ("district", "Lincolnshire County Council"): {"key": "county"},
    ("district", "E10000019"): {"key": "county"},
    ("district", "W06000011"): {"key": "outside"},
    ("district", "Narnia"): {"key": "district"},
    ("district", ""): {},
    ("status", "Former Relevant (FR)"): {"facts": {"care_when": "left_at_18", "care_13_weeks": True}},
    ("status", "ELIGIBLE child"): {"facts": {"care_when": "still_in_care", "care_13_weeks": True}},
    ("status", "LAC"): {"facts": {"care_when": "still_in_care"}},
    ("status", "I was in care until I turned 18"): {"facts": {"care_when": "left_at_18"}},
    ("status", "left_before_16"): {"facts": {"care_when": "left_before_16"}},
    ("status", "n/a"): {"facts": {}},
    ("status", "__proto__"): {"key": "status"},
    ("status", "constructor"): {"key": "status"},
}
TEXTS: dict[str, str] = {
    "semicolons": HEADS + "A1;27/3/2006;North Kesteven;FR\r\nA2;30/11/2008;Boston;Eligible\r\n",
    "tabs, no headings": "27/3/2006\tNorth Kesteven\tFR\tA1\n5/12/2001\t\tFR\tA2\n",
    "carriage returns alone": "Ref,DOB,District,Status\rA1,27/3/2006,Boston,FR\rA2,1/2/2003,Boston,FR\r",
    "quotes": 'Ref,DOB,District,Status\n"A ""one"",\nand more",27/3/2006,Boston,FR\nA2,1/2/2003,Boston,FR\n',
    "a quote that never closes": 'Ref,DOB,District,Status\nA1,27/3/2006,Boston,FR\n"A2,1/2/2003,Boston,FR\n'
    "A3,1/2/2004,Boston,FR\n",
    "names": "Young person,Surname,DOB,District,Status,Team\n"
    + "".join(f"{name},Smith,1/2/200{n},Boston,FR,North\n" for n, name in enumerate(("Jo", "Asha", "Omar"))),
    "names without a heading": "Jo Smith,1/2/2003,Boston,FR\nAsha Ali,1/2/2004,Boston,FR\n",
    "bad rows": HEADS.replace(";", ",")
    + "A1,31/2/2007,Boston,FR\n\nA2,,Boston,FR\nA3,1/2/2005,Narnia,FR\nA4,1/2/2005,Boston,pirate\nA5\n"
    "A6,1/2/2005,Boston,FR\n",
    "a clash": "DOB,District,Status\n12/12/2009,Boston,former relevant\n",
    "nothing": " \n,,\n",
    "noise": "\x00\x01,<script>alert(1)</script>\n=1+1,2\n",
}  # fmt: skip
BYTES: list[tuple[bytes, str]] = [
    ("\ufeffé".encode(), "é"),
    ("é".encode("utf-16"), "é"),
    ("\ufeffA,é".encode("utf-16-be"), "A,é"),
    ("DOB,A".encode("utf-16-le"), "DOB,A"),
    ("é".encode("cp1252"), "é"),
    (b"", ""),
]
FORMULAS = ("=1+1", "+44", "-2", "@SUM(A1)", " =1", "\t=1", "＝1", "|cmd", "%0")
SIZES: list[tuple[int, bytes, str | None]] = [
    (4_999_999, b"Ref,", None),
    (5_000_000, b"Ref,", "large"),
    (100, b"PK\x03\x04", "excel"),
    (100, b"\xd0\xcf\x11\xe0", "excel"),
    (100, b"%PDF", "pdf"),
    (0, b"", None),
]
STRETCHES = [
    ("month", "2026-11-22", "2026-11-30"),
    ("month", "2028-02-29", "2028-02-29"),
    ("quarter", "2026-11-22", "2026-12-31"),
    ("quarter", "2027-01-01", "2027-03-31"),
    ("year", "2026-11-22", "2027-11-21"),
]


@pytest.fixture(scope="module")
def published(places: Places) -> Published:
    """The starter catalogue."""
    return edition(starter(), places)


@pytest.fixture(scope="module")
def worked(published: Published, node: Run, tmp_path_factory: pytest.TempPathFactory) -> Data:
    """Everything above as the device reads it."""
    folder = tmp_path_factory.mktemp("caseload")

    def write(name: str, text: str) -> str:
        (folder / name).write_text(text, "utf-8")
        return name

    modules(HERE / "js", write, NO_LIBRARY)
    people = (HERE / "js" / "caseload" / "people.mjs").read_text("utf-8")
    for name in ("care", "twin", "rows"):  # people.mjs stands beside the built modules it imports
        people = people.replace(f"../{name}/{name}.mjs", f"./{name}.mjs")
    write("people.mjs", people)
    jobs = {
        "pack": pack_of_council(published, TODAY, LINCOLNSHIRE), "on": ON, "by": LINCOLNSHIRE,
        "texts": [*TEXTS.values()], "bytes": [[*raw] for raw, _ in BYTES],
        "files": [[[cell, "plain"]] for cell in FORMULAS] + [[["a,b", 'c"d', "e\r\nf", "é", 7]]],
        "sizes": [[size, [*start]] for size, start, _ in SIZES], "cells": [*CELLS],
        "stretches": [[stretch, on] for stretch, on, _ in STRETCHES],
    }  # fmt: skip
    (folder / "jobs.json").write_text(json.dumps(jobs), "utf-8")
    node([str(SCRIPTS / "caseload.mjs"), str(folder), str(folder / "jobs.json"), str(folder / "out.json")])
    found: Data = json.loads((folder / "out.json").read_text("utf-8"))
    return found


@pytest.fixture
def read(worked: Data) -> dict[str, Data]:
    """What came of each text, by its name."""
    return dict(zip(TEXTS, worked["whole"], strict=True))


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_a_cell_is_read_or_its_fault_is_named(worked: Data, cell: tuple[str, str]) -> None:
    assert worked["cells"][[*CELLS].index(cell)] == CELLS[cell]


def test_files_of_many_kinds_are_read_as_text(worked: Data) -> None:
    assert [text.removeprefix("\ufeff") for text in worked["decoded"]] == [text for _, text in BYTES]
    assert worked["refused"] == [wanted for _, _, wanted in SIZES]


def test_no_cell_of_the_file_is_worked_out_by_a_spreadsheet(worked: Data) -> None:
    for formula, text in zip(FORMULAS, worked["files"], strict=False):
        cell = text.removeprefix("\ufeff").removeprefix('"')
        assert cell.startswith(f"'{formula}"), text
    assert worked["files"][-1] == '\ufeff"a,b","c""d","e\r\nf",é,7\r\n'


def test_the_stretches_end_with_the_month_the_quarter_and_the_year(worked: Data) -> None:
    assert worked["stretches"] == [end for _, _, end in STRETCHES]


@pytest.mark.parametrize("text", ["semicolons", "tabs, no headings", "carriage returns alone", "quotes"])
def test_columns_are_found_whatever_parts_them(read: dict[str, Data], text: str) -> None:
    assert not read[text]["faults"]
    assert len(read[text]["people"]) == 2
    assert read[text]["people"][0]["facts"]["date_of_birth"] == "2006-03-27"
    assert [each["own"][0][0] for each in read[text]["people"]] == ["A", "A"]
    assert not read[text]["columns"]["personal"]


def test_a_quoted_line_break_does_not_lose_the_count_of_lines(read: dict[str, Data]) -> None:
    assert [row["line"] for row in read["quotes"]["rows"]] == [1, 2, 4]
    assert read["quotes"]["people"][0]["own"] == ['A "one",\nand more']


def test_a_quote_that_never_closes_is_named_and_loses_no_row(read: dict[str, Data]) -> None:
    found = read["a quote that never closes"]
    assert found["faults"] == [{"line": 3, "key": "quote", "values": {}}]
    assert [each["line"] for each in found["people"]] == [2, 3, 4]


def test_what_looks_like_names_is_set_aside(read: dict[str, Data]) -> None:
    assert [each["heading"] for each in read["names"]["columns"]["personal"]] == ["Young person", "Surname"]
    assert [each["own"] for each in read["names"]["people"]] == [["North"]] * 3
    assert [each["index"] for each in read["names without a heading"]["columns"]["personal"]] == [0]
    assert [each["own"] for each in read["names without a heading"]["people"]] == [[], []]


def test_each_bad_row_is_named_with_its_line_and_the_good_ones_stay(read: dict[str, Data]) -> None:
    found = read["bad rows"]
    assert [(each["line"], each["key"]) for each in found["faults"]] == [
        (2, "no-day"), (4, "no-birthday"), (5, "district"), (6, "status"), (7, "no-birthday"),
    ]  # fmt: skip
    assert [each["line"] for each in found["people"]] == [8]
    assert found["faults"][2]["values"] == {"text": "Narnia"}


def test_a_birthday_and_a_status_that_clash_are_told(read: dict[str, Data]) -> None:
    assert read["a clash"]["people"][0]["clash"]


def test_nothing_and_noise_are_no_people(read: dict[str, Data]) -> None:
    assert not read["nothing"]["people"] and not read["noise"]["people"]


def test_the_device_says_what_the_server_says(read: dict[str, Data], published: Published) -> None:
    people = [each for text in ("semicolons", "tabs, no headings", "quotes") for each in read[text]["people"]]
    for each in people:
        outcomes = answer(published, read_person(published, each["facts"], TODAY).situation, TODAY).outcomes
        last = birthday(TODAY, 1) - timedelta(days=1)
        given = [one for one in outcomes if one.day.strength not in ("status", "information")]
        stops = {one.slug for one in given if one.until and TODAY < one.until <= last}
        assert {*each["stops"], *each["may"]} == stops
        assert {*each["starts"]} == {one.slug for one in given if one.from_ and TODAY < one.from_ <= last}
        assert {*each["should"]} == {one.slug for one in given if one.outcome == "yes"}


def test_who_turns_18_21_or_25_is_told_with_the_day(read: dict[str, Data]) -> None:
    assert [(each["turns"], each["day"]) for each in read["semicolons"]["people"]] == [
        (21, "2027-03-27"),
        (18, "2026-11-30"),
    ]
    later = read["tabs, no headings"]["people"][1]
    assert (later["turns"], later["day"]) == (25, "2026-12-05")
    assert date.fromisoformat(later["day"]) == birthday(date(2001, 12, 5), 25)


def test_things_are_counted_by_the_people_they_may_be_for(read: dict[str, Data]) -> None:
    for found in read.values():
        counts = [sure + maybe for _, sure, maybe in found["things"]]
        assert counts == sorted(counts, reverse=True)
        assert all(0 < count <= len(found["people"]) for count in counts)
