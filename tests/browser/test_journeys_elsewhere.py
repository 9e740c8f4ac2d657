"""The young person's way in a language from right to left, and on paper."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.people import SLEAFORD, entries, fill, question
from tests.browser.sights import COUNTY_DURHAM

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


def in_arabic(page: Page) -> Page:
    """From the start page to the answer, in Arabic."""
    page.goto("/ar/")
    fill(page, SLEAFORD)
    page.locator(".app-go").click()
    return page


@SCRIPT
def test_from_right_to_left_every_step_stays_in_its_language(new_context: NewContext, script: bool) -> None:
    page = in_arabic(new_context(java_script_enabled=script).new_page())
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert page.evaluate("location.pathname") == "/ar/results"
    english = entries_in(page, "yes")
    question(page).locator(".app-answer").nth(5).click()
    assert page.evaluate("[location.pathname, location.hash]") == ["/ar/results", "#changed"]
    expect(page.locator("#changed")).to_be_focused()
    assert len(entries_in(page, "yes")) > len(english)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator(".app-group--yes h4").locator("a, button").first.click()
    assert page.evaluate("location.pathname").startswith("/ar/entitlements/")
    page.go_back()
    page.locator("[data-forget]").click()
    assert page.evaluate("location.pathname") == "/ar/start-again"
    assert page.input_value("#place") == ""


def entries_in(page: Page, group: str) -> set[str]:
    """The entries of a group, whose addresses have a language before them."""
    within = f"[aria-labelledby={group}]"
    named = page.locator(f"{within} a[href*='/entitlements/'], {within} button[formaction*='/entitlements/']")
    found: list[str] = named.evaluate_all(
        "names => names.map(name => name.getAttribute('href') ?? name.getAttribute('formaction'))"
    )
    return set(found)


def test_enter_in_a_field_stays_in_the_language(page: Page) -> None:
    page.goto("/ar/")
    page.fill("#age_years", "19")
    page.press("#age_years", "Enter")
    expect(page.locator("#yes")).to_be_visible()
    assert page.evaluate("location.pathname") == "/ar/results"


@SCRIPT
def test_the_results_on_paper_hold_everything_and_no_form(new_context: NewContext, script: bool) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/")
    fill(page, SLEAFORD)
    page.locator(".app-go").click()
    named = entries(page, "yes") | entries(page, "might") | entries(page, "no")
    page.emulate_media(media="print")
    for part in (".app-told", ".app-ask", ".app-tally", ".app-look", "header"):
        assert page.locator(f"{part}:visible").count() == 0
    expect(page.locator("main")).to_contain_text("Worked out on")
    names = page.locator("main li a[href^='/entitlements/'], main li button[formaction^='/entitlements/']")
    hidden = names.evaluate_all(
        "names => names.filter(name => !name.checkVisibility()).map(name => name.textContent)"
    )
    assert names.count() >= len(named) > 0 and hidden == []


@SCRIPT
def test_words_a_topic_and_a_crisis_from_right_to_left(new_context: NewContext, script: bool) -> None:
    """What people look for, as in test_journeys_looking, in a language from right to left."""
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/ar/")
    page.fill("#q", "driving lessons")
    page.locator(".app-hero form button").click()
    assert page.locator("main .app-row").count() > 0
    stays_in_arabic(page)
    page.goto("/ar/council-tax")
    page.fill("#place", "NG34 7EF")
    page.locator("form[action='/ar/council-tax'] button").first.click()
    expect(page.locator("h1")).to_contain_text("North Kesteven")
    stays_in_arabic(page)
    page.locator(".app-help").click()
    assert page.locator("main a[href^='tel:']").count() > 3
    stays_in_arabic(page)


@SCRIPT
def test_if_somebody_moved_from_right_to_left(new_context: NewContext, script: bool) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto(f"/ar/council-tax/{COUNTY_DURHAM}")
    page.fill("#move #place", "NG34 7EF")
    page.fill("#move #age", "22")
    page.press("#move #age", "Enter")
    page.wait_for_url("**/compare?**")
    expect(page.locator("main")).to_contain_text("North Kesteven")
    assert page.locator("main").inner_text().count("25") >= 2, "until when, in both places"
    stays_in_arabic(page)
    page.go_back()
    page.fill("#move #place", "QQ1 1QQ")
    page.press("#move #place", "Enter")
    expect(page.locator("#move .govuk-error-message, .govuk-error-summary").first).to_be_visible()
    assert page.input_value("#move #place") == "QQ1 1QQ"
    stays_in_arabic(page)


@SCRIPT
def test_an_adviser_works_from_right_to_left(new_context: NewContext, script: bool) -> None:
    """Every question on one page, the answer with its law, and what-ifs beside it."""
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/ar/adviser")
    for field, text in (("dob-day", "20"), ("dob-month", "4"), ("dob-year", "2007"), ("place", "NG34 7EF")):
        page.fill(f"#{field}", text)
    page.fill("#council", "Lincolnshire")
    page.select_option("#care_when", "left_at_18")
    page.select_option("#care_13_weeks", "true")
    page.press("#place", "Enter")
    expect(page.locator("#yes")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Children Act 1989")
    stays_in_arabic(page)
    page.locator(".app-ifs > summary").first.click()
    page.select_option("#if1-when", "21")
    page.fill("#if2-place", "Boston")
    page.press("#if2-place", "Enter")
    expect(page.locator("main")).to_contain_text("No council tax until 25 (Boston)")
    stays_in_arabic(page)


def stays_in_arabic(page: Page) -> None:
    """The page is in Arabic, its address holds no place, and it runs out of no small phone."""
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert page.evaluate("location.pathname").startswith("/ar/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert "NG34" not in page.url


PRINTED = ("/entitlements/setting-up-home-allowance", "/topics/money", "/help-now", "/topics/education")


@pytest.mark.parametrize("address", PRINTED)
@pytest.mark.parametrize("language", ["", "/ar"], ids=["English", "from right to left"])
def test_a_page_on_paper_keeps_its_words_and_leaves_its_menus(
    page: Page, address: str, language: str
) -> None:
    page.goto(f"{language}{address}")
    headings = page.locator("main h1:visible, main h2:visible").all_inner_texts()
    page.emulate_media(media="print")
    printed = page.locator("main").inner_text()
    assert headings and [each for each in headings[:4] if each not in printed] == []
    assert page.locator("header:visible, .app-nav:visible, .app-langs:visible").count() == 0
    assert page.locator("main form:visible, main button:visible").count() == 0
