"""A whole visit in two real windows: an adviser's, and a young person's in Arabic that loses its signal."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, NewContext
from tests.browser.looks import axe
from tests.browser.outage import Outage, outage
from tests.browser.serving import Server
from tests.browser.watching import Watch

ROOM = "#room"


@pytest.fixture
def adviser(new_context: NewContext) -> Page:
    return new_context().new_page()


@pytest.fixture
def young(new_context: NewContext) -> Iterator[Page]:
    yield new_context().new_page()


@pytest.fixture
def road(server: Server) -> Iterator[Outage]:
    """The young person's way to the server, which can be cut."""
    with outage(server.address) as relay:
        yield relay


def begin(adviser: Page) -> str:
    """Starts a visit on the adviser's phone; its code."""
    adviser.goto("/visit")
    adviser.get_by_role("button", name="I am the adviser").click()
    return adviser.locator(".app-number").first.inner_text()


def come(young: Page, adviser: Page, code: str, prefix: str = "") -> None:
    """The young person types the code, and is let in."""
    young.goto(f"{prefix}/join")
    young.fill("#code", code.lower())
    young.press("#code", "Enter")
    number = young.locator(".app-number").inner_text()
    knock = adviser.locator(".app-knock")
    expect(knock.locator(".app-number")).to_have_text(number)
    knock.locator("button").first.click()
    expect(young.locator("#asked")).to_be_visible()


def check(page: Page) -> None:
    """Nothing that axe finds, and no sideways scroll."""
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_visit_from_beginning_to_end(
    adviser: Page, new_context: NewContext, server: Server, road: Outage, watch: Watch
) -> None:
    young = new_context(base_url=road.address).new_page()
    code = begin(adviser)
    check(adviser)
    come(young, adviser, code, "/ar")
    expect(young.locator("html")).to_have_attribute("dir", "rtl")

    young.fill("#next-dob-day", "20")
    young.fill("#next-dob-month", "4")
    young.fill("#next-dob-year", "2007")
    young.press("#next-dob-year", "Enter")
    expect(adviser.locator(ROOM)).to_contain_text("The young person said this", use_inner_text=False)
    expect(adviser.locator("#yes")).to_be_visible()
    for page in (adviser, young):
        check(page)

    road.cut()
    adviser.locator("#said-all > summary").click()
    adviser.locator("#change-2 > summary").click()
    adviser.fill("#change-2 ~ * #place, #change-2 #place", "Sleaford")
    adviser.press("#change-2 #place", "Enter")
    expect(adviser.locator("#said-all")).to_contain_text("North Kesteven")
    assert "North Kesteven" not in young.locator(ROOM).text_content()  # type: ignore[operator]
    young.locator("#yes ~ ul button[name=at]").first.click()  # without signal: it is sent once there is some
    expect(young.locator(".app-visit-status")).not_to_be_empty()
    road.state = "open"
    expect(young.locator(ROOM)).to_contain_text("North Kesteven", use_inner_text=False, timeout=PATIENCE)
    expect(young.locator(".app-visit-status")).to_be_empty(timeout=PATIENCE)

    expect(adviser.locator(".app-pointing")).to_contain_text("Look at this:")
    for page in (adviser, young):
        check(page)
    young.locator("form[action$='/leave'] button").click()
    expect(adviser.locator(".app-inset").first).to_contain_text("The other person has left")
    adviser.get_by_role("button", name="Make the sheet").click()
    expect(adviser.locator("[data-sheet]")).to_contain_text("What to do, by when, and who")
    assert "2007" not in adviser.url
    adviser.go_back()
    adviser.get_by_role("button", name="End it for both of us").click()
    expect(adviser.locator("h1")).to_have_text("You have left the visit")
    young.context.close()
    watch.complaints.clear()  # of the road that was cut


