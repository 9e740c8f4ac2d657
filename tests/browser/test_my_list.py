"""The shortlist in a real browser: kept on the phone alone; without a script; where storage is refused."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.looks import barriers
from tests.browser.people import SLEAFORD, answered
from tests.browser.sights import LIST

PLACE = "housing-north-kesteven"
STORED = "() => Object.fromEntries(Object.entries(localStorage))"
REFUSE = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('no', 'SecurityError') } })"""


def kept(page: Page) -> list[str]:
    return [each.get_attribute("id") or "" for each in page.locator(".app-kept").all()]


def keep_three(page: Page) -> list[str]:
    """Keeps the first three things of a topic; their slugs."""
    page.goto("/topics/housing")
    buttons = page.locator(".app-keep")
    for number in range(3):
        buttons.nth(number).click()
    slugs: list[str] = json.loads(page.evaluate(STORED)["list"])
    assert len(slugs) == 3
    return slugs


def test_what_is_kept_is_slugs_and_the_list_is_filled_from_them(page: Page) -> None:
    slugs = keep_three(page)
    page.get_by_role("link", name="See my list (3)").first.click()
    page.wait_for_selector(".app-kept")
    assert kept(page) == slugs
    assert page.evaluate("location.search") == "", "this phone's own list stands in no address"
    assert "Kept on this phone only." in page.locator("[role=status]").inner_text()
    assert set(page.evaluate(STORED)) == {"list"}
    assert page.evaluate("document.cookie") == ""


def test_order_take_off_undo_and_clear(page: Page) -> None:
    first, second, third = keep_three(page)
    page.goto("/my-list")
    page.get_by_role("link", name="Move up").first.click()
    expect(page.locator(".app-kept").first).to_have_id(second)
    assert kept(page) == [second, first, third]
    page.locator(f"#{third} [data-list=off]").click()
    undo = page.get_by_role("button", name="Undo")
    expect(page.locator(".app-kept")).to_have_count(2)
    expect(undo).to_be_focused()
    undo.click()
    expect(page.locator(".app-kept")).to_have_count(3)
    page.get_by_role("button", name="Clear my whole list").click()
    page.get_by_text("Nothing is on your list yet.").wait_for()
    assert page.evaluate(STORED) == {}
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector(".app-kept")
    assert kept(page) == [second, first, third]


def test_the_list_is_changed_by_keyboard_alone_and_reads_twice_as_large(page: Page) -> None:
    first, second, third = keep_three(page)
    page.goto("/my-list")
    page.wait_for_selector(".app-kept")
    press(page, f"#{first} [data-list=off]")
    expect(page.locator(".app-kept")).to_have_count(2)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".app-kept")).to_have_count(3)
    press(page, "main a[href^='/my-list/share']")
    page.wait_for_url("**/share?**")
    page.go_back()
    page.wait_for_selector(".app-kept")
    assert kept(page) == [first, second, third]
    assert barriers(page) == {}, "320 pixels and words twice as large, with things on the list"


