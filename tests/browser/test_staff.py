"""Staff in a real browser: the first admin by command line, invitation, code app, home, and out again."""

import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import NewContext
from tests.browser.looks import barriers
from tests.browser.serving import COMMAND, Server, surroundings

EMAIL, PASSWORD = "first@council.example", "otter lantern marmalade"


@pytest.fixture
def database(server: Server) -> Iterator[sqlite3.Connection]:
    """The service's own database, from beside it."""
    with sqlite3.connect(server.log.parent / "offer.sqlite3", timeout=30) as held:
        yield held
    held.close()


def invited(server: Server, *words: str) -> str:
    """The address that the command line prints, on the server of this test."""
    done = subprocess.run(
        [COMMAND, "staff", *words],
        env=surroundings(server.log.parent),
        check=True,
        capture_output=True,
        text=True,
    )
    return urlsplit(done.stdout.splitlines()[-1]).path


def code(secret: str, used: set[str]) -> str:
    """The code the app shows, or the next, as if its clock were ahead; waits where both are used."""
    app = pyotp.TOTP(secret)
    while not (unused := [now for ahead in (0, 30) if (now := app.at(int(time.time()) + ahead)) not in used]):
        time.sleep(1)
    used.add(unused[0])
    return unused[0]


class Desk:
    """Somebody at a browser, with the app that holds their secret."""

    def __init__(self, page: Page) -> None:
        self.page, self.secret, self.used = page, "", set[str]()

    def set_up(self, path: str) -> None:
        """Goes through the invitation, with one slip."""
        page = self.page
        page.goto(path)
        assert barriers(page) == {}
        self.secret = page.locator(".app-staff-key").inner_text().replace(" ", "")
        page.fill("#password", "too short")
        page.fill("#code", "000000")
        page.get_by_role("button", name="Set up my account").click()
        expect(page).to_have_title(re.compile("^Error: "))
        assert barriers(page) == {}
        assert page.locator(".app-staff-key").inner_text().replace(" ", "") == self.secret
        page.fill("#password", PASSWORD)
        page.fill("#repeat", PASSWORD)
        page.fill("#code", code(self.secret, self.used))
        page.get_by_role("button", name="Set up my account").click()
        assert barriers(page) == {}
        assert page.locator(".app-staff-codes li").count() == 10

    def sign_in(self) -> None:
        """On the page that asks for it."""
        page = self.page
        page.fill("#email", EMAIL)
        page.fill("#password", PASSWORD)
        page.fill("#code", code(self.secret, self.used))
        page.get_by_role("button", name="Sign in").click()


def test_the_first_admin_from_the_command_line_to_signing_out(
    server: Server, new_context: NewContext, database: sqlite3.Connection
) -> None:
    context: BrowserContext = new_context()
    desk = Desk(context.new_page())
    page = desk.page
    desk.set_up(invited(server, "add", "--email", EMAIL, "--role", "admin", "--scope", "england"))
    page.get_by_role("button", name="I have kept them: go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Staff home")
    for name in ("Home", "Entries", "Reports", "People", "Log", "My account"):
        page.get_by_role("navigation", name="Staff").get_by_role("link", name=name).click()
        assert barriers(page) == {}
    phone = new_context().new_page()
    _answers(desk, phone)
    _tell_everybody(page, phone)
    _own_password(page)
    _still_right(page)
    _wrong_code(new_context)
    _lost_session(desk, database)
    _stolen(desk, new_context)


def _answers(desk: Desk, phone: Page) -> None:
    """A young person tells what is wrong; staff answer; the code shows it."""
    page = desk.page
    phone.goto("/entitlements/railcard-16-25/feedback")
    phone.get_by_label("I was told something different").check()
    phone.fill("#text", "They said it is £40 now.")
    phone.get_by_role("button", name="Send").click()
    page.goto("/staff")
    assert barriers(page) == {}
    page.get_by_role("navigation", name="Staff").get_by_role("link", name="Reports").click()
    page.get_by_role("link", name=re.compile("^Report \\d+")).last.click()  # the newest: other tests tell too
    expect(page.get_by_text("They said it is £40 now.")).to_be_visible()
    assert barriers(page) == {}
    page.get_by_label("Page changed").check()
    page.fill("#answer", "The price is new.")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert barriers(page) == {}
    phone.reload()
    expect(phone.get_by_text("The price is new.")).to_be_visible()


