"""Postcode look-ups side by side with what people would reach for first: SQLite, pandas and a dict.

Each peer is handed its key ready made and gives back district and position; ours starts from the
two halves as text. All in one run, round by round in turn.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from directory.places.store import ROWS_OF_A_DIGIT, PackedStore
from tests.bench.goals import Goal
from tests.bench.timing import ROUNDS, side_by_side

Code = tuple[str, str]
Lookup = Callable[[Code], object]


def against_peers(store: PackedStore, codes: Sequence[Code]) -> Iterator[Goal]:
    """One goal a peer. A peer that is not installed is a line that says so."""
    every = [f"{name} {end}" for name, end in _every_code(store)]
    yield from _against_sqlite(store, codes, every)
    yield _against_dict(store, codes, every)
    yield _against_pandas(store, codes, every)


def _against_dict(store: PackedStore, codes: Sequence[Code], every: Sequence[str]) -> Goal:
    """The quickest there is, and hundreds of megabytes in each process: shown, not a goal."""
    held = dict(zip(every, zip(store.district, store.y, store.x, strict=True), strict=True))
    ours, theirs, ratio = side_by_side(
        lambda code: store.find(*code), lambda code: held[" ".join(code)], codes
    )
    note = f"{ours:.1f} and {theirs:.1f} µs, {ROUNDS} rounds in turn"
    return Goal("packed look-up, of the time of a dict", 1 / ratio, "times", issue=4, note=note)


def _every_code(store: PackedStore) -> Iterator[Code]:
    for box in store.outcodes.values():
        for number in store.incode[box.start : box.end]:
            digit, letters = divmod(number, ROWS_OF_A_DIGIT)
            yield box.name, f"{digit}{chr(65 + letters // 26)}{chr(65 + letters % 26)}"


def _against_sqlite(store: PackedStore, codes: Sequence[Code], every: Sequence[str]) -> Iterator[Goal]:
    """With an integer key, worked out beforehand, and with the postcode itself as key."""
    numbers = {code: number for number, code in enumerate(every)}
    keys: dict[Code, int] = {code: numbers[" ".join(code)] for code in codes}
    with TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "postcodes.sqlite3")
        base.execute("PRAGMA mmap_size = 268435456")  # all of it in memory, as ours is
        for kind, values in (("INTEGER", range(len(every))), ("TEXT", every)):
            base.execute(f"CREATE TABLE p_{kind} (code {kind} PRIMARY KEY, district, y, x) {_form(kind)}")
            rows = zip(values, store.district, store.y, store.x, strict=True)
            base.executemany(f"INSERT INTO p_{kind} VALUES (?, ?, ?, ?)", rows)
        base.commit()
        yield _goal(store, codes, "SQLite's integer key", _sqlite(base, "INTEGER", keys.__getitem__))
        yield _goal(store, codes, "SQLite's text key", _sqlite(base, "TEXT", " ".join))
        base.close()


def _form(kind: str) -> str:
    return "WITHOUT ROWID" if kind == "TEXT" else ""


def _sqlite(base: sqlite3.Connection, kind: str, key: Callable[[Code], object]) -> Lookup:
    ask = f"SELECT district, y, x FROM p_{kind} WHERE code = ?"
    return lambda code: base.execute(ask, (key(code),)).fetchone()


def _against_pandas(store: PackedStore, codes: Sequence[Code], every: Sequence[str]) -> Goal:
    try:
        import pandas
    except ModuleNotFoundError:
        name = "packed look-up, times as fast as pandas"
        return Goal(name, None, "times", 1, most=False, issue=4, note="pandas is not installed: make bench")
    columns = {"district": list(store.district), "y": list(store.y), "x": list(store.x)}
    frame = pandas.DataFrame(columns, index=every, dtype="uint16")
    frame.loc[every[0]]  # builds its index now, not in the first round
    ours, theirs, ratio = side_by_side(
        lambda code: store.find(*code), lambda code: frame.loc[" ".join(code)], codes
    )
    note = f"{ours:.1f} and {theirs:.1f} µs, {ROUNDS} rounds in turn; pandas {pandas.__version__}"
    name = "packed look-up, times as fast as pandas"
    return Goal(name, ratio, "times", 1, most=False, issue=4, note=note)


def _goal(store: PackedStore, codes: Sequence[Code], peer: str, look: Lookup) -> Goal:
    ours, theirs, ratio = side_by_side(lambda code: store.find(*code), look, codes)
    note = f"{ours:.1f} and {theirs:.1f} µs, {ROUNDS} rounds in turn"
    return Goal(f"packed look-up, of the time of {peer}", 1 / ratio, "times", 2, issue=4, note=note)
