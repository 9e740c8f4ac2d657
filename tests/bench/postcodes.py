"""Postcode look-ups: time, size and private memory, beside SQLite, pandas and a dict."""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from directory.coverage import Hub, coverage
from directory.places import Places
from directory.places.store import ROWS_OF_A_DIGIT, PackedStore
from tests.bench.edition import ON, places_file
from tests.bench.goals import Goal
from tests.bench.postcode_peers import against_peers
from tests.bench.timing import each

LOOKUPS = 5_000
SEED = 20261122
Code = tuple[str, str]


def goals() -> Iterator[Goal]:
    """Issues 2 and 4, and the targets of the places design."""
    path = places_file()
    places = Places.open(path)
    codes = _codes(places.store, LOOKUPS)
    typed = [_as_typed(number, *code) for number, code in enumerate(codes)]
    read = median(each(lambda text: places.read(text, ON), typed, rounds=3))
    yield Goal("postcode as typed to district and council, median", read, "µs", 10, issue=2)
    found = median(each(lambda code: places.store.find(*code), codes, rounds=3))
    yield Goal("full postcode to district and point in the packed file, median", found, "µs", 10, issue=4)
    yield Goal("postcode file", path.stat().st_size / 1e6, "MB", 25, issue=4)
    yield Goal("private memory of the open postcode file", _private(path), "MB", 5, issue=4)
    yield from against_peers(places.store, codes)
    points = [(row.lat, row.lon) for code in codes[:500] if (row := places.store.find(*code)) and row.lat]
    at = median(each(lambda point: places.at(point[0], point[1] or 0.0, ON), points, rounds=1)) / 1000
    yield Goal("district of where a phone is, median", at, "ms", issue=4)
    yield _coverage(places)


def _coverage(places: Places) -> Goal:
    """All of England with a hub in each tenth town: what the first look at an edition costs."""
    towns = [town for town in places.store.all_towns() if town.district.startswith("E")][::10]
    hubs = [
        Hub(str(number), town.name, frozenset({town.district}), (town.lat, town.lon))
        for number, town in enumerate(towns)
    ]
    started = perf_counter()
    coverage(places, hubs, ON)
    note = f"{len(hubs)} hubs, all districts"
    return Goal("how far people live from hubs, computed", perf_counter() - started, "s", issue=4, note=note)


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
