"""Where words fit inside an area: its pole of inaccessibility, measured in the shape of the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory.outlines.plane import Spot
from directory.outlines.shapes import Ring

Edge = tuple[float, float, float, float]

FIRST, AGAIN, TURNS = 7, 3, 4  # tries along a side: the whole area, then round the best, so many times
ROOM = 1.15  # the corners of a block of words are empty: it need not fit like a brick


@dataclass(frozen=True, slots=True)
class Pole:
    """The middle of the widest free room in an area; `reach` is half its height, in km."""

    spot: Spot
    reach: float

    def holds(self, height: float) -> bool:
        """Whether a block of words of that height fits, in km."""
        return self.reach >= ROOM * height / 2


def pole(rings: Sequence[Ring], wide: float = 1.0) -> Pole | None:
    """The pole of an area for words `wide` times as wide as high; None for an empty area.

    Sideways distances count 1/`wide`, so that a flat block finds a flat room.
    """
    edges = [edge for ring in rings for edge in _edges(ring, wide)]
    if not edges:
        return None
    west, east = min(e[0] for e in edges), max(e[0] for e in edges)
    south, north = min(e[1] for e in edges), max(e[1] for e in edges)
    best = _best(edges, ((west + east) / 2, (south + north) / 2), (east - west, north - south), FIRST)
    span = (east - west) / (FIRST - 1), (north - south) / (FIRST - 1)
    for _ in range(TURNS):
        best = max(best, _best(edges, best[1], span, AGAIN))
        span = span[0] / 2, span[1] / 2
    reach, (x, y) = best
    return Pole(Spot(x * wide, y), reach)


def _edges(ring: Ring, wide: float) -> list[Edge]:
    flat = [(x / wide, y) for x, y in ring]
    return [(*here, *there) for here, there in zip(flat, [*flat[1:], flat[0]], strict=True)]


def _best(
    edges: Sequence[Edge], middle: tuple[float, float], size: tuple[float, float], tries: int
) -> tuple[float, tuple[float, float]]:
    """The best of `tries` × `tries` spots over a rectangle, with its distance."""
    along = [number / (tries - 1) - 0.5 for number in range(tries)]
    spots = [(middle[0] + size[0] * x, middle[1] + size[1] * y) for y in along for x in along]
    return max((_depth(edges, x, y), (x, y)) for x, y in spots)


def _depth(edges: Sequence[Edge], x: float, y: float) -> float:
    """Distance to the nearest edge, negative outside."""
    inside, nearest = False, float("inf")
    for ax, ay, bx, by in edges:
        dx, dy = bx - ax, by - ay
        if (ay > y) != (by > y) and x < ax + (y - ay) / dy * dx:
            inside = not inside
        length = dx * dx + dy * dy
        share = ((x - ax) * dx + (y - ay) * dy) / length if length else 0.0
        share = 0.0 if share < 0 else min(share, 1.0)
        away = (ax + share * dx - x) ** 2 + (ay + share * dy - y) ** 2
        nearest = min(nearest, away)
    return float(nearest**0.5) if inside else -float(nearest**0.5)
