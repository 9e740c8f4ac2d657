"""People who look for something: by words, by topic, in a crisis; each with a script and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.people import SLEAFORD, answered

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


@SCRIPT
def test_words_first_then_what_fits_then_an_entry(new_context: NewContext, script: bool) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/")
    page.fill("#q", "driving lessons")
    page.locator(".app-hero").get_by_role("button", name="Search").click()
    assert page.locator("main .app-row").count() > 0
    answered(page, SLEAFORD)
    page.fill("#look", "council tax")
    page.press("#look", "Enter")
    expect(page.locator("main .app-row__for").first).to_be_visible()  # each is marked for this person
    page.locator("main .app-row a").first.click()
    expect(page.get_by_role("heading", name="How to get it")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Back to all you can get").click()
    expect(page.locator("h1")).to_have_text("What you can get")


@SCRIPT
def test_from_a_topic_to_what_moving_would_change(new_context: NewContext, script: bool) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/")
    page.get_by_role("link", name="Paying less council tax").click()
    expect(page.locator("h1")).to_have_text("Paying less council tax")
    page.locator("main a[href='/council-tax']").first.click()
    page.fill("#place", "NG34 7EF")
    page.locator("form[action='/council-tax'] button").first.click()
    expect(page.locator("h1")).to_contain_text("North Kesteven")
    page.fill("#place", "DH1 5UL")
    page.get_by_role("button", name="What would change?").click()
    expect(page.locator("h1")).to_contain_text("County Durham")
    assert "DH1" not in page.url


@SCRIPT
def test_in_a_crisis_a_number_to_ring_stands_first(new_context: NewContext, script: bool) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/")
    page.fill("#q", "kicked out and nowhere to sleep tonight")
    page.locator(".app-hero").get_by_role("button", name="Search").click()
    expect(page.get_by_text("You have nowhere to sleep tonight.")).to_be_visible()
    number = page.locator("main a[href^='tel:']").first
    expect(number).to_be_in_viewport()
    assert "sleep" not in page.url, "the words stand in no address"
    page.get_by_role("link", name="Need help now?").click()
    assert page.locator("main a[href^='tel:']").count() > 3
