"""The committed outlines: districts as arcs, so that merging two and finding neighbours is counting arcs."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Self, TypeAlias

from directory.outlines.plane import Spot, to_plane

FILE = Path(__file__).parent / "data" / "districts.topojson"

Ring: TypeAlias = tuple[Spot, ...]  # km on the map; its last corner joins its first


class Outlines:
    """The shapes of districts by their GSS codes; immutable, shared by all."""

    def __init__(self, file: Mapping[str, Any]) -> None:
        """`file` is a TopoJSON topology whose object "districts" has an id each (see `topology`)."""
        self.about: Mapping[str, str] = file["about"]
        east, north = file["transform"]["scale"]
        self._arcs = tuple(tuple(_walked(arc, east, north)) for arc in file["arcs"])
        self._uses = {
            each["id"]: tuple(arc for polygon in each["arcs"] for ring in polygon for arc in ring)
            for each in file["objects"]["districts"]["geometries"]
        }

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Self:
        """The outlines that come with the service, read once: about 20 ms."""
        return cls(json.loads(FILE.read_text("utf-8")))

    @property
    def codes(self) -> tuple[str, ...]:
        """The districts there are, by code."""
        return tuple(self._uses)

    def rings(self, codes: Iterable[str]) -> tuple[Ring, ...]:
        """One area of several districts: its outer rings and holes, without the borders inside it.

        A code we have no outline of adds nothing.
        """
        used = [arc for code in codes for arc in self._uses.get(code, ())]
        inside = set(used)
        return tuple(_joined([self._walk(arc) for arc in used if ~arc not in inside]))

    def neighbours(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The districts that share a border with any of these, by code."""
        given = set(codes)
        backwards = {~arc for code in given for arc in self._uses.get(code, ())}
        return tuple(c for c, arcs in self._uses.items() if c not in given and not backwards.isdisjoint(arcs))

    def _walk(self, arc: int) -> Ring:
        return self._arcs[arc] if arc >= 0 else self._arcs[~arc][::-1]


def _walked(steps: Sequence[Sequence[int]], east: float, north: float) -> Iterator[Spot]:
    """The corners of an arc that is written as a start and the steps from it."""
    x = y = 0
    for across, up in steps:
        x, y = x + across, y + up
        yield to_plane(y * north, x * east)


def _joined(arcs: Sequence[Ring]) -> Iterator[Ring]:
    """Arcs end to end as rings. Where four meet either way round covers the same area."""
    waiting: dict[Spot, list[Ring]] = defaultdict(list)
    for arc in arcs:
        waiting[arc[0]].append(arc)
    for first in arcs:
        ring: list[Spot] = []
        at = first[0]
        while waiting[at]:
            arc = waiting[at].pop(0)
            ring.extend(arc[:-1])
            at = arc[-1]
        if ring:
            yield tuple(ring)
