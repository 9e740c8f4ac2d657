"""What part of the map is drawn, and how its km become the whole numbers of an SVG."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from directory.outlines.plane import Spot
from directory.outlines.shapes import Ring

KM_IN_A_MILE = 1.609344


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the map, in km."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, spots: Iterable[Spot]) -> Self:
        """The smallest that holds every spot; there must be one."""
        xs, ys = zip(*spots, strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    @property
    def width(self) -> float:
        """Km from west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Km from south to north."""
        return self.north - self.south

    def grown(self, by: float) -> "Box":
        """Larger by so many km on each side."""
        return Box(self.west - by, self.south - by, self.east + by, self.north + by)

    def at_least(self, width: float, height: float) -> "Box":
        """The same middle, no narrower and no lower than told."""
        x, y = max(0.0, width - self.width) / 2, max(0.0, height - self.height) / 2
        return Box(self.west - x, self.south - y, self.east + x, self.north + y)

    def meets(self, other: "Box") -> bool:
        """Whether the two have something in common."""
        across = self.west <= other.east and other.west <= self.east
        return across and self.south <= other.north and other.south <= self.north

    def holds(self, spot: Spot) -> bool:
        """Whether a spot lies inside."""
        return self.west <= spot.x <= self.east and self.south <= spot.y <= self.north


@dataclass(frozen=True, slots=True)
class Canvas:
    """A box drawn so many units wide, its north-west corner at `left`, `top`; y grows downwards."""

    box: Box
    width: int
    left: int = 0
    top: int = 0

    @property
    def scale(self) -> float:
        """Units a km."""
        return self.width / self.box.width

    @property
    def height(self) -> int:
        """Units from north to south."""
        return round(self.box.height * self.scale)

    def at(self, spot: Spot) -> tuple[int, int]:
        """A spot's place in the drawing."""
        x = (spot.x - self.box.west) * self.scale
        y = (self.box.north - spot.y) * self.scale
        return self.left + round(x), self.top + round(y)


def clipped(rings: Iterable[Ring], box: Box) -> tuple[Ring, ...]:
    """The part of an area inside a box; cuts run along its sides, so grow it if they are not to be seen."""
    sides: tuple[Side, ...] = (
        (0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1),
    )  # fmt: skip
    left = tuple(rings)
    for side in sides:
        left = tuple(cut for ring in left if len(cut := tuple(_cut(ring, side))) > 2)
    return left


Side = tuple[int, float, int]  # which coordinate, where the line runs, +1 to keep what is above it


def _cut(ring: Ring, side: Side) -> Iterator[Spot]:
    """Sutherland and Hodgman's: what lies on one side of a line (1974)."""
    axis, line, sign = side
    before = ring[-1]
    for spot in ring:
        was, is_ = (before[axis] - line) * sign >= 0, (spot[axis] - line) * sign >= 0
        if was != is_:
            share = (line - before[axis]) / (spot[axis] - before[axis])
            yield Spot(before.x + share * (spot.x - before.x), before.y + share * (spot.y - before.y))
        if is_:
            yield spot
        before = spot


def path(rings: Iterable[Ring], canvas: Canvas) -> str:
    """The `d` of an SVG path, in whole numbers and relative steps; "" where nothing is left to see."""
    return "".join(_closed([canvas.at(spot) for spot in ring]) for ring in rings)


def _closed(corners: Sequence[tuple[int, int]]) -> str:
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(corners)]
    seen = [step for step in steps if step != (0, 0)]
    if len(seen) < 2:
        return ""
    return f"M{_pair(*corners[0])}l{_chained(seen)}z"


def _chained(steps: Sequence[tuple[int, int]]) -> str:
    """Pairs one after the other; a minus sign parts numbers as well as a space does."""
    return " ".join(_pair(*step) for step in steps).replace(" -", "-")


def _pair(x: int, y: int) -> str:
    return f"{x} {y}".replace(" -", "-")


def scale_bar(canvas: Canvas, longest: float) -> tuple[int, int]:
    """A round number of miles and its length in units, at most `longest` of the width (0 to 1)."""
    room = canvas.box.width * longest / KM_IN_A_MILE
    miles = max((m for m in (1, 2, 5, 10, 20, 50, 100) if m <= room), default=1)
    return miles, round(miles * KM_IN_A_MILE * canvas.scale)
