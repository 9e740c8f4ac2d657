"""On a phone: a rule in plain words, its English beside it as it is typed; a new age for one district."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.looks import barriers
from tests.browser.seated import seated
from tests.browser.serving import Server
from tests.browser.validator import Validator

RULE = "/staff/entries/entitlement/access-to-work/rule"
TERMS = "/staff/entries/entitlement/council-tax-care-leaver-discount"
CHANGE = re.compile(r"/staff/changes/\d+$")


def in_order(page: Page, validator: Validator) -> None:
    """Nothing on the page stands in anybody's way, and it is valid HTML."""
    assert barriers(page) == {}, page.url
    assert validator.faults(page.content()) == [], page.url


def test_a_rule_is_built_in_plain_words_and_a_district_gets_a_new_age(
    server: Server, new_context: NewContext, validator: Validator
) -> None:
    page = seated(server, new_context(), "editor", "england")
    page.goto(RULE)
    _built(page, validator)
    page.goto(TERMS)
    _from_april(page, validator)


def test_with_keys_alone_a_new_line_begins_at_its_first_box(server: Server, new_context: NewContext) -> None:
    page = seated(server, new_context(), "editor", "england")
    page.goto(RULE)
    page.locator("#r-add").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#r-4-fact")).to_be_focused()
    page.keyboard.type("How old")
    expect(page.locator("#r-4-fact")).to_have_value("age_years")
    expect(page.locator("#r-4-low")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("#r-4-low")).to_be_focused()


def _built(page: Page, validator: Validator) -> None:
    english, group = page.locator("#rule-english"), "#r-4"
    page.select_option("#r-add", "any")
    page.get_by_role("button", name="Add to the whole rule").click()
    for number, fact in enumerate(("employed", "lives_in", "age_years")):
        page.get_by_role("button", name="Add to group 5").click()
        page.select_option(f"{group}-{number}-fact", fact)
    page.locator(f"{group}-0-is-true").check()
    page.fill(f"{group}-1-more", "Boston")
    page.fill(f"{group}-2-low", "30")
    page.fill(f"{group}-2-high", "16")
    expect(english).to_contain_text("You live in Boston.")  # as it is typed: no button was pressed
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_title(re.compile("^Error: Who can get it"))
    expect(page.locator(f"{group}-2-box")).to_contain_text("must be smaller than the second")
    assert page.locator(f"{group}-2-low").input_value() == "30"
    in_order(page, validator)
    page.fill(f"{group}-2-high", "45")
    expect(english).to_contain_text("You are 30 to 44.")
    page.get_by_role("button", name="Move up line 5.3").click()
    expect(page.locator(f"{group}-1-low")).to_have_value("30")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(CHANGE)


def _from_april(page: Page, validator: Validator) -> None:
    page.get_by_role("link", name="its terms by district").click()
    page.fill("#place", "Boston")
    page.get_by_role("button", name="Find").click()
    in_order(page, validator)
    page.get_by_role("link", name="Change from a date Boston").click()
    page.fill("#age_before", "21")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Write the day from which the new row counts.")).to_be_visible()
    assert page.locator("#age_before").input_value() == "21"
    in_order(page, validator)
    for part, text in {"day": "1", "month": "April", "year": "2027"}.items():
        page.fill(f"#start-{part}", text)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(CHANGE)
    page.get_by_role("link", name=re.compile("council tax", re.I)).first.wait_for()
    page.goto(f"{TERMS}/yaml?change={page.url.rpartition('/')[2]}")
    assert "start: 2027-04-01" in page.locator("#text").input_value()
