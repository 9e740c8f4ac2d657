"""The page of an entry in a real browser: copying what to say, what it is for me, listening, telling."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.people import DURHAM, LEFT_AT_18, Person, answered

ADVISER = "/entitlements/durham-adviser-to-25-plus"
BORN = Person(born=("3", "5", "2007"), council="Durham (County Durham)", ticks=LEFT_AT_18)
# A phone with one English voice that keeps what it is asked to say: Chromium here has no voice at all.
VOICE = """() => {
  const voices = [{lang: 'en_GB', localService: true, name: 'Anna'}]
  const said = []
  class Words { constructor(text) { this.text = text } }
  const speech = {
    getVoices: () => voices, speak: words => said.push(words.text), cancel: () => said.push('stopped'),
    addEventListener: () => {},
  }
  Object.defineProperty(window, 'speechSynthesis', {value: speech})
  Object.defineProperty(window, 'SpeechSynthesisUtterance', {value: Words})
  window.said = said
}"""


def test_what_to_say_is_copied_by_a_button_by_keyboard_too(new_context: NewContext) -> None:
    context = new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(ADVISER)
    button = page.get_by_role("button", name="Copy").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".app-copy__line [role=status]").first).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".app-say").first.text_content()
    assert "Children Act 1989" in copied or "section" in copied


def test_where_the_clipboard_is_refused_the_words_are_marked(new_context: NewContext) -> None:
    page = new_context().new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(ADVISER)
    page.get_by_role("button", name="Copy").first.click()
    expect(page.locator(".app-copy__line [role=status]").first).to_have_text("")
    assert page.evaluate("getSelection().toString()") == page.locator(".app-say").first.text_content()


def test_without_script_the_words_are_there_and_no_button_is(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(ADVISER)
    expect(page.locator(".app-say").first).to_be_visible()
    assert page.get_by_role("button", name="Copy").count() == 0
    assert page.get_by_role("button", name="Listen").count() == 0
    assert page.locator("[data-mark]").is_hidden()


def test_the_answers_of_the_tab_say_what_it_is_for_me_and_until_when(page: Page) -> None:
    page.goto(ADVISER)
    expect(page.locator(".app-mine")).to_be_hidden()
    answered(page, DURHAM)
    page.goto(ADVISER)
    mine = page.locator(".app-mine")
    expect(mine).to_contain_text("You should be able to get this.")
    expect(mine).to_contain_text("Until you turn 2")


def test_a_birthday_gives_the_day(page: Page) -> None:
    answered(page, BORN)
    page.goto("/entitlements/pathway-plan")
    expect(page.locator(".app-mine")).to_contain_text(re.compile(r"(Until|Sure until) 3 May 20\d\d"))


def test_without_script_an_age_says_until_when(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/entitlements/advocacy")
    page.fill("#age", "19")
    page.get_by_role("button", name="Until when for me?").click()
    expect(page.locator(".app-mine")).to_contain_text("You might get this")
    expect(page.locator(".app-mine")).to_contain_text("ntil you turn 2")
    assert "19" not in page.url
    page.get_by_role("button", name="Back to my results").click()
    expect(page.locator("h1")).to_have_text("What you can get")


def test_without_script_the_results_lead_to_until_when_for_me(new_context: NewContext) -> None:
    """One press of the name of a thing; no answer is asked for again, and none stands in an address."""
    page = answered(new_context(java_script_enabled=False).new_page(), BORN)
    page.locator(f"button[formaction='{ADVISER}']").click()
    expect(page.locator(".app-mine")).to_contain_text("You should be able to get this.")
    expect(page.locator(".app-mine")).to_contain_text("until you turn 25, on 3 May 2032")
    assert page.url.endswith(ADVISER)
    page.get_by_role("button", name="Back to my results").click()
    expect(page.locator(".app-told")).to_contain_text("3 May 2007")
    with_buttons = page.locator(".app-group--yes button[formaction]")
    assert with_buttons.count() > 10, "the results open the next one too"
    page.get_by_role("button", name="What happens when").click()
    expect(page.locator("h1")).to_have_text("What happens when for you")


def test_listen_reads_the_page_and_stops(page: Page) -> None:
    page.add_init_script(f"({VOICE})()")
    page.goto("/entitlements/setting-up-home-allowance/easy")
    button = page.get_by_role("button", name="Listen")
    button.click()
    said = page.evaluate("said")
    assert said[0] == "stopped" and said[1] == page.locator("h1").inner_text()
    assert len(said) == 1 + 1 + page.locator(".app-easy > p").count()
    page.get_by_role("button", name="Stop").click()
    assert page.evaluate("said").pop() == "stopped"
    expect(page.get_by_role("button", name="Listen")).to_be_visible()


def test_listen_reads_an_entry_once_and_in_order_without_its_forms(page: Page) -> None:
    page.add_init_script(f"({VOICE})()")
    page.goto("/entitlements/setting-up-home-allowance")
    page.get_by_role("button", name="Listen").click()
    said = page.evaluate("said")[1:]
    assert said[0] == page.locator("h1").inner_text()
    assert len(said) == len({*said}) or max(map(said.count, said)) <= 2
    assert said.index("How to get it") < said.index("What to say") < said.index("If you are told no")
    assert not [text for text in said if text in ("This helped", "Copy", "Postcode, town or council")]


@pytest.mark.parametrize(
    "address", ["/entitlements/setting-up-home-allowance", "/entitlements/advocacy/easy"]
)
def test_there_is_no_listen_where_the_phone_has_no_voice_for_the_words(page: Page, address: str) -> None:
    page.add_init_script(f"({VOICE.replace('en_GB', 'fr-FR')})()")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("button", name="Listen").count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_saying_that_it_is_wrong_gives_a_code_to_come_back_with(
    new_context: NewContext, script: bool
) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/entitlements/bus-travel")
    page.get_by_role("link", name="This looks wrong").click()
    page.get_by_role("button", name="Send").click()  # nothing chosen yet
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose what it is about.")
    page.locator(".govuk-error-summary a").click()
    page.check("#kind-different", force=True)
    page.fill("#text", "They said that it stops at 21. Ring me on 07700 900123")
    page.get_by_role("button", name="Send").click()
    code = page.locator(".app-code").inner_text()
    address = page.url
    page.go_back()
    page.get_by_role("button", name="Send").click()  # Back, and sent again
    assert page.url == address
    page.get_by_role("link", name="Look up another code").click()
    page.fill("#code", code.lower())
    page.get_by_role("button", name="Look it up").click()
    expect(page.locator("main")).to_contain_text("Nobody has read it yet.")


def test_this_helped_is_thanked(page: Page) -> None:
    page.goto("/entitlements/bus-travel")
    page.get_by_role("button", name="This helped").click()
    expect(page.locator("h1")).to_have_text("Thank you")


def test_help_near_me_is_about_what_the_page_is_about(page: Page) -> None:
    page.goto("/entitlements/setting-up-home-allowance")
    page.fill("#place", "North Kesteven")
    page.get_by_role("button", name="Show help near me").click()
    page.wait_for_url("**/help-nearby?**")
    assert "topic=money" in page.url


def test_a_number_in_a_sentence_has_the_colour_of_our_links(new_context: NewContext) -> None:
    for scheme in ("light", "dark"):
        page = new_context(color_scheme=scheme).new_page()
        page.goto("/entitlements/lincolnshire-setting-up-home-grant")
        seen = [
            page.locator(link).first.evaluate("link => getComputedStyle(link).color")
            for link in ("main dd a[href^='tel:'], main p a[href^='tel:']", "main a.govuk-link")
        ]
        assert seen[0] == seen[1], scheme
