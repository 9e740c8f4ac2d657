"""Postcode look-ups: time, size and private memory, beside SQLite with an integer key."""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from directory.places import Places
from directory.places.store import ROWS_OF_A_DIGIT, PackedStore
from tests.bench.edition import ON, places_file
from tests.bench.goals import Goal
from tests.bench.timing import ROUNDS, each, side_by_side

LOOKUPS = 5_000
SEED = 20261122
Code = tuple[str, str]


def goals() -> Iterator[Goal]:
    """Issue 2, and the targets of the places design."""
    path = places_file()
    places = Places.open(path)
    codes = _codes(places.store, LOOKUPS)
    typed = [_as_typed(number, *code) for number, code in enumerate(codes)]
    read = median(each(lambda text: places.read(text, ON), typed, rounds=3))
    yield Goal("postcode as typed to district and council, median", read, "µs", 10, issue=2)
    yield _against_sqlite(places.store, codes)
    yield Goal("postcode file", path.stat().st_size / 1e6, "MB", 25)
    yield Goal("private memory of the open postcode file", _private(path), "MB", 5)


def _codes(store: PackedStore, count: int) -> list[Code]:
    """Random postcodes, each as likely as any other."""
    chance = random.Random(SEED)
    boxes = list(store.outcodes.values())
    weights = [box.end - box.start for box in boxes]
    chosen = chance.choices(boxes, weights, k=count)
    return [(box.name, incode(store.incode[chance.randrange(box.start, box.end)])) for box in chosen]


def incode(number: int) -> str:
    """The incode that the packed file keeps as a number."""
    digit, letters = divmod(number, ROWS_OF_A_DIGIT)
    return f"{digit}{chr(65 + letters // 26)}{chr(65 + letters % 26)}"


def _as_typed(number: int, outcode: str, incode: str) -> str:
    forms = (
        f"{outcode} {incode}",
        f"{outcode}{incode}",
        f"{outcode} {incode}".lower(),
        f" {outcode}  {incode} ",
    )
    return forms[number % len(forms)]


def _against_sqlite(store: PackedStore, codes: list[Code]) -> Goal:
    """SQLite is handed its key ready made; ours starts from the two halves as text."""
    with TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "postcodes.sqlite3")
        base.execute("CREATE TABLE p (code INTEGER PRIMARY KEY, district INTEGER, y INTEGER, x INTEGER)")
        columns = zip(store.district, store.y, store.x, strict=True)
        base.executemany("INSERT INTO p VALUES (?, ?, ?, ?)", ((n, *row) for n, row in enumerate(columns)))
        base.commit()
        keys = {code: _place(store, code) for code in codes}
        ask = "SELECT district, y, x FROM p WHERE code = ?"
        ours, theirs, ratio = side_by_side(
            lambda code: store.find(*code), lambda code: base.execute(ask, (keys[code],)).fetchone(), codes
        )
        base.close()
    note = f"{ours:.1f} and {theirs:.1f} µs, {ROUNDS} rounds in turn"
    return Goal("packed look-up, of the time of SQLite's integer key", 1 / ratio, "times", 2, note=note)


def _place(store: PackedStore, code: Code) -> int:
    from bisect import bisect_left

    from directory.places.store import incode_number

    box = store.outcodes[code[0]]
    return bisect_left(store.incode, incode_number(code[1]), box.start, box.end)


_MEASURE = """
import re, sys
from pathlib import Path
from directory.places.store import PackedStore
def private():
    text = Path("/proc/self/smaps_rollup").read_text()
    return int(re.search(r"Anonymous: *([0-9]+)", text).group(1))
before = private()
store = PackedStore(Path(sys.argv[1]))
for box in store.outcodes.values():
    next(store.rows(box.name), None)
print(private() - before)
"""


def _private(path: Path) -> float | None:
    """Anonymous memory that opening the file and one look into each outcode add, in a fresh process."""
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    return int(done.stdout) / 1024
