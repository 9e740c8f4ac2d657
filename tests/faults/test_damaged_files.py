"""Files damaged, cut off, emptied, exchanged or taken away: found before anything in them is believed."""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from directory.places import Places, PlacesError
from offer.doctor import examine
from offer.errors import PlainError
from offer.pages import rendering
from offer.settings import Settings
from tests.faults.machine import TRACES, command, plain, running, slow
from tests.strength import survived, tries

HOW = "pytest tests/faults/test_damaged_files.py"
CHANCE = 20261123


def damaged(good: bytes, count: int, *, head: int) -> Iterator[bytes]:
    """Copies with one to eight bits flipped, half of them within `head` bytes; some cut off or longer."""
    chance = random.Random(CHANCE)
    for number in range(count):
        bad = bytearray(good)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(head if number % 2 else len(bad))
            bad[at] ^= 1 << chance.randrange(8)
        match number % 10:
            case 8:
                del bad[chance.randrange(len(bad)) :]
            case 9:
                bad += chance.randbytes(chance.randint(1, 4_000))
        yield bytes(bad)


def test_no_damaged_postcode_file_is_ever_used(places_file: Path, tmp_path: Path) -> None:
    """Neither in its rows nor in its header, which holds the districts' codes."""
    good, count, file = places_file.read_bytes(), tries(12, 400), tmp_path / "places.bin"
    head = 44 + int.from_bytes(good[8:12], "little")
    for bad in damaged(good, count, head=head):
        file.write_bytes(bad)
        with pytest.raises(PlacesError) as refused:
            Places.open(file)
        assert "Run: local-offer build-places" in str(refused.value)
        assert "\n" not in str(refused.value)
    survived("fault", "postcode files with flipped bits, cut off or too long: refused", count, count, HOW)


@slow
def test_what_a_person_reads_of_a_damaged_postcode_file(data: Path, places_file: Path) -> None:
    file = data / "places.bin"
    good = places_file.read_bytes()
    faults: dict[str, Callable[[], object]] = {
        "is damaged": lambda: file.write_bytes(good[:500_000] + b"?" + good[500_001:]),
        "is too short": lambda: file.write_bytes(b""),
        "from another version": lambda: file.write_bytes(b"LOPLACE1" + good[8:]),
        "is missing": lambda: None,
    }
    for words, do in faults.items():
        file.unlink(missing_ok=True)
        do()
        for asked in (["serve"], ["places", "Boston"])[: tries(1, 2)]:
            line = plain(command(data, *asked))
            assert words in line and "Run: local-offer build-places" in line, line


@slow
def test_setting_up_builds_a_damaged_postcode_file_anew(data: Path, places_file: Path) -> None:
    file = data / "places.bin"
    file.unlink()
    file.write_bytes(places_file.read_bytes()[:9_000_000])
    done = command(data, "ready")
    assert done.returncode == 0, done.stderr
    assert "The postcode file is damaged or from another version. Building it anew" in done.stdout
    assert file.read_bytes() == places_file.read_bytes()


@slow
def test_files_taken_away_or_exchanged_while_it_runs(data: Path, places_file: Path) -> None:
    """What is open stays in use until the next start, which says what is wrong."""
    file = data / "places.bin"
    file.unlink()
    shutil.copy(places_file, file)
    near = {"place": "NG34 7EF"}
    with running(data) as service:
        before = service.post("/help-nearby", **near)
        assert before.status == 200 and "North Kesteven" in before.text
        file.unlink()
        assert service.post("/help-nearby", **near).text == before.text
        beside = data / "beside"
        beside.write_bytes(places_file.read_bytes()[:4_000_000])
        beside.replace(file)
        assert service.post("/help-nearby", **near).text == before.text
        assert service.check().status == 200
    assert "is damaged" in plain(command(data, "serve"))


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of what was built for browsers, read anew by each who asks."""
    folder = tmp_path / "built"
    shutil.copytree(rendering.BUILT, folder)
    monkeypatch.setattr(rendering, "BUILT", folder)
    rendering.manifest.cache_clear()
    yield folder
    rendering.manifest.cache_clear()


def _manifest_refused() -> str:
    rendering.manifest.cache_clear()
    with pytest.raises(PlainError) as refused:
        rendering.manifest()
    assert "python -m templates.build" in str(refused.value)
    return str(refused.value)


def test_damaged_style_sheets_and_their_list_are_found_at_the_start(built: Path) -> None:
    assert rendering.manifest()["app.css"].endswith(".css")
    names, count = list(rendering.manifest().values()), tries(30, 600)
    manifest, chance = built / "manifest.json", random.Random(CHANCE)
    for number in range(count):
        file = built / names[number % len(names)]
        good = file.read_bytes()
        at = chance.randrange(len(good))
        file.write_bytes((good[:at] + bytes([good[at] ^ 4]) + good[at + 1 :], good[:at], b"")[number % 3])
        assert f"The file {file.name}" in _manifest_refused()
        file.write_bytes(good)
    (built / names[0]).rename(built / "away")
    assert f"The file {names[0]}" in _manifest_refused()
    (built / "away").rename(built / names[0])
    whole = manifest.read_text()
    for bad in (
        "",
        "{",
        "[]",
        "null",
        '{"app.css": 5}',
        '{"app.css": "../../pyproject.toml"}',
        "{}",
        whole[:-9],
    ):
        manifest.write_text(bad)
        assert "style sheets" in _manifest_refused()
    manifest.unlink()
    assert "have not been built" in _manifest_refused()
    manifest.write_text(whole)
    rendering.manifest.cache_clear()
    assert rendering.manifest()
    survived("fault", "built files with a flipped bit, cut off or emptied: found", count, count, HOW)


async def test_a_damaged_database_file_is_never_a_trace(data: Path) -> None:
    """SQLite keeps no sums of its pages: flips in words cannot be found so, but nothing breaks by them."""
    file, count = data / "offer.sqlite3", tries(10, 300)
    good = file.read_bytes()
    for bad in damaged(good, count, head=8_192):
        file.write_bytes(bad)
        for name in ("offer.sqlite3-wal", "offer.sqlite3-shm"):
            (data / name).unlink(missing_ok=True)
        lines, _ = await examine(Settings(data_dir=data))
        assert len(lines) >= 6
        assert not any("Traceback" in line for line in lines)
    survived("fault", "SQLite files with flipped bits: `doctor` says how it stands", count, count, HOW)


@slow
def test_serving_on_a_damaged_database_says_what_to_do(data: Path) -> None:
    file = data / "offer.sqlite3"
    file.write_bytes(file.read_bytes()[:100] + b"\x99" * 60_000)
    line = plain(command(data, "ready"))
    assert "local-offer restore" in line, line
    with running(data, ready=False) as service:
        page = service.get("/")
        assert page.status == 503 and "Please try again in a minute." in page.text
        assert not any(each in page.text for each in TRACES)
        assert json.loads(service.get("/readyz").text)["database"]["reachable"] is False
        assert service.get("/healthz").status == 200
