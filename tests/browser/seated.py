"""A tab in which somebody of staff is signed in already: the door itself is walked in test_staff.py."""

from playwright.sync_api import BrowserContext, Page

from offer.staff.roles import Role
from tests.browser.desks import sit_down
from tests.browser.serving import Server


def seated(server: Server, context: BrowserContext, role: Role, scope: str) -> Page:
    """A tab of a new account with that role; each call makes another account."""
    sit_down(context, server.address, server.log.parent, role, scope, "Sam")
    return context.new_page()