def press(page: Page, selector: str) -> None:
    """Tabs to a thing and presses Enter on it."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


def test_a_button_takes_off_what_it_kept_and_other_tabs_follow(page: Page) -> None:
    page.goto("/topics/housing")
    other = page.context.new_page()
    other.goto("/topics/housing")
    page.locator(".app-keep").first.click()
    other.wait_for_selector(".app-keep--kept")
    other.locator(".app-keep").first.click()
    expect(page.locator(".app-keep--kept")).to_have_count(0)
    assert page.evaluate(STORED) == {}


def test_a_list_from_a_link_is_kept_only_when_asked(page: Page) -> None:
    page.goto(LIST)
    assert page.evaluate(STORED) == {}
    page.get_by_role("button", name="Keep it on this phone").click()
    page.get_by_text("Kept on this phone only.").wait_for()
    assert json.loads(page.evaluate(STORED)["list"]) == kept(page)


def test_results_and_an_entry_can_be_kept_with_the_keyboard(page: Page) -> None:
    answered(page, SLEAFORD)
    first = page.locator(".app-items .app-keep").first
    first.focus()
    page.keyboard.press("Enter")
    page.goto("/entitlements/setting-up-home-allowance")
    page.get_by_role("button", name="Keep").press("Space")
    assert len(json.loads(page.evaluate(STORED)["list"])) == 2
    assert page.get_by_role("button", name="Kept").count() == 1


def test_a_place_is_kept_where_it_is_found_and_on_its_own_page(page: Page) -> None:
    page.goto("/help-nearby?in=E07000139")
    near = page.locator("li", has=page.locator(f"a[href='/services/{PLACE}']"))
    near.get_by_role("button", name="Keep").click()
    near.get_by_role("link", name="See my list (1)").click()
    row = page.locator(".app-kept")
    expect(row).to_have_id(f"service.{PLACE}")
    expect(row.get_by_role("link", name="Ring 01529").first).to_be_visible()
    expect(row).to_contain_text("Monday to Thursday")
    page.goto(f"/services/{PLACE}")
    page.get_by_role("button", name="Kept").click()
    assert page.evaluate(STORED) == {}


def test_where_storage_is_refused_the_list_lives_in_its_address(page: Page) -> None:
    page.add_init_script(REFUSE)
    page.goto("/topics/housing")
    page.locator(".app-keep").nth(0).click()
    page.locator(".app-keep").nth(1).click()
    assert "does not let us keep anything" in page.locator("main").inner_text()
    page.get_by_role("link", name="See my list (2)").click()
    assert len(kept(page)) == 2
    assert "does not let us keep anything" in page.locator("[role=status]").inner_text()
    page.locator("[data-list=off]").first.click()
    expect(page.locator(".app-kept")).to_have_count(1)


@pytest.mark.parametrize("lies", ["[", "{}", '["<img src=x>", 7, "setting-up-home-allowance"]', "null"])
def test_whatever_lies_in_the_storage_does_no_harm(page: Page, lies: str) -> None:
    page.goto("/about")
    page.evaluate("text => localStorage.setItem('list', text)", lies)
    page.goto("/my-list")
    page.wait_for_load_state("networkidle")
    assert kept(page) == (["setting-up-home-allowance"] if "setting" in lies else [])


def test_without_the_server_the_list_is_still_named(page: Page) -> None:
    page.goto("/about")
    page.evaluate("localStorage.setItem('list', '[\"setting-up-home-allowance\"]')")
    page.route("**/my-list?*", lambda route: route.fulfill(status=429))
    page.goto("/my-list")
    page.get_by_role("link", name="Setting up home allowance").wait_for()


def test_without_a_script_ticks_make_a_list_to_share_and_print(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/my-list")
    page.locator(".app-ticks summary").first.click()
    page.locator(".app-ticks input[type=checkbox]").first.check()
    page.get_by_role("button", name="Put these on the list").click()
    assert len(kept(page)) == 1
    page.get_by_role("link", name="Share this list").click()
    assert (
        page.locator(".app-address a").get_attribute("href")
        == f"/my-list?things={page.url.split('things=')[1]}"
    )


def test_the_phones_own_way_to_share_gets_the_link_and_no_more(page: Page) -> None:
    page.add_init_script(
        "navigator.share = given => { window.shared = given; return Promise.resolve() };"
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: text => {"
        " window.copied = text; return Promise.resolve() } } })"
    )
    page.goto(LIST.replace("?", "/share?"))
    page.get_by_role("button", name="Send it with an app").click()
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("The link is copied.").wait_for()
    link = page.evaluate("document.querySelector('.app-address a').href")
    assert page.evaluate("window.copied") == link
    assert page.evaluate("window.shared") == {"title": "A list of things to get", "url": link}


def test_from_right_to_left_the_list_is_kept_and_changed_in_its_own_language(page: Page) -> None:
    page.goto("/ar/topics/housing")
    page.locator(".app-keep").first.click()
    page.locator(".app-keep__see").first.click()
    expect(page.locator(".app-kept")).to_have_count(1)
    assert page.evaluate("location.pathname") == "/ar/my-list"
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator("[data-list=off]").click()
    expect(page.locator(".app-kept")).to_have_count(0)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
