"""A catalogue of a few documents on a database of its own, published step by step."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.documents import KINDS
from offer.catalogue.publishing import publish
from offer.catalogue.revisions import Stamp, save
from offer.db.connections import orm
from offer.db.migrate import migrate
from tests.offer.catalogue.conftest import entry

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[BaseDBAsyncClient]:
    """An empty, migrated database."""
    await migrate(database_url, at=AT)
    async with orm(database_url) as opened:
        yield opened


async def put(slug: str, **changes: Any) -> None:
    """Saves a small entry as staff do."""
    document = KINDS["entitlement"].model.model_validate(entry(slug, **changes))
    await save("entitlement", document, Stamp("Anna Example", AT))


async def go(days: int = 0) -> int:
    """Publishes what is there, so many days after the beginning; the version."""
    return (await publish(at=AT + timedelta(days=days), author="Anna Example", note="why")).version
