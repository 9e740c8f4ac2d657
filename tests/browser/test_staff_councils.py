"""Starting a council in a real browser: its first admin, its list, its colour, and what the public reads."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.looks import barriers
from tests.browser.seated import seated
from tests.browser.serving import Server
from tests.browser.validator import Validator

BRACKNELL, OUR_BAR = "E06000036", "rgb(18, 63, 67)"
BAR = "getComputedStyle(document.querySelector('.app-header')).backgroundColor"


def in_order(page: Page, validator: Validator) -> None:
    """Nothing on the page stands in anybody's way, and it is valid HTML."""
    assert barriers(page) == {}, page.url
    assert validator.faults(page.content()) == [], page.url


def test_a_council_starts_and_the_public_reads_that_it_is_being_written(
    server: Server, new_context: NewContext, validator: Validator
) -> None:
    page, phone = seated(server, new_context(), "admin", "england"), new_context().new_page()
    page.goto("/staff/councils")
    page.get_by_role("button", name="Start a council").click()
    page.get_by_role("button", name="Start this council").click()
    expect(page).to_have_title(re.compile("^Error: "))
    in_order(page, validator)
    page.select_option("#scope", label="Bracknell Forest")
    for field, text in {"email": "kim@bracknell.example", "name": "Kim", "team": "Leaving care"}.items():
        page.fill(f"#{field}", text)
    page.get_by_role("button", name="Start this council").click()
    expect(page.get_by_label("One-time address")).to_be_visible()
    phone.goto(f"/topics/housing?by={BRACKNELL}")
    expect(phone.get_by_text("Bracknell Forest’s own offer is being written")).to_be_visible()
    page.goto(f"/staff/councils/{BRACKNELL}")
    in_order(page, validator)
    page.get_by_role("link", name="Settings").click()
    page.fill("#colour", "#ffcc00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("The nearest colour that passes")
    in_order(page, validator)
    page.fill("#colour", "#6b2c91")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    phone.goto(f"/what-changed/{BRACKNELL}")
    assert phone.evaluate(BAR) != OUR_BAR
    in_order(phone, validator)
    for path in ("/staff/gaps", "/staff/scrutiny", "/staff/earlier"):
        page.goto(path)
        in_order(page, validator)
