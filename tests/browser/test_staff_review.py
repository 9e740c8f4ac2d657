"""The three minutes: a district goes from 21 to 25 next April, by two people, on a phone and a desk."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, NewContext
from tests.browser.desks import sit_down
from tests.browser.looks import barriers
from tests.browser.serving import Server

TERMS = "/staff/entries/entitlement/council-tax-care-leaver-discount/terms"
TENDRING = "/council-tax/E07000076"


def test_a_council_tax_age_goes_from_21_to_25_next_april(server: Server, new_context: NewContext) -> None:
    editor = _at_work(server, new_context, "editor", "Anna", PHONE)
    approver = _at_work(server, new_context, "approver", "Ben", DESK)
    change = _written(editor)
    _looked_at(editor)
    _approved(approver, change)
    approver.get_by_role("button", name="Publish now").click()
    expect(approver.get_by_role("status")).to_contain_text("The public page shows it now")
    assert barriers(approver) == {}
    public = new_context().new_page()
    public.goto(TENDRING)
    expect(public.get_by_role("main")).to_contain_text("From 1 April 2027")
    expect(public.get_by_role("main")).to_contain_text("until you turn 25")
    _taken_away(approver, public)


def _at_work(server: Server, new_context: NewContext, role: str, name: str, size: tuple[int, int]) -> Page:
    context = new_context(size)
    sit_down(context, server.address, server.log.parent, role, "england", name)  # type: ignore[arg-type]
    return context.new_page()


def _written(editor: Page) -> str:
    """Through the terms of the entry, as somebody finds them; the address of the change."""
    editor.goto(f"{TERMS}?place=Tendring")
    editor.get_by_role("link", name="Change from a date Tendring").click()
    for field, text in (
        ("age_before", "25"),
        ("start-day", "1"),
        ("start-month", "4"),
        ("start-year", "2027"),
    ):
        editor.fill(f"#{field}", text)
    editor.get_by_role("button", name="Save").click()
    expect(editor).to_have_url(re.compile(r"/staff/changes/\d+"))
    return editor.url.partition("?")[0]


def _looked_at(editor: Page) -> None:
    """What differs and whom it touches, before anybody is asked to approve it."""
    main = editor.get_by_role("main")
    expect(main).to_contain_text(re.compile(r"\d+ of the 60 example people change: \d+ gain, \d+ change"))
    expect(main.locator("del", has_text="age")).to_have_text("taken out: − stops at age: 21")
    isla = editor.locator("details", has_text="Isla is 21")
    isla.locator("summary").click()
    expect(isla).to_contain_text("After: Yes, until they turn 25")
    assert barriers(editor) == {}
    editor.get_by_role("button", name="Ask for review").click()
    expect(editor.get_by_role("status")).to_contain_text("It waits for review")
    expect(main).to_contain_text("An approver of this place can approve and publish it.")
    assert barriers(editor) == {}


def _approved(approver: Page, change: str) -> None:
    """From the home page of a second person; an hour that is past keeps what was typed."""
    approver.goto("/staff")
    assert barriers(approver) == {}
    approver.locator(f"main a[href='{change[change.index('/staff') :]}']").click()
    approver.get_by_role("button", name="Approve").click()
    expect(approver.get_by_role("status")).to_contain_text("Approved")
    approver.get_by_text("Publish on a day").click()
    for field, text in (("day", "1"), ("month", "2"), ("year", "2020")):
        approver.fill(f"#{field}", text)
    approver.get_by_role("button", name="Publish on that day").click()
    expect(approver.get_by_role("alert")).to_contain_text("That moment is past.")
    expect(approver).to_have_title(re.compile("^Error: "))
    assert approver.locator("#year").input_value() == "2020"
    assert barriers(approver) == {}


def _taken_away(approver: Page, public: Page) -> None:
    """An approver takes a page away in one press; its old address says so."""
    approver.goto("/staff/entries/entitlement/railcard-16-25")
    approver.get_by_role("link", name="Take it away from the public").click()
    assert barriers(approver) == {}
    approver.fill("#reason", "The scheme is over.")
    approver.get_by_role("button", name="Take it away").click()
    expect(approver.get_by_role("status")).to_contain_text("Taken away.")
    public.goto("/entitlements/railcard-16-25")
    expect(public.get_by_role("main")).to_contain_text("We took this page down.")
    approver.goto("/staff/entries/entitlement/railcard-16-25/history/1")
    approver.get_by_role("button", name="Bring version 1 back").click()
    expect(approver.get_by_role("status")).to_contain_text("That version is public again.")
    public.goto("/entitlements/railcard-16-25")
    expect(public.get_by_role("heading", level=1)).to_contain_text("Railcard")
    approver.goto("/staff/changes?show=published")
    assert barriers(approver) == {}
