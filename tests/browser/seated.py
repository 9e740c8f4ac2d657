"""A browser in which somebody of staff is signed in already: the door itself is walked in test_staff.py."""

import sqlite3
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, Page

from offer.staff.codes import fingerprint, new_key
from tests.browser.serving import Server
from tests.browser.test_staff import invited


def seated(server: Server, context: BrowserContext, role: str, scope: str) -> Page:
    """A tab of a new account with that role; each call makes another account."""
    key, at = new_key(), datetime.now(UTC).isoformat(sep=" ")
    email = f"{role}-{key[:8].lower()}@council.example"
    invited(server, "add", "--email", email, "--role", role, "--scope", scope)
    with sqlite3.connect(server.log.parent / "offer.sqlite3", timeout=30) as database:
        (account,) = database.execute("SELECT id FROM staff_account WHERE email = ?", [email]).fetchone()
        database.execute("UPDATE staff_account SET invitation = NULL, password = 'x' WHERE id = ?", [account])
        database.execute(
            "INSERT INTO staff_session (account_id, key, browser, created_at, seen_at)"
            " VALUES (?, ?, ?, ?, ?)",
            [account, fingerprint(key), "Firefox on Linux", at, at],
        )
    database.close()
    context.add_cookies([{"name": "staff", "value": key, "url": server.address}])
    return context.new_page()
