"""The application, and three browsers in front of it; an empty database, and a visit begun in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.app import create_app
from offer.catalogue.commands import set_up
from offer.clock import now
from offer.db.connections import orm
from offer.db.migrate import migrate
from offer.settings import Settings
from offer.visits import store
from offer.visits.store import Started
from tests.offer.visits.people import AT, Phone


@pytest.fixture
async def app(data_dir: Path) -> AsyncIterator[Starlette]:
    settings = Settings(data_dir=data_dir, public_url="https://offers.example")
    await set_up(settings.database, at=now())
    made = create_app(settings)
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
async def phones(app: Starlette) -> AsyncIterator[tuple[Phone, Phone, Phone]]:
    """The adviser's, the young person's, and a stranger's."""
    transport = httpx2.ASGITransport(app=app)
    clients = [httpx2.AsyncClient(transport=transport, base_url="http://offer.test") for _ in range(3)]
    yield Phone(clients[0]), Phone(clients[1]), Phone(clients[2])
    for client in clients:
        await client.aclose()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[BaseDBAsyncClient]:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        yield connection


@pytest.fixture
async def started(database: BaseDBAsyncClient) -> Started:
    return await store.start(database, "adviser", AT)
