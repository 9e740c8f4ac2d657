"""A council's colour: what is refused, and that all that is mixed from the rest can be read."""

from itertools import product

import pytest

from offer.brand import PAPER, WHITE, Rgb, brand, contrast, nearest, passes
from offer.errors import PlainError
from tests.palette import PARTS, SCHEMES, WORDS, colour, declared, in_one_rule, meeting, rgb
from tests.templates.test_palette import built

_STEPS = range(0, 256, 51)
EVERYWHERE: list[Rgb] = [
    (red, green, blue) for red, green, blue in product(_STEPS, _STEPS, _STEPS)
]  # 216 of the 16 million


def test_our_own_colour_passes() -> None:
    assert brand("#155E63").colour == "#155e63"


@pytest.mark.parametrize("words", ["", "teal", "#15e", "155e63", "#155e6g", "#155e63;}", "red</style>"])
def test_what_is_no_colour_is_refused_with_the_way_to_write_one(words: str) -> None:
    with pytest.raises(PlainError, match="is not a colour") as refusal:
        brand(words)
    assert "#155e63" in str(refusal.value)


def test_a_colour_too_light_is_refused_with_a_near_one_that_passes() -> None:
    with pytest.raises(PlainError, match="too light") as refusal:
        brand("#ffcc00")
    offered = str(refusal.value).rsplit(" ", 1)[1]
    assert brand(offered).colour == offered
    red, green, blue = rgb(offered)
    assert red > green > blue  # still the same kind of yellow


@pytest.mark.parametrize("given", EVERYWHERE, ids=str)
def test_the_nearest_passes_and_is_the_colour_itself_where_that_does(given: Rgb) -> None:
    found = nearest(given)
    assert passes(found)
    assert (found == given) is passes(given)
    assert contrast(found, WHITE) >= 4.5
    assert contrast(found, PAPER) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_pair_keeps_its_contrast_under_every_colour(scheme: str) -> None:
    ours = built()
    for given in filter(passes, EVERYWHERE):
        sheet = brand("#{:02x}{:02x}{:02x}".format(*given)).sheet
        variables = declared(ours + sheet, scheme)
        for pairs, least in (({*meeting(WORDS), *in_one_rule()}, 4.5), (meeting(PARTS), 3.0)):
            for pair in pairs:
                ratio = contrast(*(colour(variables, name) for name in pair))
                assert ratio >= least, (given, pair, round(ratio, 2))


def test_the_contrast_is_that_of_the_guidelines() -> None:
    assert contrast(WHITE, (0, 0, 0)) == 21
    assert round(contrast(WHITE, (118, 118, 118)), 2) == 4.54  # the lightest grey that passes
    assert contrast((10, 20, 30), (10, 20, 30)) == 1
