"""Making the outlines, on a small country of invented postcodes (needs the extra `maps`)."""

import json
import random

import pytest

pytest.importorskip("shapely", reason="only `make outlines` needs it: pip install the extra `maps`")
pytest.importorskip("scipy", reason="only `make outlines` needs it: pip install the extra `maps`")

from directory.outlines import Outlines, to_plane
from directory.outlines.build import outlines
from directory.outlines.cells import Recipe
from directory.outlines.plane import to_degrees
from tests.directory.outlines.test_shapes import inside


def postcodes() -> list[tuple[str, float, float]]:
    """Two districts side by side, Wales to the west, and one postcode that stands where it should not."""
    chosen = random.Random(1)
    found = []
    for _ in range(6000):
        x, y = chosen.uniform(400, 430), chosen.uniform(300, 315)
        district = "W06000001" if x < 410 else "E07000001" if x < 420 else "E07000002"
        found.append((district, *to_degrees(x, y)))
    return [*found, ("E07000001", *to_degrees(425, 307))]


def test_the_same_points_give_the_same_bytes() -> None:
    assert outlines(postcodes(), {}, Recipe()) == outlines(postcodes(), {}, Recipe())


def test_only_english_districts_are_drawn_each_round_its_own_postcodes() -> None:
    made = Outlines(json.loads(outlines(postcodes(), {}, Recipe())))
    assert made.codes == ("E07000001", "E07000002")
    assert made.neighbours(["E07000001"]) == ("E07000002",)
    points = [(code, to_plane(lat, lon)) for code, lat, lon in postcodes()[:-1]]
    for code in made.codes:
        rings = made.rings([code])
        assert len(rings) == 1  # a stray postcode makes no island
        own = [inside(rings, spot) for each, spot in points if each == code]
        others = [inside(rings, spot) for each, spot in points if each != code]
        assert sum(own) / len(own) > 0.93
        assert sum(others) / len(others) < 0.04
