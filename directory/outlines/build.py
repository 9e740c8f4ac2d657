"""`make outlines`: the outlines of England's districts, from the packed postcode file (about 25 seconds).

Needs the extra `maps` (shapely and scipy); the result is committed, so that nobody else does.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from directory.outlines import FILE, plane
from directory.outlines.cells import Recipe, districts_of_cells
from directory.outlines.points import points_of
from directory.outlines.topology import Polygon, topology
from directory.places import Places

SCALE = (0.001, 0.0006)  # degrees of longitude and latitude: about 67 m each
NORTHERNMOST = 700.0  # km on the map: Scotland bounds England no further up
ENGLAND = "E"


def main(argv: Sequence[str]) -> int:
    """`python -m directory.outlines.build PLACES_FILE`: write the committed file."""
    places = Places.open_or_build(Path(argv[0]))
    header = places.store.header
    about = {
        "what": "Approximate areas of the districts of England, drawn round postcodes. Not legal boundaries.",
        "made by": "make outlines",
        **{name: header[name] for name in ("source", "edition", "licence")},
    }
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(outlines(points_of(places.store), about, Recipe()), "utf-8")
    sys.stdout.write(f"{FILE}: {FILE.stat().st_size:,} bytes\n")
    return 0


def outlines(points: Iterable[tuple[str, float, float]], about: Mapping[str, str], recipe: Recipe) -> str:
    """The TopoJSON text for (district, latitude, longitude) points; other nations only bound England."""
    number: dict[str, int] = {}
    codes, spots = [], []
    for district, lat, lon in points:
        spot = plane.to_plane(lat, lon)
        if spot.y < NORTHERNMOST:
            area = district if district.startswith(ENGLAND) else district[:1]
            codes.append(number.setdefault(area, len(number)))
            spots.append(spot)
    names = list(number)
    wanted = [name.startswith(ENGLAND) for name in names]
    shapes = districts_of_cells(np.array(spots) / recipe.step, np.array(codes), wanted, recipe)
    return topology(
        {names[code]: list(_polygons(shape, recipe.step)) for code, shape in shapes.items()}, SCALE, about
    )


def _polygons(shape: Any, step: float) -> Iterator[Polygon]:
    for part in shapely.get_parts(shape):
        yield [
            [_corner(x * step, y * step) for x, y in ring.coords[:-1]]
            for ring in (part.exterior, *part.interiors)
        ]


def _corner(x: float, y: float) -> tuple[int, int]:
    lat, lon = plane.to_degrees(x, y)
    return round(lon / SCALE[0]), round(lat / SCALE[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
