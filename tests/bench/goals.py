"""One goal of the issues: what was wanted, what was measured, and whether it was met."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """`got` is None where it could not be measured here: `note` says why. `limit` None: only shown.

    `most` tells whether the limit is the most (a time, a size) or the least (a ratio) that meets the goal.
    """

    name: str
    got: float | None
    unit: str
    limit: float | None = None
    most: bool = True
    issue: int | None = None  # the issue that names the goal
    note: str = ""

    @property
    def met(self) -> bool | None:
        """None where there is no limit, or nothing was measured."""
        if self.got is None or self.limit is None:
            return None
        return self.got <= self.limit if self.most else self.got >= self.limit

    @property
    def verdict(self) -> str:
        """In one word."""
        if self.got is None:
            return "not measured"
        return {True: "met", False: "MISSED", None: "shown"}[self.met]

    def row(self) -> Sequence[str]:
        """The cells of the table."""
        sign = "" if self.limit is None else f"{'≤' if self.most else '≥'} {number(self.limit)} {self.unit}"
        got = "–" if self.got is None else f"{number(self.got)} {self.unit}"
        issue = "" if self.issue is None else f"#{self.issue}"
        return self.verdict, issue, self.name, got, sign, self.note

    def as_json(self) -> dict[str, Any]:
        """The goal as it stands in bench.json."""
        return {**asdict(self), "met": self.met}


def table(goals: Iterable[Goal]) -> list[str]:
    """All goals as aligned lines; the note stands last and may be long."""
    rows = [("", "issue", "what", "measured", "goal", ""), *(goal.row() for goal in goals)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return ["  ".join([*map(str.ljust, row, widths), row[5]]).rstrip() for row in rows]


def number(value: float) -> str:
    """A figure as short as it can be read."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}" if value >= 10 else f"{value:.3g}"
