"""Which districts share a border."""

from datetime import date

from directory.outlines.drawing import members
from directory.outlines.shapes import Outlines
from directory.places import Places


def next_door(places: Places, district: str, on: date) -> frozenset[str]:
    """The codes of the districts that share a border with one on that day."""
    outlines = Outlines.load()
    made_of = members(places, outlines, on)
    found = outlines.neighbours(made_of.get(district, ()))
    return frozenset(places.areas.current(code, on) for code in found)
