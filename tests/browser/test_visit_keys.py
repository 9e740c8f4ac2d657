"""The key of somebody who joins, in real windows: made on the phone, in no request, and lost without harm."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.browser.conftest import NewContext
from tests.browser.test_privacy import STORED
from tests.browser.test_visit import begin, check
from tests.browser.watching import Watch

SECRET = "sessionStorage.getItem('visit')"
OPENED = "#asked"
AGAIN = "Ask to join again"


@pytest.fixture
def adviser(new_context: NewContext) -> Page:
    return new_context().new_page()


@pytest.fixture
def young(new_context: NewContext) -> Page:
    return new_context().new_page()


def wait_at(page: Page, code: str, prefix: str = "") -> None:
    """Types the code, and waits."""
    page.goto(f"{prefix}/join", wait_until="networkidle")
    page.fill("#code", code)
    page.press("#code", "Enter")
    expect(page.locator("[data-waiting]")).to_be_visible()


def let_in(adviser: Page) -> None:
    adviser.locator(".app-knock button").first.click()


def noted(context: BrowserContext) -> list[str]:
    """All that the pages of a context send from now on: addresses, bodies and headers."""
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(f"{request.method} {request.url} {request.post_data or ''} {request.all_headers()}")

    context.on("requestfinished", note)
    return sent


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_the_private_key_stays_in_the_tab(adviser: Page, young: Page, prefix: str) -> None:
    sent = noted(young.context)
    code = begin(adviser)
    wait_at(young, code, prefix)
    check(young)
    secret = young.evaluate(SECRET)
    assert len(secret) == 43
    [waiting] = young.context.cookies()
    assert waiting["name"].endswith("visit-waiting") and waiting["value"].split(".")[1] == ""
    let_in(adviser)
    expect(young.locator(OPENED)).to_be_visible()
    if prefix:
        expect(young.locator("html")).to_have_attribute("dir", "rtl")
    [member] = young.context.cookies()
    key = member["value"].split(".")[2]
    assert key == adviser.context.cookies()[0]["value"].split(".")[2], "both have the key of the visit"
    assert [each for each in sent if "key=" in each and "/join" in each], "the public half was sent"
    assert len([each for each in sent if f"key={key}" in each and "/enter" in each]) == 1
    kept = (*sent, str(young.context.cookies()), young.url, str(young.evaluate(STORED)))
    assert not [each for each in kept if secret in each], "the private half is nowhere, and gone from the tab"
    young.go_back()
    young.goto(adviser.url)
    expect(young.locator(OPENED)).to_be_visible()


@pytest.mark.parametrize("how", ["no script", "nothing may be kept"])
def test_without_script_or_storage_the_key_comes_by_the_row_that_is_read_once(
    adviser: Page, new_context: NewContext, how: str
) -> None:
    context = new_context(java_script_enabled=how != "no script")
    if how == "nothing may be kept":
        context.add_init_script(
            "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no'); } })"
        )
    young, sent = context.new_page(), noted(context)
    wait_at(young, begin(adviser))
    assert len(young.context.cookies()[0]["value"].split(".")[1]) == 43
    let_in(adviser)
    if how == "no script":
        young.get_by_role("button", name="Look again").click()
    expect(young.locator(OPENED)).to_be_visible()
    assert not [each for each in sent if "/enter" in each or "key=" in each]


def lose_the_key(young: Page) -> Page:
    """The tab is closed and the address opened in another."""
    other = young.context.new_page()
    other.goto(young.url)
    young.close()
    return other


def turn_off_script(young: Page) -> Page:
    """The modules of the page do not come any more."""
    young.context.route("**/assets/join.*", lambda route: route.abort())
    young.reload()
    return young


@pytest.mark.parametrize("lose", [lose_the_key, turn_off_script])
def test_a_lost_key_costs_one_more_tap_each(
    adviser: Page, young: Page, watch: Watch, lose: Callable[[Page], Page]
) -> None:
    wait_at(young, begin(adviser))
    number = young.locator(".app-number").inner_text()
    young = lose(young)
    let_in(adviser)
    button = young.get_by_role("button", name=AGAIN)
    expect(button).to_be_visible()
    check(young)
    if lose is lose_the_key:
        expect(young.locator("[data-opening]")).to_have_count(0)
    young.context.unroute_all()
    button.click()
    expect(young.locator(".app-number")).to_have_text(number)
    expect(adviser.locator(".app-knock .app-number")).to_have_text(number)
    let_in(adviser)
    expect(young.locator(OPENED)).to_be_visible()
    watch.complaints.clear()  # of the module that did not come


def test_two_tabs_are_one_person_and_the_newest_opens(adviser: Page, young: Page) -> None:
    code = begin(adviser)
    wait_at(young, code)
    second = young.context.new_page()
    wait_at(second, code)
    assert second.locator(".app-number").inner_text() == young.locator(".app-number").inner_text()
    assert adviser.locator(".app-knock").count() == 1
    let_in(adviser)
    expect(second.locator(OPENED)).to_be_visible()
    young.reload()
    expect(young.locator(OPENED)).to_be_visible()


def test_what_opens_the_visit_is_sent_until_it_is_answered(adviser: Page, young: Page, watch: Watch) -> None:
    def no_signal(route: Route) -> None:
        route.abort()

    def database_away(route: Route) -> None:
        route.fulfill(status=503, body="")

    def reply_lost(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    answers = [no_signal, database_away, reply_lost]

    def meet(route: Route) -> None:
        if answers:
            answers.pop(0)(route)
        else:
            route.continue_()

    young.context.route("**/enter", meet)
    wait_at(young, begin(adviser))
    let_in(adviser)
    expect(young.locator(OPENED)).to_be_visible()
    assert not answers
    watch.complaints.clear()


def test_the_square_code_leads_to_a_door_that_makes_a_key_too(adviser: Page, new_context: NewContext) -> None:
    begin(adviser)
    young = new_context(locale="ar").new_page()
    young.goto(adviser.url, wait_until="networkidle")
    expect(young.locator("html")).to_have_attribute("dir", "rtl")
    check(young)
    young.locator("form[data-knock] button").click()
    expect(young.locator("[data-waiting]")).to_be_visible()
    assert len(young.evaluate(SECRET)) == 43
    let_in(adviser)
    expect(young.locator(OPENED)).to_be_visible()
    expect(young.locator("html")).to_have_attribute("lang", "ar")
