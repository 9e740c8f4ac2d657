"""Searches typed in haste on a phone, with slang and slips: the right thing stands on the first screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext

# Written before any was run, and in none of the judged sets.
HASTY = [
    ("moving in got no bed or nuffin", "/entitlements/setting-up-home-allowance"),
    ("bus pass durhm", "/entitlements/durham-college-bus-pass"),
    ("whos gonna be my pa after 21 lincoln", "/entitlements/lincolnshire-leaving-care-worker"),
    ("drving lessons", "/entitlements/provisional-licence-and-id"),
    ("wots staying put", "/entitlements/staying-put"),
    ("uni accomodation summer", "/entitlements/vacation-accommodation"),
    ("wana see my care file", "/entitlements/access-to-care-records"),
    ("baby on way need pram", "/entitlements/sure-start-maternity-grant"),
    ("jsa or uc im 18", "/entitlements/universal-credit-from-18"),
    ("apprentiship bursry", "/entitlements/apprenticeship-care-leavers-bursary"),
    ("rent arears scared gona get evicted", "/entitlements/crisis-and-resilience-fund"),
]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize(("typed", "right"), HASTY, ids=[typed for typed, _ in HASTY])
def test_a_hasty_search_leads_to_the_right_thing_on_the_first_screen(
    new_context: NewContext, typed: str, right: str, script: bool
) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/search")
    page.fill("main #q", typed)
    page.press("main #q", "Enter")
    page.wait_for_url("**/search?**")
    expect(page.locator(f"main .app-row__title a[href='{right}']")).to_be_in_viewport()
