"""Staff already signed in at a browser: to go through the door each time takes half a minute."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_hex

from playwright.sync_api import BrowserContext

from offer.clock import now
from offer.db.connections import orm
from offer.db.staff_models import StaffAccount
from offer.staff.accounts import account_of, invite
from offer.staff.audit import COMMAND_LINE
from offer.staff.roles import Grant, Role
from offer.staff.sessions import begin


def sit_down(context: BrowserContext, address: str, data: Path, role: Role, scope: str, name: str) -> None:
    """Makes an account with a role, and signs it in at this browser."""
    with ThreadPoolExecutor(1) as apart:  # Playwright keeps this thread's event loop
        key = apart.submit(lambda: asyncio.run(_key(data, Grant(scope, role), name))).result()
    context.add_cookies(
        [{"name": "staff", "value": key, "url": address, "httpOnly": True, "sameSite": "Lax"}]
    )


async def _key(data: Path, grant: Grant, name: str) -> str:
    async with orm(f"sqlite://{data / 'offer.sqlite3'}") as connection:
        email = f"{name.lower()}-{token_hex(4)}@council.example"  # tests share the service
        made = await invite(connection, email, name, "Leaving care", grant, COMMAND_LINE, now())
        rows = StaffAccount.filter(id=made.account).using_db(connection)
        await rows.update(password="x", invitation=None)
        account = await account_of(connection, made.account)
        assert account
        return await begin(connection, account, "Chromium on Linux", now())
