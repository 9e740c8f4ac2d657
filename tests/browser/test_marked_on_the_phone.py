"""A search marked on the phone, from answers that this tab alone keeps until somebody wipes them."""

from playwright.sync_api import Page, expect

from offer.pages.search_view import OUTCOME_WORDS
from tests.browser.conftest import NewContext
from tests.browser.looks import axe
from tests.browser.people import SLEAFORD, answered

SEARCH = "/search?q=council+tax"
STATUS = "main .app-marked"
KEPT = "() => sessionStorage.getItem('answers')"


def marks(page: Page) -> dict[str, str]:
    """What each row of the list is marked with, by its address; "" for none."""
    found: dict[str, str] = page.locator("main .app-row").evaluate_all(
        """rows => Object.fromEntries(rows.map(row => [
             row.querySelector("a").getAttribute("href"),
             row.querySelector(".app-row__for")?.textContent ?? "",
           ]))"""
    )
    return found


def test_the_phone_marks_as_the_server_does(page: Page) -> None:
    answered(page, SLEAFORD)
    page.fill("#look", "council tax")
    page.press("#look", "Enter")
    page.wait_for_selector("#results")
    by_server = marks(page)
    page.goto(f"{SEARCH}&by=E10000019&lives_in=E07000139")
    expect(page.locator(STATUS)).to_contain_text("Marked on this phone from your answers")
    by_phone = marks(page)
    both = by_server.keys() & by_phone.keys()
    assert set(OUTCOME_WORDS.values()) >= {by_phone[href] for href in both if by_phone[href]}
    assert len([href for href in both if by_phone[href]]) >= 3
    assert {href: by_phone[href] for href in both} == {href: by_server[href] for href in both}


def test_forgetting_takes_the_marks_and_the_answers_away(page: Page) -> None:
    answered(page, SLEAFORD)
    page.goto(SEARCH)
    page.get_by_role("button", name="Forget them").click()
    expect(page.locator(STATUS)).to_have_text("Your answers are forgotten.")
    assert not any(marks(page).values())
    assert page.evaluate(KEPT) is None


def test_starting_again_wipes_the_answers(page: Page) -> None:
    answered(page, SLEAFORD)
    assert "NG34" not in page.evaluate(KEPT)
    page.get_by_role("link", name="Start again").click()
    page.wait_for_url("**/start-again")
    assert page.evaluate(KEPT) is None


def test_a_new_tab_knows_nothing_and_fetches_no_rules(new_context: NewContext) -> None:
    context = new_context()
    answered(context.new_page(), SLEAFORD)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(SEARCH, wait_until="networkidle")
    assert page.evaluate(KEPT) is None
    assert not any(marks(page).values())
    assert not [url for url in asked if "/pack/" in url or "/mark." in url or "/twin." in url]


def test_marks_have_no_barrier(page: Page) -> None:
    answered(page, SLEAFORD)
    page.goto(SEARCH)
    expect(page.get_by_role("button", name="Forget them")).to_be_visible()
    assert axe(page) == []


def test_a_phone_that_saves_data_fetches_neither_rules_nor_names(new_context: NewContext) -> None:
    context = new_context()
    context.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page = context.new_page()
    answered(page, SLEAFORD)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(SEARCH, wait_until="networkidle")
    page.locator("#q").press_sequentially("uni")
    page.wait_for_timeout(300)
    assert not [url for url in asked if "/pack/" in url or "/mark." in url or "/search/names" in url]
    assert page.locator("#q").get_attribute("role") is None
