"""What happens when, in a real browser: without a script, on paper, for a machine that checks access."""

from pathlib import Path

import axe_playwright_python
import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import DESK, NewContext
from tests.browser.people import LEFT_AT_18, Person, answered

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
NAMES = "found => found.violations.map(each => each.id + ': ' + each.nodes[0].html.slice(0, 120))"
BORN = ("20", "4", "2007")
SOMEBODY = Person(born=BORN, place="NG34 7EF", council="Lincolnshire", ticks=LEFT_AT_18)
TO_DATES = "What happens when: dates ahead"


def own_dates(page: Page) -> Page:
    """From the start page by way of the results."""
    answered(page, SOMEBODY)
    page.get_by_role("button", name=TO_DATES).click()
    return page


def in_general(page: Page) -> Page:
    """The page for anybody."""
    page.goto("/what-happens-when")
    return page


@pytest.mark.parametrize("script", [True, False])
def test_from_the_results_to_the_dates_and_back(new_context: NewContext, script: bool) -> None:
    page = own_dates(new_context(java_script_enabled=script).new_page())
    assert page.title().startswith("What happens when for you")
    assert "20 April 2032" in page.locator("main").inner_text(), "25"
    page.get_by_role("button", name="My results").click()
    assert page.locator("h1").inner_text() == "What you can get"
    assert "Born on 20 April 2007" in page.locator("main").inner_text()


def test_the_calendar_is_a_file_without_a_personal_word(page: Page) -> None:
    own_dates(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Add to my calendar").click()
    assert coming.value.suggested_filename == "dates.ics"
    text = Path(coming.value.path()).read_text("utf-8")
    assert Calendar.from_ical(text).walk("VEVENT")
    assert not [word for word in ("care", "council", "Lincoln", "2007") if word in text]


@pytest.mark.parametrize("opened", [own_dates, in_general])
def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page, opened: object) -> None:
    assert callable(opened)
    opened(page)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    page.evaluate(AXE.read_text("utf-8"))
    run = f"axe.run(document, {{resultTypes: ['violations']}}).then({NAMES})"
    assert page.evaluate(run) == []
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    assert page.evaluate(run) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_on_paper_every_item_is_there_and_no_form(page: Page) -> None:
    own_dates(page)
    titles = page.locator(".app-when ul a").all_text_contents()
    assert len(titles) > 20
    page.emulate_media(media="print")
    printed = page.locator("main").inner_text()
    assert [title for title in titles if title not in printed] == []
    assert page.locator("form:visible, nav:visible").count() == 0


def test_keys_alone_open_a_folded_list(context: BrowserContext) -> None:
    page = own_dates(context.new_page())
    summary = page.locator(".app-when summary").first
    inside = page.locator(".app-when details").first.locator("li a").first
    assert not inside.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert inside.is_visible()
