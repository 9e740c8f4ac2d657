"""Topic × age × district: where there is an offer of the council's own, only England's, or nothing. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from directory.topics import TOPICS
from offer.catalogue.coverage import BANDS, EXPECTED, Band, Reach

State = Literal["own", "some", "england", "none"]
# A shape and words for each: nothing is told by colour alone.
STATES: Mapping[State, tuple[str, str]] = {
    "own": ("●", "local offer"),
    "some": ("◐", "local offer in some districts"),
    "england": ("○", "only what holds all over England"),
    "none": ("▲", "nothing in some or all districts"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One topic for one band of ages. `local` of `districts` have an offer of their own.

    `without`: the districts without one, `nothing`: those in which there is nothing at all; by name.
    """

    band: Band
    state: State
    local: int
    districts: int
    without: tuple[str, ...]
    nothing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicCover:
    """One topic, with a cell for each band of ages."""

    topic: str
    title: str
    cells: tuple[Cell, ...]

    @property
    def has_hole(self) -> bool:
        """Whether somebody somewhere gets nothing of the council's own."""
        return any(cell.state != "own" for cell in self.cells)


def cover(reaches: Iterable[Reach]) -> tuple[TopicCover, ...]:
    """Every topic that is expected, in the order of topics."""
    listed = list(reaches)
    return tuple(
        TopicCover(slug, TOPICS[slug].title, tuple(_cell(listed, slug, band) for band in BANDS))
        for slug in TOPICS
        if slug in EXPECTED
    )


def _cell(reaches: Sequence[Reach], topic: str, band: Band) -> Cell:
    here = [each for each in reaches if each.band == band]
    local = sum(topic in each.local for each in here)
    without = tuple(each.district.name for each in here if topic not in each.local)
    nothing = tuple(each.district.name for each in here if topic not in each.every)
    return Cell(band, _state(local, len(here), nothing), local, len(here), without, nothing)


def _state(local: int, districts: int, nothing: Sequence[str]) -> State:
    if nothing:
        return "none"
    if local == districts:
        return "own"
    return "some" if local else "england"
