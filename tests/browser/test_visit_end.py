"""The end of a visit: the sheet, the name that never leaves the phone, and answers kept or not kept there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.conftest import NewContext
from tests.browser.people import LEFT_AT_18, Person, answered
from tests.browser.test_paper import papers
from tests.browser.test_privacy import STORED
from tests.browser.test_visit import check, come
from tests.browser.watching import Watch

NAME = "Jo Zzyzxova"
BORN_2007 = Person(born=("20", "4", "2007"), place="NG34 7EF", council="Lincolnshire", ticks=LEFT_AT_18)
REMEMBER = "Remember on this phone until I remove it"
REMOVE = "Remove them from this phone"


def together(new_context: NewContext, prefix: str = "") -> tuple[Page, Page]:
    """An adviser who brought answers to a visit, and a young person who was let in."""
    adviser, young = new_context().new_page(), new_context().new_page()
    answered(adviser, BORN_2007)
    adviser.get_by_role("button", name="Look at this together").click()
    adviser.get_by_role("button", name="I am the adviser").click()
    code = adviser.locator(".app-number").first.inner_text()
    come(young, adviser, code, prefix)
    return adviser, young


def own_plan(page: Page) -> Page:
    """The sheet, by way of the results."""
    answered(page, BORN_2007)
    page.get_by_role("button", name="Print a sheet").click()
    page.get_by_role("button", name="What to do, by when, and who").click()
    expect(page.locator("[data-sheet]")).to_be_visible()
    return page


def test_each_makes_the_sheet_in_their_own_language(new_context: NewContext) -> None:
    adviser, young = together(new_context, "/ar")
    adviser.get_by_role("button", name="Make the sheet").click()
    sheet = adviser.locator("[data-sheet]").inner_text()
    for words in ("What to do, by when, and who", "The young person", "The council", "Coram Voice"):
        assert words in sheet
    assert "By 19 April 2028" in sheet, "the day before the 21st birthday"
    assert "Children Act 1989" in adviser.locator(".app-plan-law").first.inner_text()
    young.locator("form[action$='/results'] button").first.click()
    expect(young.locator("html")).to_have_attribute("dir", "rtl")
    expect(young.locator("[data-sheet]")).to_contain_text("0808 800 5792")
    for page in (adviser, young):
        assert "2007" not in page.url
        check(page)


def test_a_name_stands_on_the_paper_and_nowhere_else(
    page: Page, context: BrowserContext, tmp_path: Path
) -> None:
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(f"{request.url} {request.post_data or ''} {request.headers}")

    context.on("request", note)
    own_plan(page)
    page.locator("#paper-name").press_sequentially(NAME)
    assert NAME in page.locator("[data-sheet]").inner_text()
    papers(page)
    with page.expect_download() as kept:
        page.get_by_role("button", name="Keep this sheet on this phone").click()
    kept.value.save_as(tmp_path / "kept.html")
    copy = (tmp_path / "kept.html").read_text("utf-8")
    assert kept.value.suggested_filename == "what-we-found.html"
    assert "By 19 April 2028" in copy and "Coram Voice" in copy and "<script" not in copy
    stored = page.evaluate(STORED)
    cookies = context.cookies()
    page.get_by_role("button", name="My results").click()
    expect(page.locator("h1")).to_have_text("What you can get")
    with page.expect_download() as file:
        page.go_back()
        expect(page.locator("#paper-name")).to_have_value("")
        page.fill("#paper-name", NAME)
        page.get_by_role("button", name="Dates for your calendar").click()
    calendar = Path(file.value.path()).read_text("utf-8")
    assert "BEGIN:VEVENT" in calendar
    for where in (copy, calendar, str(stored), str(cookies), page.url, *sent):
        assert "zzyzx" not in where.lower()
    assert any("/print/plan" in each for each in sent)


def test_without_script_there_is_a_line_to_write_a_name_on(new_context: NewContext) -> None:
    page = own_plan(new_context(java_script_enabled=False).new_page())
    assert page.locator("#paper-name:visible, [data-print]:visible, [data-keep-sheet]:visible").count() == 0
    assert "Name:" in page.locator(".app-sheet-lines").first.inner_text()
    assert "choose Print" in page.locator("main").inner_text()
    assert papers(page) <= 5


def test_leaving_offers_the_sheet_and_ending_leaves_nothing(new_context: NewContext) -> None:
    adviser, young = together(new_context)
    adviser.get_by_role("button", name="Leave this visit").click()
    adviser.get_by_role("button", name="Make the sheet").click()
    expect(adviser.locator("[data-sheet]")).to_contain_text("By 19 April 2028")
    young.get_by_role("button", name="End it for both of us").click()
    expect(young.locator("h1")).to_have_text("You have left the visit")
    assert "2007" not in young.content()
    for page in (adviser, young):
        assert page.context.cookies() == []
    assert not [each for each in young.evaluate(STORED) if not each.isdigit()]


def offered(page: Page) -> Callable[[], bool]:
    """Whether the first page offers to go on with remembered answers."""

    def look() -> bool:
        page.goto("/", wait_until="networkidle")
        return page.get_by_role("button", name="Go on with them").is_visible()

    return look


def test_without_a_network_neither_the_visit_nor_its_answers_are_lost(
    new_context: NewContext, watch: Watch
) -> None:
    adviser, _ = together(new_context)
    for leave in (False, True):
        if leave:
            adviser.get_by_role("button", name="Leave this visit").click()
            expect(adviser.locator("h1")).to_have_text("You have left the visit")
        adviser.context.set_offline(True)
        adviser.get_by_role("button", name="Make the sheet").click()
        expect(adviser.locator("[data-lost-said]")).to_be_focused()
        adviser.context.set_offline(False)
    adviser.get_by_role("button", name="Make the sheet").click()
    expect(adviser.locator("[data-sheet]")).to_contain_text("North Kesteven")
    watch.complaints.clear()  # of the network that was away


def test_answers_kept_from_a_visit_are_this_tabs_alone(new_context: NewContext) -> None:
    _, young = together(new_context)
    young.get_by_role("button", name="Keep these answers on this phone").click()
    expect(young.locator("h1")).to_have_text("What you can get")
    other = young.context.new_page()
    assert not offered(other)()
    assert "2007" in str(young.evaluate(STORED))
    assert "2007" not in str(other.evaluate(STORED)), "and no other tab's"
    young.close()
    assert not offered(young.context.new_page())()


@pytest.mark.parametrize("how", ["removed there", "removed at the start", "start again"])
def test_remembered_on_purpose_until_removed(context: BrowserContext, how: str) -> None:
    page = answered(context.new_page(), BORN_2007)
    page.get_by_role("button", name="Remember my answers").click()
    assert "Who else uses this phone?" in page.locator("main").inner_text()
    assert page.evaluate("localStorage.length") == 0, "not before the second choice"
    page.get_by_role("button", name=REMEMBER).click()
    check(page)
    kept = page.evaluate("localStorage.getItem('remembered')")
    assert "2007" in kept and "NG34" not in kept and "E07000139" in kept
    page.close()
    page = context.new_page()
    assert offered(page)()
    check(page)
    page.get_by_role("button", name="Go on with them").click()
    assert "20 April 2007" in page.locator(".app-told").inner_text()
    assert "North Kesteven" in page.locator(".app-told").inner_text()
    assert "2007" not in page.url
    if how == "removed there":
        page.get_by_role("button", name="Remember my answers").click()
        expect(page.get_by_role("button", name=REMEMBER)).to_be_hidden()
        page.get_by_role("button", name=REMOVE).click()
        expect(page.get_by_role("button", name=REMEMBER)).to_be_focused()
    elif how == "start again":
        page.get_by_role("link", name="Start again").click()
    else:
        assert offered(page)()
        page.get_by_role("button", name=REMOVE).click()
        expect(page.get_by_text("They are removed from this phone.")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    assert not offered(page)()


def test_taking_the_saved_list_off_the_phone_takes_remembered_answers_too(new_context: NewContext) -> None:
    page = new_context(service_workers="allow").new_page()
    answered(page, BORN_2007)
    page.get_by_role("button", name="Remember my answers").click()
    page.get_by_role("button", name=REMEMBER).click()
    page.goto("/no-signal")
    page.get_by_role("button", name="Save for no signal").click()
    page.get_by_role("button", name="Remove it from this phone").click()
    expect(page.get_by_text("gone from this phone")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_without_script_nothing_is_remembered_and_that_is_said(new_context: NewContext) -> None:
    page = answered(new_context(java_script_enabled=False).new_page(), BORN_2007)
    page.get_by_role("button", name="Remember my answers").click()
    expect(page.locator("main")).to_contain_text("Nothing was kept.")
    assert page.get_by_role("button", name=REMEMBER).count() == 0
    page.get_by_role("button", name="My results").click()
    assert "20 April 2007" in page.locator(".app-told").inner_text()
