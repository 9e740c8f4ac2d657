"""Areas with words in them, as SVG paths and places for text; the same input is drawn once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from directory.outlines.frame import Box, Canvas, clipped, path
from directory.outlines.labels import pole
from directory.outlines.shapes import Outlines, Ring
from directory.places import Places

LETTER = 0.56  # of the size of the text: an average letter's width
LINE = 1.1  # of the size of the text: from one line to the next
LEAST = 0.55  # of the size of the text: less room than this and not even a letter is read
SEAM = 8  # units by which a cut runs outside the drawing, so that its line is not seen

Words = tuple[str, ...]  # the lines of a label


@dataclass(frozen=True, slots=True)
class Wanted:
    """An area to draw: its code, the outlines it is made of, and its labels, the best first.

    `lettered`: where no label fits, find the best spot for a letter.
    """

    gss: str
    codes: tuple[str, ...]
    labels: tuple[Words, ...] = ()
    lettered: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """An area as drawn. `words` is the first label that fits, () where none does.

    `x`, `y` is the middle of the words, or of the roomiest spot; `roomy` whether a number is read there.
    """

    gss: str
    path: str
    words: Words
    x: int
    y: int
    roomy: bool


def members(places: Places, outlines: Outlines, on: date) -> Mapping[str, tuple[str, ...]]:
    """Each district of that day with the codes of the outlines it is made of: merged ones have several."""
    found: dict[str, tuple[str, ...]] = {}
    for code in outlines.codes:
        now = places.areas.current(code, on)
        found[now] = (*found.get(now, ()), code)
    return found


def frame_of(rings: Iterable[Ring], margin: float, tallest: float = 1.25) -> Box:
    """The box round an area with a share of itself as margin, and a shape that suits a phone held upright."""
    box = Box.around(spot for ring in rings for spot in ring)
    box = box.grown(margin * max(box.width, box.height))
    return box.at_least(box.height / tallest, box.width / 1.6)


def draw(outlines: Outlines, wanted: Iterable[Wanted], canvas: Canvas, size: int) -> tuple[Drawn, ...]:
    """Every area that is to be seen on the canvas, with text `size` units high."""
    boxes = _boxes(outlines)
    near = (area for area in wanted if any(c in boxes and boxes[c].meets(canvas.box) for c in area.codes))
    return _all_drawn(outlines, tuple(near), canvas, size)


@lru_cache(maxsize=2)
def _boxes(outlines: Outlines) -> Mapping[str, Box]:
    """The box round each district's outline, by code."""
    return {
        code: Box.around(spot for ring in outlines.rings([code]) for spot in ring) for code in outlines.codes
    }


@lru_cache(maxsize=256)
def _all_drawn(
    outlines: Outlines, wanted: tuple[Wanted, ...], canvas: Canvas, size: int
) -> tuple[Drawn, ...]:
    seam = canvas.box.grown(SEAM / canvas.scale)
    drawn = []
    for area in wanted:
        rings = clipped(outlines.rings(area.codes), seam)
        seen = path(rings, canvas)
        if seen:
            drawn.append(_drawn(area, seen, clipped(rings, canvas.box), canvas, size))
    return tuple(drawn)


def _drawn(area: Wanted, seen: str, rings: Sequence[Ring], canvas: Canvas, size: int) -> Drawn:
    for words in area.labels:
        wide, high = (units / canvas.scale for units in _extent(words, size))
        room = pole(rings, wide / high) if _may_hold(rings, wide, high) else None
        if room and room.holds(high):
            return Drawn(area.gss, seen, words, *canvas.at(room.spot), roomy=True)
    room = pole(rings) if area.lettered else None
    if room is None:
        return Drawn(area.gss, seen, (), 0, 0, roomy=False)
    return Drawn(area.gss, seen, (), *canvas.at(room.spot), roomy=room.reach * canvas.scale >= LEAST * size)


def _may_hold(rings: Sequence[Ring], wide: float, high: float) -> bool:
    """Whether it is worth looking for room: most that are too small are seen to be so at once."""
    box = Box.around(spot for ring in rings for spot in ring) if rings else None
    return box is not None and box.width >= wide and box.height >= high


def _extent(words: Words, size: int) -> tuple[float, float]:
    """Width and height of lines of text, in units."""
    return max(map(len, words)) * LETTER * size, len(words) * LINE * size


def wrapped(name: str) -> tuple[Words, ...]:
    """A name on one line, on two and on one a word: "North Kesteven"; "North", "Kesteven"."""
    parts = name.replace("-", "- ").split()
    ways: list[Words] = [(name,)]
    if len(parts) > 1:
        cut = min(range(1, len(parts)), key=lambda at: max(map(len, _halves(parts, at))))
        ways.append(_halves(parts, cut))
    if len(parts) > 2:
        ways.append(tuple(parts))
    return tuple(ways)


def _halves(parts: Sequence[str], cut: int) -> Words:
    return _line(parts[:cut]), _line(parts[cut:])


def _line(parts: Sequence[str]) -> str:
    return " ".join(parts).replace("- ", "-")
