"""Drawing: frames, cuts, whole-number paths, and words where they fit."""

import re

import pytest

from directory.outlines.drawing import Wanted, draw, frame_of, wrapped
from directory.outlines.frame import Box, Canvas, clipped, path, scale_bar
from directory.outlines.labels import pole
from directory.outlines.plane import Spot
from tests.directory.outlines.squares import country
from tests.directory.outlines.test_shapes import inside

SQUARE = (Spot(0, 0), Spot(10, 0), Spot(10, 10), Spot(0, 10))
U_SHAPE = [(0, 0), (30, 0), (30, 30), (20, 30), (20, 5), (10, 5), (10, 30), (0, 30)]
HORSESHOE = tuple(Spot(*corner) for corner in U_SHAPE)


def ends(d: str) -> list[tuple[int, int]]:
    """The corners of a path of `M`, `l` and `z`."""
    corners = []
    for piece in re.findall(r"M([^z]*)z", d):
        start, _, rest = piece.partition("l")
        numbers = [int(number) for number in re.findall(r"-?\d+", rest)]
        x, y = map(int, re.findall(r"-?\d+", start))
        corners.append((x, y))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
    return corners


def test_a_path_is_the_outline_in_whole_numbers_with_north_up() -> None:
    canvas = Canvas(Box(0, 0, 20, 20), 200, left=5, top=7)
    assert canvas.height == 200
    assert ends(path([SQUARE], canvas)) == [(5, 207), (105, 207), (105, 107), (5, 107)]


def test_what_is_too_small_to_see_is_no_path() -> None:
    assert path([SQUARE], Canvas(Box(0, 0, 100_000, 100_000), 200)) == ""


def test_a_cut_keeps_what_lies_in_the_box() -> None:
    (ring,) = clipped([SQUARE], Box(5, -5, 50, 8))
    assert Box.around(ring) == Box(5, 0, 10, 8)
    assert clipped([SQUARE], Box(50, 50, 60, 60)) == ()
    assert clipped([SQUARE], Box(-1, -1, 11, 11)) == (SQUARE,)


@pytest.mark.parametrize("wide", [1.0, 3.0])
def test_words_stand_inside_even_a_horseshoe(wide: float) -> None:
    found = pole([HORSESHOE], wide)
    assert found is not None
    assert inside((HORSESHOE,), found.spot)
    assert found.reach > 1
    assert pole([]) is None


def test_a_long_name_finds_the_long_room() -> None:
    """A tall room is roomier for a letter; words need the flat one."""
    flat = tuple(Spot(*corner) for corner in [(0, 0), (40, 0), (40, 8), (12, 8), (12, 40), (0, 40)])
    letter, words = pole([flat]), pole([flat], 6)
    assert letter and words
    assert letter.spot.x < 12
    assert words.spot.y < 8 < letter.spot.y or words.spot.x > letter.spot.x


def test_the_first_label_that_fits_is_used_and_else_there_is_room_for_a_letter() -> None:
    outlines = country()
    canvas = Canvas(frame_of(outlines.rings(["E01", "E02"]), 0.1), 400)
    wanted = (
        Wanted("E01", ("E01",), (("A name much too long to be printed in it",), ("25",))),
        Wanted("E02", ("E02",), (("A name much too long to be printed in it",),), lettered=True),
        Wanted("E05", ("E05",), (("far away",),)),
    )
    first, second = draw(outlines, wanted, canvas, 20)
    assert (first.gss, first.words) == ("E01", ("25",))
    assert (second.words, second.roomy) == ((), True)
    assert all(0 <= spot <= 400 for each in (first, second) for spot in (each.x, each.y))


def test_names_are_wrapped_at_words_and_hyphens() -> None:
    assert wrapped("Lincoln") == (("Lincoln",),)
    assert wrapped("North Kesteven") == (("North Kesteven",), ("North", "Kesteven"))
    assert wrapped("Stockton-on-Tees")[1] == ("Stockton-", "on-Tees")
    assert wrapped("King's Lynn and West Norfolk")[-1] == ("King's", "Lynn", "and", "West", "Norfolk")


def test_the_scale_bar_is_a_round_number_of_miles() -> None:
    canvas = Canvas(Box(0, 0, 100, 100), 1000)
    miles, length = scale_bar(canvas, 0.3)
    assert miles == 10
    assert length == pytest.approx(161, abs=1)
    assert scale_bar(Canvas(Box(0, 0, 3, 3), 1000), 0.3)[0] == 1