def _tell_everybody(page: Page, phone: Page) -> None:
    """You said, we did: not in the words of the report; then for everybody, and for who has the code."""
    page.fill("#you_said", "“They said it is £40 now.”")
    page.fill("#we_did", "We changed the price to the one of 2026.")
    page.get_by_role("button", name="Put it on the public page").click()
    expect(page.get_by_role("alert")).to_contain_text("Say it in your own words")
    assert barriers(page) == {}
    page.fill("#you_said", "The price of the railcard is old.")
    page.get_by_role("button", name="Put it on the public page").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert barriers(page) == {}
    phone.wait_for_timeout(1_500)  # the service looks each second
    phone.reload()
    phone.get_by_role("link", name="We also tell everybody").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("You said, we did")
    told = phone.get_by_role("article").filter(has_text="The price of the railcard is old.")
    expect(told).to_contain_text("We changed the price to the one of 2026.")
    assert barriers(phone) == {}
    told.get_by_role("link").click()
    expect(phone).to_have_url(re.compile("/entitlements/railcard-16-25$"))
    for path in ("/staff/you-said", "/staff/reports?state=all"):
        page.goto(path)
        assert barriers(page) == {}


def _own_password(page: Page) -> None:
    """Both forms, and a slip in one."""
    page.goto("/staff/me")
    page.get_by_role("link", name="Use another code app").click()
    assert barriers(page) == {}
    page.goto("/staff/me/password")
    page.fill("#password", "too short")
    page.get_by_role("button", name="Change my password").click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert barriers(page) == {}


def _still_right(page: Page) -> None:
    """One press; the public page says it was checked today."""
    page.goto("/staff/entries/entitlement/railcard-16-25")
    assert barriers(page) == {}
    page.get_by_role("button", name="It is still right").click()
    expect(page.get_by_role("status")).to_contain_text("Checked today")
    assert barriers(page) == {}
    page.get_by_role("link", name="Every version of it").click()
    assert barriers(page) == {}
    page.get_by_role("link", name="Version 1").click()
    expect(page.get_by_text("This is the first version")).to_be_visible()
    assert barriers(page) == {}


def _wrong_code(new_context: NewContext) -> None:
    """A right password with a wrong code opens nothing."""
    page = new_context().new_page()
    page.goto("/staff")
    expect(page.get_by_role("heading", level=1)).to_have_text("Staff sign in")
    assert barriers(page) == {}
    page.fill("#email", EMAIL)
    page.fill("#password", PASSWORD)
    page.fill("#code", "000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("One of the three is wrong")
    assert barriers(page) == {}
    assert page.context.cookies() == []


def _lost_session(desk: Desk, database: sqlite3.Connection) -> None:
    """What was typed into a form comes back after signing in again, and is sent by hand."""
    page = desk.page
    page.goto("/staff/people")
    for field, text in {"email": "ann@council.example", "name": "Ann", "team": "Leaving care"}.items():
        page.fill(f"#{field}", text)
    database.execute("UPDATE staff_session SET seen_at = '2020-01-01 00:00:00+00:00'")
    database.commit()
    page.get_by_role("button", name="Make an invitation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Staff sign in")
    assert barriers(page) == {}
    desk.sign_in()
    expect(page.get_by_role("heading", level=1)).to_have_text("Send it again")
    assert barriers(page) == {}
    assert page.get_by_label("Name").input_value() == "Ann"
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Invitation made")
    assert barriers(page) == {}


def _stolen(desk: Desk, new_context: NewContext) -> None:
    """A cookie that somebody copied is worth nothing once its owner signed out; Back shows nothing."""
    page = desk.page
    cookies = page.context.cookies()
    page.goto("/staff/people")
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Staff sign in")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Staff sign in")
    thief = new_context()
    thief.add_cookies(cookies)  # type: ignore[arg-type]
    stolen = thief.new_page()
    stolen.goto("/staff/people")
    expect(stolen.get_by_role("heading", level=1)).to_have_text("Staff sign in")
