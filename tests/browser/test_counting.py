"""What a real browser says of itself is counted as the rule has it, and written when the service stops."""

import sqlite3
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.serving import serving

PHONE_BROWSER = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
ENTRY = "/entitlements/council-tax-care-leaver-discount"


def test_a_page_somebody_opens_counts_and_one_fetched_by_a_page_or_a_robot_does_not(
    chromium: Browser, tmp_path: Path, places_file: Path
) -> None:
    with serving(tmp_path, places_file) as server:
        person = chromium.new_context(base_url=server.address, user_agent=PHONE_BROWSER).new_page()
        person.goto("/search?q=council+tax")
        person.locator(f"a[href='{ENTRY}']").first.click()
        person.wait_for_load_state()
        person.reload()
        person.evaluate("address => fetch(address)", ENTRY)
        robot = chromium.new_context(base_url=server.address, user_agent="Somebot/1.0").new_page()
        robot.goto(ENTRY)
    with sqlite3.connect(tmp_path / "offer.sqlite3") as database:
        rows = database.execute("SELECT kind, slug, count FROM opened").fetchall()
    assert rows == [("entitlement", "council-tax-care-leaver-discount", 2)]
