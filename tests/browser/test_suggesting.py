"""Suggestions while typing: by keyboard and by touch, said to screen readers, and never in the way."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.looks import axe

OPTION = "[role=option]"


def typed(page: Page, words: str, address: str = "/search") -> None:
    page.goto(address)
    page.locator("#q").press_sequentially(words)


def test_names_that_begin_with_what_is_typed_are_offered(page: Page) -> None:
    typed(page, "counc")
    expect(page.locator(OPTION).first).to_contain_text("ouncil")
    assert page.locator("#q").get_attribute("aria-expanded") == "true"
    expect(page.locator(".app-suggest [role=status]")).to_have_text(
        re.compile(r"Suggestions: \d+\. Use the up")
    )


def test_what_is_for_everybody_stands_before_one_districts(page: Page) -> None:
    typed(page, "council tax")
    expect(page.locator(OPTION)).to_have_count(7)
    marks = page.locator(f"{OPTION} small").all_inner_texts()
    named = page.locator(OPTION).all_inner_texts()
    assert any("Less council tax, or none, for care leavers" in name for name in named)
    assert any("Paying less council tax" in name for name in named)
    assert "Offer" not in marks[0]
    typed(page, "boston")
    expect(page.locator(OPTION).first).to_contain_text("Boston")


def test_other_words_for_a_thing_lead_to_it_and_are_said(page: Page) -> None:
    typed(page, "uni mon")
    expect(page.locator(OPTION).filter(has_text="university").first).to_contain_text("uni money")


def test_a_council_that_is_known_has_its_own_names(page: Page) -> None:
    typed(page, "sherburn", "/search?by=E06000047")
    expect(page.locator(OPTION).first).to_contain_text("Sherburn Hill")
    typed(page, "sherburn", "/search?by=E10000019")
    expect(page.locator(OPTION)).to_have_count(0)


def test_by_keyboard_nothing_is_chosen_by_itself_and_escape_closes(page: Page) -> None:
    typed(page, "rent")
    expect(page.locator(OPTION).first).to_be_visible()
    assert page.locator("#q").get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    assert page.locator("#q").get_attribute("aria-activedescendant") == "suggestion-0"
    expect(page.locator("#suggestion-0")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("rent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=rent")


def test_enter_on_a_suggestion_opens_it(page: Page) -> None:
    typed(page, "staying put")
    expect(page.locator(OPTION).first).to_contain_text("Staying Put")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/entitlements/(lincolnshire-)?staying-put"))


def test_a_touch_opens_a_suggestion(page: Page) -> None:
    typed(page, "healthy")
    page.locator(OPTION).filter(has_text="Healthy Start").click()
    page.wait_for_url("**/entitlements/healthy-start")


def test_what_is_typed_is_sent_nowhere(page: Page) -> None:
    asked: list[str] = []
    page.goto("/search")
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#q").press_sequentially("he hit me zebra")
    page.wait_for_timeout(300)
    asked = [url for url in asked if "/assets/" not in url]  # the picture of the tab comes late
    assert [url for url in asked if "/search/names" in url] == asked
    assert not [url for url in asked if "zebra" in url or "hit" in url]


def test_open_suggestions_have_no_barrier(page: Page) -> None:
    typed(page, "money")
    expect(page.locator(OPTION).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert axe(page) == []


def test_without_script_there_is_a_plain_field(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/search")
    assert page.locator("#q").get_attribute("role") is None
    assert page.locator("[role=listbox]").count() == 0
