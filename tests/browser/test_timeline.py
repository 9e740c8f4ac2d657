"""What happens when, in a real browser: without a script, on paper."""

from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import NewContext
from tests.browser.people import LEFT_AT_18, Person, answered

BORN = ("20", "4", "2007")
SOMEBODY = Person(born=BORN, place="NG34 7EF", council="Lincolnshire", ticks=LEFT_AT_18)
TO_DATES = "What happens when: dates ahead"


def own_dates(page: Page) -> Page:
    """From the start page by way of the results."""
    answered(page, SOMEBODY)
    page.get_by_role("button", name=TO_DATES).click()
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
