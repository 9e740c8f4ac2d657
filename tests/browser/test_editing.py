"""Editing on a phone and at a desk: the form, its preview as it is typed, faults, and two people at once."""

import re

from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browser.conftest import DESK, NewContext
from tests.browser.looks import barriers
from tests.browser.seated import seated
from tests.browser.serving import Server
from tests.browser.validator import Validator

ENTRY = "/staff/entries/entitlement/lincolnshire-driving-lessons"
LINCOLNSHIRE = "E10000019"
SAVE = re.compile("^Save as a draft")


def in_order(page: Page, validator: Validator) -> None:
    """Nothing on the page stands in anybody's way, and it is valid HTML."""
    assert barriers(page) == {}, page.url
    assert validator.faults(page.content()) == [], page.url


def test_an_entry_is_edited_looked_at_and_saved_as_a_draft(
    server: Server, new_context: NewContext, validator: Validator
) -> None:
    page = seated(server, new_context(), "editor", LINCOLNSHIRE)
    page.goto(ENTRY)
    page.get_by_role("button", name="Edit").click()
    in_order(page, validator)
    _looks(page)
    page.get_by_label("Summary").first.fill("")
    page.get_by_role("button", name="Add another step").click()
    assert page.get_by_label("Summary").first.input_value() == "", "what was typed is kept"
    page.locator("#f-steps textarea").last.fill("One more step.")
    page.get_by_role("button", name=SAVE).first.click()
    expect(page.get_by_text("1 thing to finish")).to_be_visible()
    in_order(page, validator)
    page.get_by_role("link", name="Summary: This is still empty.").click()
    expect(page.locator("#f-summary")).to_be_focused()
    page.keyboard.type("Money for driving lessons, typed on a phone.")
    page.get_by_role("button", name=SAVE).first.click()
    page.wait_for_url(re.compile("/staff/changes/"))
    page.goto(ENTRY)
    expect(page.get_by_role("heading", name="Changes on their way")).to_be_visible()
    in_order(page, validator)
    page.goto(ENTRY.replace("/staff/entries/entitlement", "/entitlements"))
    expect(page.get_by_text("typed on a phone")).to_have_count(0)


def _looks(page: Page) -> None:
    """The preview comes when it is asked for on a phone, and follows what is typed."""
    frame = page.frame_locator("iframe")
    page.get_by_role("button", name="Preview").first.click()
    expect(frame.get_by_role("heading", level=1)).to_have_text(page.locator("#f-title").input_value())
    page.locator("#f-title").fill("Driving <lessons>")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Driving <lessons>")


def test_without_script_the_preview_is_a_button_and_a_new_service_can_be_begun(
    server: Server, new_context: NewContext, validator: Validator
) -> None:
    context: BrowserContext = new_context(DESK, java_script_enabled=False)
    page = seated(server, context, "editor", LINCOLNSHIRE)
    page.goto("/staff/entries")
    page.get_by_role("link", name="service", exact=True).click()
    assert validator.faults(page.content()) == []
    page.get_by_label("Name").first.fill("Hub on the corner")
    page.get_by_role("button", name="Add a set of hours").click()
    page.get_by_label("Monday", exact=True).check()
    page.get_by_label("Opens").fill("09:00")
    page.get_by_role("button", name="Preview").first.click()
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text("Hub on the corner")
    assert page.get_by_label("Monday", exact=True).is_checked()
    assert validator.faults(page.content()) == []
    page.get_by_role("button", name=SAVE).first.click()
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    expect(page.get_by_text("Set of hours 1, Opens: Give both times, or neither.")).to_be_visible()
    assert "/staff/entries/service/hub-on-the-corner/edit" in page.url


def test_two_people_at_one_draft_choose_whose_words_stay(
    server: Server, new_context: NewContext, validator: Validator
) -> None:
    ann = seated(server, new_context(), "editor", LINCOLNSHIRE)
    ben = seated(server, new_context(), "editor", LINCOLNSHIRE)
    ann.goto("/staff/entries/organisation/lincolnshire-county-council/edit")
    ann.get_by_label("What it does").fill("Ann began this.")
    ann.get_by_role("button", name=SAVE).first.click()
    ann.wait_for_url(re.compile("/staff/changes/"))
    address = f"/staff/entries/organisation/lincolnshire-county-council/edit?change={ann.url.split('/')[-1]}"
    for page in (ann, ben):
        page.goto(address)
    ann.get_by_label("What it does").fill("Ann’s words.")
    ann.get_by_role("button", name=SAVE).first.click()
    ben.get_by_label("What it does").fill("Ben’s words.")
    ben.get_by_role("button", name=SAVE).first.click()
    expect(ben.get_by_role("heading", level=1)).to_have_text("Somebody else changed this")
    in_order(ben, validator)
    ben.get_by_label("Keep theirs").check()
    ben.get_by_role("button", name=SAVE).first.click()
    ben.wait_for_url(re.compile("/staff/changes/"))
    ben.goto(address)
    assert ben.get_by_label("What it does").input_value() == "Ann’s words."


def test_who_would_leave_words_that_were_not_saved_is_asked_first(
    server: Server, new_context: NewContext
) -> None:
    page = seated(server, new_context(DESK), "editor", LINCOLNSHIRE)
    asked: list[str] = []

    def stay_or_go(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay_or_go)
    for part, box in (
        ("edit", "#f-summary"),
        ("rule", "#r-add"),
        ("yaml", "#text"),
        ("terms?do=amount-add", "#text"),
    ):
        page.goto(f"{ENTRY}/{part}")
        page.goto("/staff")
        assert asked == [], f"nothing was typed in {part}"
        page.goto(f"{ENTRY}/{part}")
        typed = page.locator(box)
        if box == "#r-add":
            typed.select_option("ask")
        else:
            typed.press_sequentially("x")
        page.goto("/staff")
        assert asked.pop() == "beforeunload", part


def test_a_button_pressed_twice_is_sent_once(server: Server, new_context: NewContext) -> None:
    page = seated(server, new_context(DESK), "editor", LINCOLNSHIRE)
    page.goto("/staff/entries/service/housing-lincoln/edit")
    page.get_by_label("Summary").first.fill("Pressed twice.")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name=SAVE).first.dblclick()
    page.wait_for_url(re.compile("/staff/changes/"))
    assert len([each for each in sent if each.endswith("/edit")]) == 1, sent
