"""The styles of classes that no page names are left out, and only those."""

import re

from templates.build import BUILT, HERE
from templates.slimming import used_names, without_unused

USED = frozenset({"govuk-list", "govuk-body", "govuk-input--width-", "govuk-!-margin-bottom-2"})


def test_a_name_is_used_wherever_a_source_says_it() -> None:
    sources = ['<p class="govuk-body app-x">', "class=govuk-input--width-{{ n }}", "govuk-!-margin-bottom-2"]
    assert used_names(sources) == USED - {"govuk-list"}


def test_a_name_inside_a_longer_one_is_not_used() -> None:
    assert used_names(["--govuk-link-colour", "my-govuk-list"]) == frozenset()


def test_selectors_go_and_their_neighbours_stay() -> None:
    css = ".govuk-tabs__list,.govuk-list{a:b}.govuk-tabs--x .y{c:d}.govuk-list-like{e:f}.app-x{g:h}"
    assert without_unused(css, USED) == ".govuk-list{a:b}.app-x{g:h}"


def test_a_name_that_ends_open_keeps_all_that_begin_so() -> None:
    css = r".govuk-input--width-10{a:b}.govuk-input--wide{a:b}.govuk-\!-margin-bottom-2{c:d}"
    assert without_unused(css, USED) == r".govuk-input--width-10{a:b}.govuk-\!-margin-bottom-2{c:d}"


def test_what_a_selector_excludes_is_not_needed() -> None:
    css = ".govuk-list:not(.govuk-tabs__list,.x):hover{a:b}"
    assert without_unused(css, USED) == css


def test_what_is_left_empty_goes_too() -> None:
    css = "@media print{@supports (a:b){.govuk-footer{c:d}}.govuk-header{e:f}}.govuk-body{g:h}"
    assert without_unused(css, USED) == ".govuk-body{g:h}"


def test_frames_of_an_animation_are_not_selectors() -> None:
    css = "@keyframes x{from{a:b}to{a:c}}@media print{.govuk-body{a:b}}"
    assert without_unused(css, USED) == css


def test_a_variable_needs_nothing_that_stands_in_for_it() -> None:
    assert without_unused(".a{color:var(--govuk-text-colour,#0b0c0c)}", USED) == (
        ".a{color:var(--govuk-text-colour)}"
    )


def test_every_class_of_the_design_system_that_a_page_names_has_its_styles() -> None:
    """Where the design system itself knows the class: some only mark a place in it."""
    system = (HERE / "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css").read_text("utf-8")
    built = next(BUILT.glob("app.*.css")).read_text("utf-8")
    known = {name for name in used_names() if re.search(rf"\.{re.escape(name)}(?![\w-])", system)}
    assert len(known) > 40
    assert {name for name in known if not re.search(rf"\.{re.escape(name)}(?![\w-])", built)} == set()
