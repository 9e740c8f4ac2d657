"""The young person's way with no signal, from saving to taking it all away; from right to left too."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.outage import Outage
from tests.browser.people import SLEAFORD
from tests.browser.without_signal import APP, LEFT_BEHIND, Phone, choose, save, shown

RIGHT_TO_LEFT = "/ar"
LANGUAGES = pytest.mark.parametrize("language", ["", RIGHT_TO_LEFT], ids=["English", "from right to left"])
HOME = "#about-setting-up-home-allowance"


@LANGUAGES
def test_from_saving_to_taking_it_all_away(phone: Phone, road: Outage, language: str) -> None:
    page = phone().new_page()
    save(page, language)
    road.cut()
    page.reload()
    page.wait_for_selector(APP)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language else "")
    choose(page, SLEAFORD, "North Kesteven")
    found = shown(page)
    assert len(found["yes"]) > 10 and len(found["might"]) > 20
    assert fits(page)
    a_question_more(page)
    assert len(shown(page)["might"]) <= len(found["might"])
    an_entry(page)
    the_numbers(page)
    assert fits(page)
    page.locator("[data-do=remove]").click()
    expect(page.locator("[data-app]")).to_be_hidden()
    assert page.evaluate(LEFT_BEHIND) == []


def fits(page: Page) -> bool:
    """Whether nothing runs out of a small phone sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= 360"))


def a_question_more(page: Page) -> None:
    """Answer the question that the results ask."""
    page.locator("#next summary").first.click()
    page.locator("#next input[type=radio]").first.check(force=True)
    page.locator("#next [data-update]").click()
    expect(page.locator("[data-view=results]")).to_be_visible()


def an_entry(page: Page) -> None:
    """Open one thing and read what to do."""
    page.locator("[data-results] .app-group--yes a").first.click()
    read = page.locator("[data-entry]")
    expect(read.locator("ol li").first).to_be_visible()
    assert read.locator("h4").count() >= 5
    page.go_back()
    expect(page.locator("[data-view=results]")).to_be_visible()


def the_numbers(page: Page) -> None:
    """The numbers to ring, as links."""
    page.locator("[data-go=help]").click()
    expect(page.locator("[data-help] a[href='tel:999']").first).to_be_visible()


@LANGUAGES
def test_the_saved_list_on_paper_holds_the_words_and_no_buttons(
    phone: Phone, road: Outage, language: str
) -> None:
    page = phone().new_page()
    save(page, language)
    road.cut()
    page.reload()
    page.wait_for_selector(APP)
    choose(page, SLEAFORD, "North Kesteven")
    results = page.locator("[data-results] a[href^='#about-']").all_text_contents()
    page.emulate_media(media="print")
    printed = page.locator("[data-view=results]").inner_text()
    assert results and [title for title in results if title not in printed] == []
    assert page.locator("form:visible, button:visible, nav:visible, header:visible").count() == 0
    page.goto(f"{page.url.partition('#')[0]}{HOME}")
    expect(page.locator("[data-entry] ol li").first).to_be_visible()
    assert page.locator("form:visible, button:visible, nav:visible, header:visible").count() == 0
