"""Outlines of England's districts, drawn round postcodes: approximate, to be looked at, not legal boundaries.

`directory/outlines/data/districts.topojson` is ours, derived from the ONS postcode list and
committed; `make outlines` makes it again (module `build`, make time only). The rest is pure
and needs the standard library alone: shapes by code, clipped to a frame, as SVG paths.
"""

from directory.outlines.plane import Spot, to_plane
from directory.outlines.shapes import FILE, Outlines

__all__ = ["FILE", "Outlines", "Spot", "to_plane"]
