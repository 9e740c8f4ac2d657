"""Every pair of colours that meets on a page has its contrast, by day, in the dark, and with more of it."""

import re

import pytest

from offer.brand import contrast
from templates.build import BUILT
from tests.palette import PARTS, SCHEMES, SHEETS, WORDS, colour, declared, in_one_rule, meeting, sheet

OWN = sorted(SHEETS.glob("*.css"))
OTHERS = [path for path in OWN if path.name != "palette.css"]
LITERAL = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(|:\s*(?:white|black)\b")
PRINT = re.compile(
    r"@media print\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
)  # rules, and @page with its own
MORE = 7.0  # WCAG 2.2, 1.4.6: what somebody who asks for more contrast gets for words


def built() -> str:
    """The style sheet as a browser gets it: the design system's variables and, over them, ours."""
    return next(BUILT.glob("app.*.css")).read_text("utf-8")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_can_be_read_on_what_they_stand_on(scheme: str) -> None:
    variables = declared(built(), scheme)
    pairs = {*meeting(WORDS), *in_one_rule()}
    weak = {
        pair: round(ratio, 2)
        for pair in pairs
        if (ratio := contrast(*(colour(variables, name) for name in pair))) < 4.5
    }
    assert len(pairs) > 60
    assert weak == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_parts_of_controls_stand_out(scheme: str) -> None:
    variables = declared(built(), scheme)
    weak = {
        pair: round(ratio, 2)
        for pair in meeting(PARTS)
        if (ratio := contrast(*(colour(variables, name) for name in pair))) < 3
    }
    assert weak == {}


@pytest.mark.parametrize("scheme", ["by day, more contrast", "in the dark, more contrast"])
@pytest.mark.parametrize("words", ["app-ink", "app-dim", "govuk-link-colour", "govuk-error-colour"])
def test_who_asks_for_more_contrast_gets_it(scheme: str, words: str) -> None:
    variables = declared(built(), scheme)
    pairs = meeting({words: WORDS[words]})
    assert min(contrast(colour(variables, words), colour(variables, below)) for _, below in pairs) >= MORE


@pytest.mark.parametrize(
    "path", [path for path in OWN if path.name != "palette.css"], ids=lambda path: path.name
)
def test_no_other_sheet_names_a_colour_of_its_own(path: object) -> None:
    """Else it would stay light in the dark. On paper black is meant."""
    on_screen = PRINT.sub("", sheet(SHEETS / str(path)))
    assert LITERAL.findall(on_screen) == []


def test_every_colour_that_is_used_is_declared() -> None:
    used = {name for path in OWN for name in re.findall(r"var\(--((?:app|govuk)-[a-z-]+)\)", sheet(path))}
    assert used - set(declared(built(), "by day")) - {"app-font"} == set()


def test_on_paper_the_colours_are_those_of_the_day() -> None:
    assert all(
        media.startswith("screen and")
        for media in re.findall(r"@media ([^{]*prefers-color-scheme[^{]*)\{", built())
    )
