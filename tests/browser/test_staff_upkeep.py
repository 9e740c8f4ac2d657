"""Keeping it true, as an editor meets it: advice on words while typing, money, sources that changed."""

import sqlite3

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, NewContext
from tests.browser.desks import sit_down
from tests.browser.looks import barriers
from tests.browser.serving import Server

SOURCE = "https://blog.alifeee.co.uk/railcards/"  # which that entry cites
EDIT = "/staff/entries/entitlement/railcard-16-25/edit"


def test_words_money_and_sources(server: Server, new_context: NewContext) -> None:
    context = new_context(PHONE)
    sit_down(context, server.address, server.log.parent, "editor", "england", "Noor")
    page = context.new_page()
    page.goto(EDIT)
    advice = page.locator("[data-words-said]")
    page.locator("[name=summary]").fill("Click here about your placement by 5 April.")
    expect(advice).to_contain_text("placement")
    expect(advice).to_contain_text("Name the page")
    expect(advice).to_contain_text("Write the year")
    expect(advice.get_by_role("status")).to_contain_text("to look at. It is advice: you can save as it is.")
    assert barriers(page) == {}
    advice.get_by_role("link", name="Summary").first.click()
    assert page.locator("[name=summary]").get_attribute("id") == page.evaluate("location.hash.slice(1)")
    page.goto("/staff/entries/entitlement/railcard-16-25/words")
    expect(page.get_by_role("heading", level=1)).to_have_text("Advice on words")
    assert barriers(page) == {}
    page.goto("/staff/money")
    assert barriers(page) == {}
    with sqlite3.connect(server.log.parent / "offer.sqlite3", timeout=30) as held:
        held.execute(
            "INSERT INTO link_check (url, status, problem, failures) VALUES (?, 404, ?, 1)",
            (SOURCE, "It answers 404: the page is gone"),
        )
    held.close()
    page.goto("/staff/links")
    expect(page.get_by_role("main")).to_contain_text("✕ Cannot be read")
    assert barriers(page) == {}
    page.get_by_role("button", name="I have looked at it").click()
    expect(page.get_by_role("status")).to_contain_text("out of the list")
    assert barriers(page) == {}