def test_both_need_no_more_than_a_keyboard(adviser: Page, young: Page) -> None:
    adviser.goto("/visit")
    press(adviser, "main button[value=adviser]")
    code = adviser.locator(".app-number").first.inner_text()
    young.goto("/join")
    reach(young, "#code")
    young.keyboard.type(code)
    young.keyboard.press("Enter")
    expect(adviser.locator(".app-knock")).to_be_visible()
    press(adviser, ".app-knock .govuk-button")
    expect(young.locator("#asked")).to_be_visible()
    for part, text in (("day", "20"), ("month", "4"), ("year", "2007")):
        reach(young, f"#next-dob-{part}")
        young.keyboard.type(text)
    young.keyboard.press("Enter")
    expect(young.locator(".app-latest")).to_contain_text("You said this")
    expect(adviser.locator(".app-latest")).to_contain_text("The young person said this")
    press(adviser, "#yes ~ ul button[name=at]")
    expect(young.locator(".app-pointing")).to_be_visible()
    press(young, ".app-asked .app-deed button")
    expect(adviser.locator("#said-all")).to_contain_text("as the young person wished", use_inner_text=False)
    for each in (adviser, young):
        each.evaluate("document.documentElement.style.fontSize = '200%'")
        assert each.evaluate("document.documentElement.scrollWidth <= innerWidth"), "words twice as large"
    press(young, "form[action$='/wipe'] button")
    expect(young.locator("h1")).to_have_text("You have left the visit")
    expect(adviser.locator("h1")).to_have_text("This visit is over")


def reach(page: Page, selector: str) -> None:
    """Tabs until the first thing of a selector has the focus, which is seen."""
    page.locator(selector).first.wait_for()
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.querySelector(wanted) === document.activeElement", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


def press(page: Page, selector: str) -> None:
    """A button, by keyboard."""
    reach(page, selector)
    page.keyboard.press("Enter")


def test_a_finger_points_and_typing_is_not_disturbed(adviser: Page, young: Page) -> None:
    come(young, adviser, begin(adviser))
    adviser.fill("#next-dob-day", "20")
    adviser.fill("#next-dob-month", "4")
    adviser.fill("#next-dob-year", "2007")
    adviser.press("#next-dob-year", "Enter")
    expect(young.locator("#said-all")).to_contain_text("2007", use_inner_text=False)
    young.locator("#said-all > summary").click()
    young.locator("#change-2 > summary").click()
    young.fill("#change-2 #place", "Slea")
    adviser.locator("#yes ~ ul button[name=at]").first.click()
    expect(young.locator(".app-pointing")).to_be_visible()
    expect(young.locator(".app-shown")).to_be_visible()
    assert young.input_value("#change-2 #place") == "Slea"
    assert young.evaluate("document.activeElement.id") == "place"
    check(young)


def test_taking_a_question_out_and_wiping_all(adviser: Page, young: Page) -> None:
    come(young, adviser, begin(adviser))
    asked = young.locator("#asked ~ form legend, #asked ~ form label").first.inner_text()
    young.locator(".app-asked .app-deed button").click()
    expect(adviser.locator("#said-all")).to_contain_text("as the young person wished", use_inner_text=False)
    expect(adviser.locator(".app-asked")).not_to_contain_text(asked)
    young.get_by_role("button", name="End it for both of us").click()
    expect(young.locator("h1")).to_have_text("You have left the visit")
    expect(adviser.locator("h1")).to_have_text("This visit is over")
    check(adviser)


def test_without_script_the_same_by_reloading(new_context: NewContext) -> None:
    adviser, young = (new_context(java_script_enabled=False).new_page() for _ in range(2))
    adviser.goto("/visit")
    adviser.get_by_role("button", name="I am the adviser").click()
    code = adviser.locator(".app-number").first.inner_text()
    young.goto("/join")
    young.fill("#code", code)
    young.get_by_role("button", name="Ask to join").click()
    adviser.reload()
    adviser.get_by_role("button", name="Let them in", exact=True).click()
    young.get_by_role("button", name="Look again").click()
    young.fill("#next-dob-day", "20")
    young.fill("#next-dob-month", "4")
    young.fill("#next-dob-year", "2007")
    young.locator(".app-asked button").first.click()
    adviser.reload()
    assert "The young person said this" in (adviser.locator(ROOM).text_content() or "")


def test_the_answers_go_on_alone_in_this_tab(adviser: Page, young: Page) -> None:
    come(young, adviser, begin(adviser))
    adviser.fill("#next-dob-day", "20")
    adviser.fill("#next-dob-month", "4")
    adviser.fill("#next-dob-year", "2007")
    adviser.press("#next-dob-year", "Enter")
    expect(young.locator("#said-all")).to_contain_text("2007", use_inner_text=False)
    young.get_by_role("button", name="Keep these answers on this phone").click()
    expect(young.locator("h1")).to_have_text("What you can get")
    assert "2007-04-20" in young.evaluate("sessionStorage.getItem('answers')")
    assert "2007" not in young.url
