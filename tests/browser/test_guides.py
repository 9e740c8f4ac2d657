"""Guides, homes and council tax as somebody walks them: without script, by keyboard, on a phone."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewContext
from tests.browser.sights import COUNTY_DURHAM, LINCOLNSHIRE, NORTH_KESTEVEN

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_a_topic_to_the_housing_team_of_a_postcode(new_context: NewContext, script: bool) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/topics")
    page.locator("main a[href='/topics/housing']").click()
    page.locator("main a[href='/housing']").first.click()
    page.fill("#place", "NG34 7EF")
    page.get_by_role("button", name="Show my district").click()
    assert urlsplit(page.url).path == f"/housing/{NORTH_KESTEVEN}"
    assert "NG34" not in page.url
    tonight = page.locator("section", has=page.get_by_role("heading", name="Nowhere to sleep tonight?"))
    expect(tonight.locator("a[href='tel:01529414155']")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_a_district_to_what_moving_would_change(new_context: NewContext, script: bool) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto(f"/council-tax/{COUNTY_DURHAM}")
    page.fill("#place", "NG34 7EF")
    page.fill("#age", "22")
    page.get_by_role("button", name="What would change?").click()
    asked = urlsplit(page.url)
    assert asked.path == f"/council-tax/{COUNTY_DURHAM}/compare"
    assert parse_qs(asked.query) == {"with": [NORTH_KESTEVEN], "age": ["22"]}
    expect(page.locator(".app-panel").first).to_contain_text("At 22 in North Kesteven")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("County Durham")


def test_a_place_that_must_be_chosen_keeps_the_age(page: Page) -> None:
    page.goto(f"/council-tax/{COUNTY_DURHAM}")
    page.fill("#place", "NG34")
    page.fill("#age", "20")
    page.get_by_role("button", name="What would change?").click()
    page.get_by_label("North Kesteven", exact=True).check(force=True)
    page.get_by_role("button", name="What would change?").click()
    assert parse_qs(urlsplit(page.url).query) == {"with": [NORTH_KESTEVEN], "age": ["20"]}


def test_a_council_is_chosen_by_keyboard_alone(page: Page) -> None:
    page.goto("/topics/work")
    page.locator("main summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.app-chips') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/topics/work?by=*")
    expect(page.locator("main h2", has_text="adds").first).to_be_visible()


def test_on_a_phone_the_ways_are_named_beside_each_answer(page: Page) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/routes")
    assert page.evaluate(SIDEWAYS) <= 0
    expect(page.locator(".app-ways thead")).to_be_hidden()
    before = page.locator(".app-ways td[data-of]").evaluate_all(
        "cells => cells.map(cell => [cell.dataset.of, getComputedStyle(cell, '::before').content])"
    )
    assert len(before) == 24
    assert all(said == f'"{name}"' for name, said in before)


@pytest.mark.parametrize(
    "address",
    [
        f"/topics/money?by={LINCOLNSHIRE}",
        "/routes",
        f"/council-tax/{COUNTY_DURHAM}",
        f"/housing/{NORTH_KESTEVEN}",
    ],
)
def test_text_at_twice_its_size_needs_no_sideways_scroll(page: Page, address: str) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(SIDEWAYS) <= 0
