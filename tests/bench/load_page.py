"""What `make load` measured, kept in var/load.json, and the tables of it that stand in the docs."""

import json
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.edition import ROOT
from tests.bench.goals import Goal, number

_NOTES = ROOT / "var" / "load.json"
_PAGE = ROOT / "offer" / "pages" / "docs" / "strength.md"
_HEADING = "### What it measured\n"


@dataclass(frozen=True, slots=True)
class Conditions:
    """When, on how many cores, and the load average before and after."""

    on: str
    cores: int
    before: float
    after: float

    def __str__(self) -> str:
        load = f"load average {self.before:.1f} before, {self.after:.1f} after"
        return f"{self.on}, {self.cores} shared cores, Python {platform.python_version()}, SQLite; {load}"


def noted(goals: Iterable[Goal], here: Conditions, notes: Path = _NOTES) -> None:
    """Keeps what was measured; of what was measured before, each stays until it is measured again."""
    kept = json.loads(notes.read_text()) if notes.is_file() else {}
    kept |= {goal.name: {"goal": asdict(goal), "on": str(here)} for goal in goals}
    notes.parent.mkdir(exist_ok=True)
    notes.write_text(json.dumps(kept, indent=1))


def write_page(notes: Path = _NOTES, page: Path = _PAGE) -> None:
    """Puts what is kept into the docs, under its heading."""
    kept = [(Goal(**each["goal"]), each["on"]) for each in json.loads(notes.read_text()).values()]
    before, found, after = page.read_text("utf-8").partition(_HEADING)
    assert found, "the page has the heading"
    end = after.index("\n#")
    page.write_text(f"{before}{_HEADING}\n{section(kept)}\n{after[end:]}", "utf-8")


def section(kept: Sequence[tuple[Goal, str]]) -> str:
    """All that was measured as Markdown: when, the rates, then each goal."""
    rates = [(goal, on) for goal, on in kept if goal.limit is None]
    goals = [(goal, on) for goal, on in kept if goal.limit is not None]
    dates = list(dict.fromkeys(on for _, on in kept))
    runs = [f"- Run {at}: {on}." for at, on in enumerate(dates, 1)]
    of = {on: at for at, on in enumerate(dates, 1)}
    return "\n".join(
        [
            *runs,
            "",
            "| what | a second of one core | run | with eight connections at once |",
            "|---|--:|--:|---|",
            *(f"| {goal.name} | {number(goal.got or 0)} | {of[on]} | {goal.note} |" for goal, on in rates),
            "",
            "| goal | wanted | measured | | run | |",
            "|---|--:|--:|---|--:|---|",
            *(_goal(goal, of[on]) for goal, on in goals),
        ]
    )


def _goal(goal: Goal, run: int) -> str:
    wanted = f"{'at most' if goal.most else 'at least'} {number(goal.limit or 0)} {goal.unit}".strip()
    got = "–" if goal.got is None else f"{number(goal.got)} {goal.unit}".strip()
    return f"| {goal.name} | {wanted} | {got} | {goal.verdict.lower()} | {run} | {goal.note} |"


if __name__ == "__main__":
    write_page()
