"""What an import did, or would do, in plain lines: first what a person should look at, then the counts."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from directory.openreferral.likeness import Likeness
from offer.openreferral.merging import Difference

MOST = 100  # lines of one sort
_VALUE = 80  # characters of a value


@dataclass(slots=True)
class ImportReport:
    """`bad`: records of the feed that became nothing. `doubts`: what a person must look at in a draft."""

    feed: str
    dry_run: bool = False
    notes: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    alike: list[Likeness] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    stopped: str = ""

    def keep(self, name: str, differences: Iterable[Difference]) -> None:
        """What staff have changed stays: say what the feed has instead."""
        for each in differences:
            ours, theirs = _short(each.ours), _short(each.theirs)
            self.kept.append(f"{name}: {each.field} stays {ours}; the feed says {theirs}")

    def lines(self) -> list[str]:
        """The whole report."""
        said = list(self._said())
        if self.stopped:
            said.append(f"stopped early: {self.stopped}")
        counts = (
            f"{len(self.new)} new, {len(self.changed)} changed, {self.unchanged} as before, "
            f"{len(self.bad)} not usable, {len(self.missed)} missing, {len(self.withdrawn)} withdrawn"
        )
        end = "nothing was written: this was a dry run" if self.dry_run else "all wait as drafts"
        return [*said, f"{counts}; {end}"]

    def _said(self) -> Iterator[str]:
        yield from _few("the feed", self.notes)
        yield from _few("not usable", self.bad)
        yield from _few("new", self.new)
        yield from _few("changed", self.changed)
        yield from _few("look at", self.doubts)
        yield from _few("kept as staff have it", self.kept)
        yield from _few("may be the same", [str(each) for each in self.alike])
        yield from _few("gone from the feed, withdrawn if it is gone next time too", self.missed)
        yield from _few("withdrawn", self.withdrawn)
        yield from _few("changed by somebody meanwhile, left for the next import", self.waiting)


def _few(what: str, lines: list[str]) -> Iterator[str]:
    yield from (f"{what}: {line}" for line in lines[:MOST])
    if len(lines) > MOST:
        yield f"{what}: and {len(lines) - MOST} more"


def _short(value: Any) -> str:
    if value is None:
        return "empty"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _VALUE else f"{text[: _VALUE - 1]}…"
