"""Near or not, against the geodesic itself."""

import random

import pytest
from geopy.distance import geodesic

from directory.openreferral.nearness import PlaceBand

CHANCE = random.Random(3)
PLACES = [(number, (CHANCE.uniform(49.9, 60.8), CHANCE.uniform(-7.5, 1.7))) for number in range(800)]


@pytest.mark.parametrize("metres", [0, 500, 5_000, 50_000, 300_000, 900_000])
@pytest.mark.parametrize("here", [(53.23, -0.54), (54.77, -1.57), (50.1, -5.5), (60.1, -1.2)])
def test_it_is_what_the_geodesic_says(here: tuple[float, float], metres: float) -> None:
    close = [(900 + at, (here[0] + at * 0.004, here[1] - at * 0.003)) for at in range(12)]
    places = PLACES + close
    expected = {number for number, point in places if geodesic(here, point).meters <= metres}
    assert set(PlaceBand(places).within(here, metres)) == expected


def test_the_edge_is_measured() -> None:
    here, there = (53.23, -0.54), (53.26, -0.50)
    true = geodesic(here, there).meters
    band = PlaceBand([(1, there)])
    assert list(band.within(here, true + 0.01)) == [1]
    assert list(band.within(here, true - 0.01)) == []
