"""A small country for tests: unit squares as districts, on whole numbers."""

import json
from collections.abc import Mapping, Sequence

from directory.outlines import Outlines
from directory.outlines.topology import topology

SCALE = (0.01, 0.01)


def square(x: int, y: int, size: int = 10) -> list[list[tuple[int, int]]]:
    """A polygon without holes."""
    return [[(x, y), (x + size, y), (x + size, y + size), (x, y + size)]]


BESIDE_E02 = [(20, 5200), (50, 5200), (50, 5230), (20, 5230), (20, 5210)]
COUNTRY: Mapping[str, Sequence[list[list[tuple[int, int]]]]] = {
    "E01": [square(0, 5200)],
    "E02": [square(10, 5200)],
    "E03": [[BESIDE_E02, square(30, 5210)[0][::-1]]],  # with a hole, which is E04
    "E04": [square(30, 5210)],
    "E05": [square(100, 5200), square(120, 5200)],  # two islands
}


def country() -> Outlines:
    """The outlines of the small country."""
    return Outlines(json.loads(topology(COUNTRY, SCALE, {"edition": "none"})))
