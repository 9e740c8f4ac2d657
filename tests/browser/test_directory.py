"""The directory on a phone: near me, narrowed, a service and who runs it; with script and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewContext


@pytest.fixture
def plain(new_context: NewContext) -> Page:
    """A phone whose browser runs no script."""
    return new_context(java_script_enabled=False).new_page()


def near(page: Page, postcode: str) -> None:
    page.goto("/help-nearby")
    page.fill("#place", postcode)
    page.get_by_role("button", name="Show help").click()
    expect(page.get_by_role("heading", name="Places to go")).to_be_visible()


def test_the_nearest_then_its_page_then_who_runs_it_and_back(plain: Page) -> None:
    near(plain, "NG34 7EF")
    assert "NG34" not in plain.url
    first = plain.locator("section[aria-labelledby=places] li").first
    expect(first).to_contain_text("Less than 0.1 miles in a straight line")
    expect(first.get_by_role("link", name="Ring 01529 414155")).to_have_attribute("href", "tel:01529414155")
    first.get_by_role("link", name="Housing Options, North Kesteven", exact=True).click()
    expect(plain.locator("h1")).to_have_text("Housing Options, North Kesteven")
    expect(plain.locator(".app-address")).to_contain_text("NG34 7EF")
    plain.get_by_role("link", name="North Kesteven District Council", exact=True).click()
    expect(plain.get_by_role("heading", name="What they run")).to_be_visible()
    expect(plain.get_by_role("link", name="Lincs Homefinder")).to_be_visible()
    plain.go_back()
    plain.get_by_role("link", name="Help near you").click()
    expect(plain.locator("h1")).to_contain_text("Help near you")


def test_wishes_narrow_what_is_near_and_keep_the_postcode_in_the_form(plain: Page) -> None:
    near(plain, "NG34 7EF")
    plain.get_by_text("Change place, or show only some").click()
    expect(plain.locator("#place")).to_have_value("NG34 7EF")
    plain.select_option("#topic", label="A place to live")
    plain.get_by_role("button", name="Show help").click()
    expect(plain.get_by_text("Only: A place to live.")).to_be_visible()
    shown = plain.locator("section[aria-labelledby=places] h3")
    assert shown.all_text_contents() == ["Housing Options, North Kesteven"]
    assert "NG34" not in plain.url


def test_a_number_fills_the_width_of_a_phone(plain: Page) -> None:
    plain.goto("/services/housing-north-kesteven")
    box = plain.get_by_role("link", name="Ring 01529 414155").bounding_box()
    assert box is not None
    assert box["width"] > 0.85 * PHONE[0] and box["height"] >= 44


def test_each_group_is_one_tap_away(page: Page) -> None:
    near(page, "DH1 5UL")
    page.get_by_role("link", name="Phone or online").click()
    expect(page.get_by_role("heading", name="By phone or online", exact=True)).to_be_in_viewport()


def test_the_list_of_an_area_turns_its_pages(plain: Page) -> None:
    plain.goto("/services?in=E06000047")
    before = plain.locator("main h2").all_text_contents()
    plain.get_by_role("link", name="Next page").click()
    after = plain.locator("main h2").all_text_contents()
    assert len(before) == 20 and after and not set(before) & set(after)
