"""Nothing about a person stands in an address, a cookie, the browser's storage or our log."""

import re
from urllib.parse import unquote_plus, urlsplit

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import DURHAM, SLEAFORD, answered, question
from tests.browser.serving import Server
from tests.browser.sights import CRISIS
from tests.browser.watching import Watch

STORED = """async () => [
  ...Object.values({...localStorage}), ...Object.values({...sessionStorage}),
  ...(await indexedDB.databases()).map(base => base.name), ...(await caches.keys()),
]"""


def test_a_journey_leaves_nothing_behind(
    context: BrowserContext, page: Page, watch: Watch, server: Server
) -> None:
    answered(page, DURHAM)
    question(page).locator(".app-answer").first.click()
    page.locator("main a[href^='/entitlements/']").first.click()
    page.goto("/help-nearby")
    page.fill("#place", "DH1 5UL")
    page.locator("form[action='/help-nearby'] button").first.click()
    page.goto("/search")
    page.fill("main #q", f"{CRISIS} DH1 5UL")
    page.locator("main form[action='/search'] button").first.click()
    expect(page.locator(".app-alarm")).to_be_visible()
    assert context.cookies() == []
    kept = page.evaluate(STORED)  # this tab's own, until somebody wipes them
    [answers] = [each for each in kept if "age_years" in each]
    assert "5UL" not in str(kept)
    assert "care_when" in answers
    page.locator(".app-exit").evaluate("link => { link.href = '/about' }")  # not to trouble another site
    page.locator(".app-exit").click()
    page.wait_for_url("**/about")
    assert not [each for each in page.evaluate(STORED) if not each.isdigit()]  # but the clock of old pages
    page.go_back()
    expect(page.locator(".app-alarm")).to_have_count(0)  # the other site took the place of that page
    asked = [unquote_plus(address).lower() for address in watch.addresses]
    rules = [address for address in asked if "/pack/rules?" in address]  # for the phone to answer by itself
    assert all(re.search(r"/pack/rules\?by=e06000047&in=e06000047$", address) for address in rules)
    addresses = [address for address in asked if address not in rules]
    for secret in ("dh1", "5ul", "left_at", "kicked", "age_years", "e06000047&", "2007"):
        assert not [address for address in addresses if secret in address], secret
    log = server.log.read_text("utf-8").lower()
    assert '"route": "/results"' in log
    for secret in ("dh1", "5ul", "left_at_18", "kicked", "?q=", "127.0.0.1:5", "mozilla"):
        assert secret not in log.split("\n", 1)[1], secret


def test_the_results_have_an_address_that_holds_nothing(page: Page) -> None:
    answered(page, SLEAFORD)
    parts = urlsplit(page.url)
    assert (parts.path, parts.query, parts.fragment) == ("/results", "", "")
    page.goto("/results")  # typed or bookmarked, it leads to the form
    assert urlsplit(page.url).path == "/"


def test_answers_may_not_be_kept_by_anybody_on_the_way(page: Page) -> None:
    with page.expect_response("**/results") as reply:
        answered(page, SLEAFORD)
    headers = reply.value.all_headers()
    assert "private" in headers["cache-control"]
    assert "set-cookie" not in headers
    assert headers["referrer-policy"] == "same-origin"


def test_the_title_of_a_page_holds_no_postcode_and_no_danger(page: Page) -> None:
    page.goto("/help-nearby")
    page.fill("#place", "DH1 5UL")
    page.locator("form[action='/help-nearby'] button").first.click()
    assert "DH1" not in page.title()
    page.goto("/search")
    page.fill("main #q", CRISIS)
    page.locator("main form[action='/search'] button").first.click()
    assert "sleep" not in page.title()
