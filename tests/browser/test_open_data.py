"""Data blocks and feeds in a real browser: read as data, never run, nothing refused by the policy."""

import json

from playwright.sync_api import Page

ENTRY = "/entitlements/durham-setting-up-home-allowance"


def test_a_data_block_is_there_and_the_policy_has_nothing_to_say(page: Page) -> None:
    """The page's watch fails the test for any complaint on the console."""
    page.goto(ENTRY, wait_until="networkidle")
    block = page.locator('script[type="application/ld+json"]')
    data = json.loads(block.text_content() or "")
    assert data["url"] == page.url
    assert data["mainEntity"]["name"] in page.title()


def test_the_feeds_named_in_the_head_answer(page: Page) -> None:
    page.goto(ENTRY)
    feeds = page.locator('link[rel="alternate"][type="application/atom+xml"]').all()
    assert len(feeds) == 2
    for feed in feeds:
        reply = page.request.get(feed.get_attribute("href") or "")
        assert reply.ok and reply.headers["content-type"] == "application/atom+xml"
