"""A council's own colour, worked out from one: the style sheet that lays it over our palette.

Pure. The colour must carry white words and stand out from the page; everything else (hover, wash,
the dark scheme) is mixed from it, and stays within the contrasts of WCAG 2.2. The variables are
those of templates/css/palette.css; tests/offer/test_brand.py holds every pair of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from offer.errors import PlainError

Rgb = tuple[int, int, int]

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
PAPER, DARK_PAPER = (255, 253, 249), (17, 25, 28)  # --app-paper by day and in the dark
WORDS = 4.5  # WCAG 2.2, 1.4.3: words against what they stand on
PARTS = 3.0  # WCAG 2.2, 1.4.11: a button against the page
DEEP_BAR, LIT_BUTTON = 11.0, 8.0  # the dark scheme: white on the bar, a button on the page
_STEPS = 100


@dataclass(frozen=True, slots=True)
class Brand:
    """A colour that passed. `sheet` is the style sheet that redefines our palette with it."""

    colour: str  # "#155e63"
    bar: str  # the darker shade behind the service's name
    sheet: str


def brand(colour: str) -> Brand:
    """The brand of a colour such as "#6b2c91".

    Raises PlainError for what is no such colour, and for one that nobody could read white words
    on: then with the nearest darker colour that passes.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise PlainError(f"BRAND_COLOUR “{colour[:20]}” is not a colour.", "Write it like this: #155e63")
    given = _read(colour)
    if not passes(given):
        ratio = contrast(given, WHITE)
        raise PlainError(
            f"BRAND_COLOUR {colour} is too light: white words on it have a contrast of {ratio:.1f} to 1, "
            f"and need {WORDS} to 1.",
            f"The nearest colour that passes: {_written(nearest(given))}",
        )
    return Brand(colour.lower(), _written(_day(given)["bar"]), _sheet(given))


def passes(colour: Rgb) -> bool:
    """Whether white words can be read on it, and it stands out from the page."""
    return contrast(colour, WHITE) >= WORDS and contrast(colour, PAPER) >= PARTS


def nearest(colour: Rgb) -> Rgb:
    """The colour itself, or its first darker shade that passes."""
    return next(shade for shade in _shades(colour, BLACK) if passes(shade))


def contrast(one: Rgb, other: Rgb) -> float:
    """WCAG's contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _sheet(colour: Rgb) -> str:
    """Four layers: by day, in the dark, and the quiet edges where nobody asks for more contrast."""
    day, dark = _day(colour), _dark(colour)
    calm = "(prefers-contrast: no-preference)"
    return (
        _rule(day)
        + f"@media screen and (prefers-color-scheme: dark){{{_rule(dark)}}}"
        + f"@media {calm}{{{_rule({'edge': _mixed(colour, WHITE, 0.6)})}}}"
        + f"@media screen and (prefers-color-scheme: dark) and {calm}"
        + f"{{{_rule({'edge': _mixed(dark['go'], DARK_PAPER, 0.6)})}}}"
    )


def _day(colour: Rgb) -> Mapping[str, Rgb]:
    return {
        "bar": _mixed(colour, BLACK, 0.25),
        "go": colour,
        "go-over": _mixed(colour, BLACK, 0.2),
        "go-under": _mixed(colour, BLACK, 0.45),
        "go-ink": WHITE,
        "soft": _mixed(colour, WHITE, 0.94),
        "wash": _mixed(colour, WHITE, 0.88),
        "wash-over": _mixed(colour, WHITE, 0.8),
        "wash-ink": _mixed(colour, BLACK, 0.4),
    }


def _dark(colour: Rgb) -> Mapping[str, Rgb]:
    lit = next(tint for tint in _shades(colour, WHITE) if contrast(tint, DARK_PAPER) >= LIT_BUTTON)
    return {
        "bar": next(shade for shade in _shades(colour, BLACK) if contrast(shade, WHITE) >= DEEP_BAR),
        "go": lit,
        "go-over": _mixed(lit, WHITE, 0.3),
        "go-under": _mixed(lit, BLACK, 0.5),
        "go-ink": _mixed(lit, BLACK, 0.88),
        "soft": _mixed(lit, DARK_PAPER, 0.95),
        "wash": _mixed(lit, DARK_PAPER, 0.88),
        "wash-over": _mixed(lit, DARK_PAPER, 0.8),
        "wash-ink": _mixed(lit, WHITE, 0.6),
    }


def _rule(colours: Mapping[str, Rgb]) -> str:
    lines = (f"--app-{name}:{_written(colour)}" for name, colour in colours.items())
    return f":root{{{';'.join(lines)}}}"


def _shades(colour: Rgb, towards: Rgb) -> list[Rgb]:
    """The colour, and ever nearer to another one, which comes last."""
    return [_mixed(colour, towards, step / _STEPS) for step in range(_STEPS + 1)]


def _mixed(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """So much of the other colour in this one."""
    red, green, blue = (
        round(mine + (theirs - mine) * share) for mine, theirs in zip(colour, other, strict=True)
    )
    return red, green, blue


def _read(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _written(colour: Rgb) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)
