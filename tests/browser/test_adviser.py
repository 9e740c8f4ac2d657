"""The adviser's page in a real browser: by keyboard alone on a phone, without script, and without signal."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE, PHONE, NewContext
from tests.browser.looks import axe
from tests.browser.outage import Outage, outage
from tests.browser.serving import Server
from tests.browser.sights import adviser_compares

TITLE = "section[aria-label='{}']"


def check(page: Page) -> None:
    """Nothing that axe finds, and no sideways scroll."""
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def reach(page: Page, field: str) -> None:
    """Tabs until the field has the focus."""
    for _ in range(150):
        if page.evaluate("document.activeElement?.id") == field:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{field} is not reached")


def type_into(page: Page, field: str, keys: str) -> None:
    reach(page, field)
    page.keyboard.type(keys)


def test_from_question_to_what_if_by_keyboard_alone_on_a_phone(page: Page) -> None:
    page.goto("/adviser")
    for field, keys in (("dob-day", "20"), ("dob-month", "4"), ("dob-year", "2007"), ("place", "NG34 7EF")):
        type_into(page, field, keys)
    type_into(page, "council", "Lincolnshire")
    type_into(page, "care_when", "2")  # the number chooses
    assert page.input_value("#care_when") == "left_at_18"
    type_into(page, "care_13_weeks", "1")
    page.keyboard.press("Enter")
    expect(page.locator("#yes")).to_be_visible()
    check(page)
    type_into(page, "next-in_education", "6")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("1 more answer")
    expect(page.locator("#ask")).to_be_focused()  # on to the next question, without the whole page before it
    page.locator(".app-ifs > summary").first.focus()
    page.keyboard.press("Enter")
    type_into(page, "if1-when", "On their 21")
    type_into(page, "if2-place", "Boston")
    page.keyboard.press("Enter")
    expect(page.locator("#what-if")).to_be_focused()
    expect(page.locator(TITLE.format("What if 1"))).to_contain_text("On their 21st birthday, 20 April 2028")
    expect(page.locator(TITLE.format("What if 2"))).to_contain_text("No council tax until 25 (Boston)")
    check(page)


def test_without_script_the_same(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    adviser_compares(page)
    expect(page.locator(TITLE.format("What if 3"))).to_contain_text("Gained")
    page.get_by_text("Choose an earlier day").click()
    page.fill("#said-day", "3")
    page.fill("#said-month", "5")
    page.fill("#said-year", "2026")
    page.get_by_role("button", name="Look", exact=True).click()
    expect(page.locator("main")).to_contain_text("We hold no list of 3 May 2026")
    expect(page.locator("#earlier")).to_be_in_viewport()
    expect(page.locator(TITLE.format("What if 2"))).to_contain_text("They move to Boston")
    page.get_by_role("button", name="All questions").click()
    assert page.input_value("#council").startswith("Lincolnshire")


@pytest.fixture
def road(server: Server) -> Iterator[Outage]:
    """The way to the server, which a test may cut."""
    with outage(server.address) as relay:
        yield relay


@pytest.fixture
def phone(chromium: Browser, road: Outage) -> Iterator[BrowserContext]:
    """A phone that may keep a saved list."""
    viewport = {"width": PHONE[0], "height": PHONE[1]}
    context = chromium.new_context(
        base_url=road.address,
        viewport=viewport,  # type: ignore[arg-type]
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(PATIENCE)
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    yield context
    context.close()
    assert faults == []


def test_without_signal_from_the_saved_list(phone: BrowserContext, road: Outage) -> None:
    page = phone.new_page()
    page.goto("/no-signal")
    page.locator("[data-do=save]").click()
    expect(page.locator("[data-save] [role=status]")).to_contain_text("Works without signal")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    road.cut()
    page.goto("/adviser")
    expect(page.locator("[data-view=adviser] h2")).to_be_visible()
    expect(page.locator("[data-when]")).to_contain_text("from the list saved on")
    expect(page.locator("[data-view=adviser]")).to_contain_text("on an earlier day needs signal")
    for field, text in (("dob-day", "20"), ("dob-month", "4"), ("dob-year", "2007")):
        page.fill(f"#desk-{field}", text)
    page.select_option("#desk-lives_in", label="North Kesteven")
    page.select_option("#desk-council", label="Lincolnshire")
    page.select_option("#desk-care_when", "left_at_18")
    page.select_option("#desk-care_13_weeks", "true")
    page.press("#desk-care_13_weeks", "Enter")
    answer = page.locator("[data-answer]")
    expect(answer.locator("#desk-yes")).to_contain_text("Children Act 1989")
    expect(answer.locator(".app-group--yes .app-lawline").first).to_contain_text("Who decides")
    page.get_by_text("What if…").click()
    page.select_option("#if1-when", "21")
    page.select_option("#if2-district", label="Boston")
    page.select_option("#if3-course", "he_ft")
    page.get_by_role("button", name="Compare").click()
    columns = answer.locator(".app-column")
    expect(columns).to_have_count(4)
    expect(columns.nth(0)).to_contain_text("Next birthday")
    expect(columns.nth(1)).to_contain_text("On their 21st birthday, 20 April 2028")
    expect(columns.nth(1)).to_contain_text("From 20 April 2028.")
    expect(columns.nth(2)).to_contain_text("They move to Boston")
    expect(columns.nth(3)).to_contain_text("Gained")
    check(page)


def test_what_was_sent_as_the_signal_went_is_answered_on_the_phone(
    phone: BrowserContext, road: Outage
) -> None:
    page = phone.new_page()
    page.goto("/no-signal")
    page.locator("[data-do=save]").click()
    expect(page.locator("[data-save] [role=status]")).to_contain_text("Works without signal")
    page.goto("/adviser")
    page.fill("#age_years", "19")
    page.fill("#council", "Lincolnshire")
    page.select_option("#care_when", "left_at_18")
    road.cut()
    page.get_by_role("button", name="Show the answer").first.click()
    expect(page.locator("#desk-yes")).to_be_visible()
    assert page.input_value("#desk-age") == "19"
    assert page.input_value("#desk-care_when") == "left_at_18"
