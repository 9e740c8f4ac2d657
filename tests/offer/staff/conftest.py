"""What tests of staff share: a service with accounts in it, and browsers that are signed in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.catalogue.commands import set_up
from offer.clock import now
from offer.db.connections import orm
from offer.db.staff_models import StaffAccount, StaffRole
from offer.published import Published
from offer.settings import Settings
from offer.staff.accounts import account_of, invite
from offer.staff.audit import COMMAND_LINE
from offer.staff.roles import Grant, Role
from offer.staff.sessions import begin
from tests.offer.staff.people import Somebody, browser

SignedIn = Callable[..., Awaitable[Somebody]]


@pytest.fixture
async def running(data_dir: Path, published: Published) -> AsyncIterator[Starlette]:
    """The service on a database, handed its catalogue: to build that for each test takes seconds."""
    settings = Settings(data_dir=data_dir)
    await set_up(settings.database, at=now())
    app = create_app(settings)
    app.state.live.edition = published
    async with orm(settings.database, everywhere=True) as connection:
        app.state.live.connection = connection
        yield app


@pytest.fixture
async def signed_in(running: Starlette) -> AsyncIterator[SignedIn]:
    """Makes an account with roles as (role, scope), and a browser in which it is signed in."""
    opened: list[httpx2.AsyncClient] = []

    async def make(*grants: tuple[Role, str]) -> Somebody:
        connection = running.state.live.database
        email = f"person{len(opened)}-{now().timestamp()}@council.example"
        made = await invite(
            connection,
            email,
            f"Person {len(opened)}",
            "Test team",
            Grant("E00000000", "viewer"),
            COMMAND_LINE,
            now(),
        )
        await StaffAccount.filter(id=made.account).using_db(connection).update(password="x", invitation=None)
        await StaffRole.filter(account_id=made.account).using_db(connection).delete()
        for role, scope in grants:
            await StaffRole.create(account_id=made.account, role=role, scope=scope, using_db=connection)
        account = await account_of(connection, made.account)
        assert account
        key = await begin(connection, account, "Firefox on Linux", now())
        client = browser(running, {"staff": key})
        opened.append(client)
        return Somebody(client, made.account, email, key)

    yield make
    for client in opened:
        await client.aclose()


@pytest.fixture
async def stranger(running: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser nobody signed in with."""
    async with browser(running) as client:
        yield client
