"""Every page a person can be shown, opened once and looked at in every way: see sights.py.

The tests of one sight stand together (conftest.py puts them so), and share its two tabs: one that runs
scripts and one that does not. Each leaves the page as it found it.
"""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looks import BARRIERS, OF_COLOUR, as_found, axe, barriers
from tests.browser.opening import Opened, opened
from tests.browser.serving import Server
from tests.browser.sights import KINDS, SIGHTS
from tests.browser.validator import Validator
from tests.browser.weighing import LARGER, LATER_PAGE, SCRIPT_OF_A_MODULE

# Of a list from a link the script says besides whether it is the one kept on this phone.
BY_SCRIPT = {"search among somebody's answers"}
SAYS_MORE_BY_SCRIPT = {"a list from a link"}

every_sight = pytest.mark.parametrize("sight", SIGHTS, indirect=True)
of_each_kind = pytest.mark.parametrize("sight", KINDS, indirect=True)


@pytest.fixture(scope="module")
def sight(request: pytest.FixtureRequest, chromium: Browser, server: Server) -> Iterator[Opened]:
    """A sight, opened once for all tests of it."""
    with opened(chromium, server.address, request.param, script=True) as found:
        yield found


@pytest.fixture(scope="module")
def plain(sight: Opened, chromium: Browser, server: Server) -> Iterator[Opened]:
    """The same sight where no script runs."""
    with opened(chromium, server.address, sight.name, script=False) as found:
        yield found


@pytest.fixture
def page(sight: Opened) -> Page:
    """The sight's tab, on a phone in daylight."""
    as_found(sight.page)
    return sight.page


@every_sight
def test_it_is_valid_as_it_is_sent_and_after_its_scripts(sight: Opened, validator: Validator) -> None:
    assert validator.faults(sight.sent) == []
    assert validator.faults(sight.made) == []


@pytest.mark.parametrize("sight", [name for name in SIGHTS if name not in BY_SCRIPT], indirect=True)
def test_it_is_valid_where_no_script_runs(plain: Opened, validator: Validator) -> None:
    assert validator.faults(plain.sent) == []


@pytest.mark.parametrize("sight", [name for name in SIGHTS if name not in ("start", *LARGER)], indirect=True)
def test_it_weighs_no_more_than_a_later_page(sight: Opened) -> None:
    assert 0 < sight.weight <= LATER_PAGE
    assert [module for module in sight.modules if module > SCRIPT_OF_A_MODULE] == []


@pytest.mark.parametrize(
    "sight", [name for name in KINDS if name not in BY_SCRIPT | SAYS_MORE_BY_SCRIPT], indirect=True
)
def test_forced_colours_and_no_script_show_the_same_text(sight: Opened, plain: Opened, page: Page) -> None:
    as_it_is = sight.text()
    page.emulate_media(forced_colors="active")
    assert sight.text() == as_it_is
    assert plain.text() == as_it_is


@of_each_kind
def test_the_keyboard_reaches_every_control_in_order_and_one_sees_where_it_is(page: Page) -> None:
    page.evaluate(BARRIERS)
    page.evaluate("document.activeElement.blur(); document.body.focus(); getSelection().removeAllRanges()")
    wanted = min(page.evaluate("barriers.reachable()"), 45)
    places: list[int] = []
    faults: list[str] = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        now = page.evaluate("barriers.focused()")
        places.append(now["at"])
        faults += now["faults"]
    assert faults == []
    turns = sum(later < earlier for earlier, later in pairwise(places))
    assert turns <= 1  # a page that set the focus itself comes round once
    assert len(set(places)) == wanted


@of_each_kind
def test_forced_colours_leave_every_button_and_field_an_edge(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    edged = page.locator(
        "main :is(.govuk-button, .app-call, select, textarea,"
        " input:not([type=radio], [type=checkbox])):visible"
    )
    bare = """nodes => nodes.filter(node => {
      const look = getComputedStyle(node)
      return !parseFloat(look.borderTopWidth) && !parseFloat(look.outlineWidth)
    }).map(node => node.outerHTML.slice(0, 120))"""
    assert edged.evaluate_all(bare) == []


@of_each_kind
def test_print_keeps_all_that_was_found(page: Page) -> None:
    """On paper nothing is folded away and no form is in the way."""
    wanted = page.locator("main :is(h1, h2, h3, h4):not(form *)").evaluate_all(
        """headings => headings.filter(heading => !heading.closest('nav, .app-no-print, .app-ask, .app-hero'))
                               .filter(heading => heading.checkVisibility() || heading.closest('details'))
                               .map(heading => heading.textContent.trim())"""
    )
    page.emulate_media(media="print")
    printed = page.evaluate("document.querySelector('main').innerText")
    assert [words for words in wanted if "".join(words.split()) not in "".join(printed.split())] == []
    assert page.locator("nav:visible, form:visible, .app-header:visible").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@of_each_kind
def test_every_colour_can_be_read_with_more_contrast(page: Page) -> None:
    page.emulate_media(contrast="more")
    assert axe(page, OF_COLOUR) == []


@every_sight
def test_nothing_stands_in_the_way(page: Page) -> None:
    """Last, for it unfolds the page."""
    assert barriers(page) == {}
