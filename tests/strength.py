"""How often each fault and attack is tried, and the table of them that stands in the docs.

`make test` tries each a few times, so that it stays quick. `make strength` sets STRENGTH=many: each
is tried as often as the docs say, notes what came of it in var/strength.jsonl, and at the end the
table in offer/pages/docs/strength.md takes up those notes. A row that this machine has no note of stays
as it was, with its day. Nothing stands in the table that was not run.
"""

import json
import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

MANY = os.environ.get("STRENGTH") == "many"
_ROOT = Path(__file__).parent.parent
_NOTES = _ROOT / "var" / "strength.jsonl"
_PAGE = _ROOT / "offer" / "pages" / "docs" / "strength.md"
_HEADING = "## Tried and survived\n"
_ROW = re.compile(r"^\| (\w+) \| (.+?) \| ([\d,]+) \| ([\d,]+) \| (.+?) \| `(.+?)` \|$", re.MULTILINE)


class Note(TypedDict):
    """What came of one of them: how often it was tried and survived, on which day, by which command."""

    kind: str
    what: str
    tried: int
    survived: int
    on: str
    how: str


def tries(few: int, many: int) -> int:
    """How often to try: `few` in `make test`, `many` in `make strength`."""
    return many if MANY else few


def survived(kind: str, what: str, tried: int, came_through: int, how: str) -> None:
    """`note` of what a test tried. Only `make strength` writes it down: a few tries prove little."""
    if MANY:
        note(kind, what, tried, came_through, how)


def note(kind: str, what: str, tried: int, came_through: int, how: str) -> None:
    """Notes what came of one fault, load or attack; later notes of the same name replace earlier ones.

    `kind` is "fault", "load" or "attack"; `how` is the command or test that anybody can run.
    """
    _NOTES.parent.mkdir(exist_ok=True)
    today = f"{datetime.now(UTC):%d %B %Y}"
    row = Note(kind=kind, what=what, tried=tried, survived=came_through, on=today, how=how)
    with _NOTES.open("a") as notes:
        notes.write(json.dumps(row) + "\n")


def table(notes: Sequence[Note]) -> str:
    """The notes as a Markdown table, the latest of each name, sorted by kind."""
    latest = {(note["kind"], note["what"]): note for note in notes}
    rows = [
        f"| {n['kind']} | {n['what']} | {n['tried']:,} | {n['survived']:,} | {n['on']} | `{n['how']}` |"
        for _, n in sorted(latest.items())
    ]
    return "\n".join(["| kind | what | tried | survived | on | how |", "|---|---|--:|--:|---|---|", *rows])


def rows_of(written: str) -> list[Note]:
    """The notes that a table of `table` was made of."""
    return [
        Note(kind=kind, what=what, tried=_count(tried), survived=_count(came_through), on=on, how=how)
        for kind, what, tried, came_through, on, how in _ROW.findall(written)
    ]


def _count(written: str) -> int:
    return int(written.replace(",", ""))


def write_page() -> None:
    """Puts the notes into the table in the docs, under its heading."""
    notes = [json.loads(line) for line in _NOTES.read_text().splitlines()]
    before, _, after = _PAGE.read_text().partition(_HEADING)
    stood, *rest = after.partition("\n## ")
    _PAGE.write_text(f"{before}{_HEADING}\n{table([*rows_of(stood), *notes])}\n{''.join(rest)}")


if __name__ == "__main__":
    write_page()
