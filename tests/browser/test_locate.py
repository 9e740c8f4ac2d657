""" "Use where I am now": asked only when pressed, said in words, sent once, kept nowhere."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.serving import Server
from tests.browser.watching import Watch

BUTTON = "Use where I am now"
HOME = {"latitude": 53.00071, "longitude": -0.40933, "accuracy": 40}  # Sleaford
KEPT = "() => [...Object.values({...localStorage}), ...Object.values({...sessionStorage})]"
_FAILS = """code => {
  navigator.geolocation.getCurrentPosition = (_, refused) => refused({code})
}"""


def phone(new_context: NewContext, where: dict[str, float] = HOME) -> Page:
    """A tab on a phone that knows where it is and may say so."""
    return new_context(geolocation=where, permissions=["geolocation"]).new_page()


def said(page: Page) -> str:
    return page.locator("[data-locate] [role=status]").inner_text()


def test_help_near_the_phone(new_context: NewContext, watch: Watch, server: Server) -> None:
    page = phone(new_context)
    page.goto("/help-nearby")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name=BUTTON).press("Enter")
    posted = sent.value.post_data or ""
    assert "lat=53.001" in posted and "lon=-0.409" in posted
    assert "53.0007" not in posted  # no finer than 100 metres
    expect(page.locator("main")).to_contain_text("Your phone puts you in North Kesteven")
    expect(page.locator("main")).to_contain_text("in a straight line")
    assert not [address for address in watch.addresses if "53.0" in address]
    assert page.evaluate(KEPT) == []
    log = server.log.read_text("utf-8")
    assert not re.search(r"(?<!:)53\.00", log)  # after a colon it is the seconds of a time
    assert "-0.409" not in log


def test_the_start_page_takes_the_district_alone(new_context: NewContext) -> None:
    page = phone(new_context)
    page.goto("/")
    page.fill("#place", "somewhere")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("[data-locate] [role=status]")).to_have_text(
        "You are in North Kesteven. We will use that, unless you type another place."
    )
    assert page.input_value("#place") == ""
    assert "53.0" not in page.content()
    page.get_by_role("button", name="Show what I can get").click()
    expect(page.locator("main")).to_contain_text("Living in North Kesteven")


def test_nothing_is_asked_before_the_button_is_pressed(new_context: NewContext) -> None:
    page = phone(new_context)
    page.add_init_script("navigator.geolocation.getCurrentPosition = () => { window.asked = true }")
    page.goto("/help-nearby")
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible()
    assert page.evaluate("window.asked") is None
    page.get_by_role("button", name=BUTTON).click()
    assert page.evaluate("window.asked") is True


@pytest.mark.parametrize(
    ("code", "words"),
    [(1, "did not let us see where you are"), (2, "could not find where you are"), (3, "took too long")],
)
def test_a_failure_is_said_in_words_and_the_button_keeps_its_focus(page: Page, code: int, words: str) -> None:
    page.goto("/council-tax")
    page.evaluate(_FAILS, code)
    button = page.get_by_role("button", name=BUTTON)
    button.press("Space")
    assert words in said(page)
    assert re.search("type a postcode or a town", said(page), re.IGNORECASE)
    expect(button).to_be_focused()
    expect(button).not_to_have_attribute("aria-disabled", "true")


def test_a_refusal_by_the_browser_itself(page: Page) -> None:
    page.goto("/help-nearby")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("[data-locate] [role=status]")).to_contain_text("did not let us see")


def test_a_phone_that_only_knows_roughly_is_not_believed(new_context: NewContext) -> None:
    page = phone(new_context, {**HOME, "accuracy": 9000})
    page.goto("/help-nearby")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("[data-locate] [role=status]")).to_contain_text("only knows roughly")


def test_a_phone_abroad_gets_a_sentence(new_context: NewContext) -> None:
    page = phone(new_context, {"latitude": 48.857, "longitude": 2.352, "accuracy": 20})
    page.goto("/help-nearby")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("No home on our list is within 3 miles")
    page.goto("/")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("[data-locate] [role=status]")).to_contain_text("No home on our list")


def test_without_script_or_without_a_location_there_is_no_button(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/help-nearby")
    expect(page.get_by_text(BUTTON)).to_be_hidden()
    page = new_context().new_page()
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'geolocation', { value: undefined })")
    page.goto("/help-nearby")
    expect(page.get_by_text(BUTTON)).to_be_hidden()
