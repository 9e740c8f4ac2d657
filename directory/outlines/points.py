"""The postcodes that the outlines are drawn round, and checked against."""

from collections.abc import Iterator

from directory.places.store import PackedStore


def points_of(store: PackedStore) -> Iterator[tuple[str, float, float]]:
    """District, latitude and longitude of every postcode in use in Great Britain that has a point."""
    for outcode in store.outcodes:
        for row in store.rows(outcode):
            if row.live and row.lat is not None and row.lon is not None and row.district[:1] in "ESW":
                yield row.district, row.lat, row.lon
