"""Shapes to TopoJSON: each common border is kept once, as an arc, and shapes are lists of arcs.

https://github.com/topojson/topojson-specification: an arc used backwards is written
as the complement of its number (~3 = -4).
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

Corner: TypeAlias = tuple[int, int]
Ring: TypeAlias = Sequence[Corner]  # its last corner joins its first, which is not repeated
Polygon: TypeAlias = Sequence[Ring]  # the outer ring, then the holes
Arc: TypeAlias = tuple[Corner, ...]


def topology(
    shapes: Mapping[str, Sequence[Polygon]], scale: tuple[float, float], about: Mapping[str, str]
) -> str:
    """The file's text, the same for the same shapes: one arc a line, then one district a line.

    The shapes cover the country: neighbours have the same corners along their border, and
    holes run the other way round. Corners are whole numbers of `scale` degrees (longitude, latitude).
    """
    meeting = _meeting_points(shapes)
    arcs: dict[Arc, int] = {}
    districts = [
        {"type": "MultiPolygon", "id": code, "arcs": [
            [[_numbered(arc, arcs) for arc in _cut(ring, meeting)] for ring in polygon]
            for polygon in shapes[code]
        ]}
        for code in sorted(shapes)
    ]  # fmt: skip
    head = {"type": "Topology", "about": about, "transform": {"scale": scale, "translate": (0, 0)}}
    return (
        f"{_short(head)[:-1]},\n"
        f'"arcs":[\n{_lines(map(_steps, arcs))}\n],\n'
        f'"objects":{{"districts":{{"type":"GeometryCollection","geometries":[\n{_lines(districts)}\n]}}}}}}\n'
    )


def _meeting_points(shapes: Mapping[str, Sequence[Polygon]]) -> frozenset[Corner]:
    """The corners at which three or more edges meet: arcs begin and end there."""
    beside: dict[Corner, set[Corner]] = defaultdict(set)
    for polygons in shapes.values():
        for ring in (ring for polygon in polygons for ring in polygon):
            for here, there in zip(ring, [*ring[1:], ring[0]], strict=True):
                beside[here].add(there)
                beside[there].add(here)
    return frozenset(corner for corner, others in beside.items() if len(others) > 2)


def _cut(ring: Ring, meeting: frozenset[Corner]) -> Iterator[Arc]:
    """The arcs of a ring, in its order; a ring that meets nothing is one arc from its least corner."""
    starts = [at for at, corner in enumerate(ring) if corner in meeting]
    first = starts[0] if starts else min(range(len(ring)), key=lambda at: ring[at])
    turned = [*ring[first:], *ring[:first], ring[first]]
    begin = 0
    for at, corner in enumerate(turned[1:], 1):
        if corner in meeting or at == len(turned) - 1:
            yield tuple(turned[begin : at + 1])
            begin = at


def _numbered(arc: Arc, arcs: dict[Arc, int]) -> int:
    back = arc[::-1]
    if back in arcs:
        return ~arcs[back]
    return arcs.setdefault(arc, len(arcs))


def _steps(arc: Arc) -> list[Corner]:
    """The first corner, then the way from each to the next."""
    return [arc[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(arc))]


def _lines(values: Any) -> str:
    return ",\n".join(map(_short, values))


def _short(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
