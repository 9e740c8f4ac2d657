"""The styles of components that no page uses are left out, and only those."""

import re

import pytest

from templates.build import HERE
from templates.slimming import UNUSED, without_unused

PAGES = [*HERE.glob("pages/**/*.html"), *HERE.glob("parts/**/*.html"), HERE / "layout.html"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_uses_what_is_left_out(page: object) -> None:
    used = set(re.findall(r"govuk-([a-z-]+?)(?=__|--|[^a-z-])", (HERE / str(page)).read_text("utf-8")))
    assert not used & set(UNUSED)


def test_selectors_go_and_their_neighbours_stay() -> None:
    css = ".govuk-tabs__list,.govuk-list{a:b}.govuk-tabs--x .y{c:d}.govuk-header-like{e:f}"
    assert without_unused(css) == ".govuk-list{a:b}.govuk-header-like{e:f}"


def test_what_is_left_empty_goes_too() -> None:
    css = "@media print{@supports (a:b){.govuk-footer{c:d}}.govuk-header{e:f}}.govuk-body{g:h}"
    assert without_unused(css) == ".govuk-body{g:h}"


def test_frames_of_an_animation_are_not_selectors() -> None:
    css = "@keyframes x{from{a:b}to{a:c}}@media print{.govuk-body{a:b}}"
    assert without_unused(css) == css
