"""The watch hands on each new catalogue and outlives a database that goes away."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from offer.catalogue.commands import publish, set_up
from offer.catalogue.documents import ENTITLEMENT, KINDS
from offer.catalogue.reading import PublishedDocuments
from offer.catalogue.revisions import Stamp, save
from offer.catalogue.watch import Watch
from offer.db.connections import is_sqlite, orm
from offer.db.migrate import migrate
from offer.db.sqlite_file import path_of
from tests.offer.catalogue.conftest import AT, entry

PATIENCE = 10.0  # seconds


class Taken:
    """Who takes the catalogues up."""

    def __init__(self) -> None:
        self.titles: list[list[str]] = []
        self.broken = False

    async def __call__(self, documents: PublishedDocuments) -> None:
        """Notes a catalogue, or fails to."""
        if self.broken:
            raise ValueError("cannot be built")
        self.titles.append([entry.title for entry in documents.entitlements])


async def publish_title(url: str, title: str) -> None:
    """Saves and publishes from beside, as the command line does."""
    async with orm(url):
        await save(
            ENTITLEMENT, KINDS[ENTITLEMENT].model.model_validate(entry(title=title)), Stamp("anna", AT)
        )
    await publish(url, at=AT, author="anna")


async def publish_beside(url: str, title: str) -> None:
    """The same from a task of its own, so that it opens a connection of its own."""
    await asyncio.create_task(publish_title(url, title))


@asynccontextmanager
async def watching(url: str, taken: Taken, every: float = 0.02) -> AsyncIterator[Watch]:
    async with orm(url) as connection:
        watch = Watch(connection, taken, every=every)
        task = asyncio.create_task(watch.run())
        try:
            yield watch
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - it waits for what another process wrote
            await asyncio.sleep(0.01)


async def test_each_new_catalogue_is_handed_on_once(database_url: str) -> None:
    await migrate(database_url, at=AT)
    taken = Taken()
    async with watching(database_url, taken) as watch:
        await until(lambda: taken.titles == [[]])
        await publish_beside(database_url, "One")
        await until(lambda: taken.titles == [[], ["One"]])
        await publish_beside(database_url, "Two")
        await until(lambda: taken.titles == [[], ["One"], ["Two"]])
        assert (watch.health.reachable, watch.health.version) == (True, 2)


async def test_who_publishes_sees_it_at_once_and_no_older_catalogue_comes_after(sqlite_url: str) -> None:
    await migrate(sqlite_url, at=AT)
    taken, slow = Taken(), asyncio.Event()

    async def take(documents: PublishedDocuments) -> None:
        if documents.version == 1:
            await slow.wait()  # the background look builds version 1 while version 2 is published
        await taken(documents)

    async with orm(sqlite_url) as connection:
        watch = Watch(connection, take, every=3600)
        await publish_beside(sqlite_url, "One")
        behind = asyncio.create_task(watch.look())
        await asyncio.sleep(0.05)
        await publish_beside(sqlite_url, "Two")
        at_once = asyncio.create_task(watch.look())
        await asyncio.sleep(0.05)
        slow.set()
        assert (await behind, await at_once) == (True, True)
    assert taken.titles == [["One"], ["Two"]]


async def test_it_outlives_a_database_that_goes_away(database_url: str, postgres_admin: str) -> None:
    await migrate(database_url, at=AT)
    await publish_title(database_url, "One")
    taken = Taken()
    async with watching(database_url, taken) as watch:
        await until(lambda: taken.titles == [["One"]])
        await take_away(database_url, postgres_admin)
        await until(lambda: not watch.health.reachable)
        assert watch.health.version == 1, "what was read stays in use"
        await bring_back(database_url, postgres_admin)
        await until(lambda: watch.health.reachable)
        await publish_beside(database_url, "Two")
        await until(lambda: taken.titles == [["One"], ["Two"]])


async def test_it_starts_while_the_database_is_away(database_url: str, postgres_admin: str) -> None:
    await migrate(database_url, at=AT)
    await publish_title(database_url, "One")
    await take_away(database_url, postgres_admin)
    taken = Taken()
    async with orm(database_url, reach=False) as connection:
        watch = Watch(connection, taken, every=0.02)
        task = asyncio.create_task(watch.run())
        try:
            await until(lambda: watch.health.checked_at is not None)
            assert not watch.health.reachable
            await bring_back(database_url, postgres_admin)
            await until(lambda: taken.titles == [["One"]])
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_a_file_put_in_the_place_of_another_is_followed(sqlite_url: str, tmp_path: Path) -> None:
    await migrate(sqlite_url, at=AT)
    await publish_title(sqlite_url, "One")
    shutil.copy(path_of(sqlite_url), tmp_path / "copy")
    await publish_title(sqlite_url, "Two")
    taken = Taken()
    async with watching(sqlite_url, taken):
        await until(lambda: taken.titles == [["Two"]])
        (tmp_path / "copy").replace(path_of(sqlite_url))
        await until(lambda: taken.titles == [["Two"], ["One"]])


async def test_a_catalogue_that_cannot_be_taken_up_is_not_tried_each_second(sqlite_url: str) -> None:
    await migrate(sqlite_url, at=AT)
    await publish_title(sqlite_url, "One")
    taken = Taken()
    taken.broken = True
    async with watching(sqlite_url, taken) as watch:
        await until(lambda: watch.health.not_taken == 1)
        taken.broken = False
        await asyncio.sleep(0.2)
        assert (watch.health.reachable, taken.titles) == (True, [])
        await publish_beside(sqlite_url, "Two")
        await until(lambda: taken.titles == [["Two"]])
        assert watch.health.not_taken is None


@pytest.mark.postgres
async def test_a_notification_wakes_it_at_once(postgres_url: str) -> None:
    await migrate(postgres_url, at=AT)
    taken = Taken()
    async with watching(postgres_url, taken, every=3600):
        await until(lambda: taken.titles == [[]])
        await listened(postgres_url)
        await publish_beside(postgres_url, "One")
        await until(lambda: taken.titles == [[], ["One"]])


async def test_an_empty_database_is_filled_and_published_once(database_url: str) -> None:
    first = await set_up(database_url, at=AT)
    assert first.loaded is not None
    assert first.published is not None
    assert (first.loaded.refused, first.published.refused, first.published.version) == ([], (), 1)
    again = await set_up(database_url, at=AT)
    assert (again.migrated.steps, again.loaded, again.published) == ((), None, None)


@pytest.fixture
def postgres_admin(database_url: str, request: pytest.FixtureRequest) -> str:
    """The address from which a PostgreSQL database can be shut; nothing on SQLite."""
    return "" if is_sqlite(database_url) else str(request.getfixturevalue("postgres_server"))


async def take_away(url: str, admin: str) -> None:
    """The database is gone: the file moved, or nobody let in and everybody thrown out."""
    if is_sqlite(url):
        path_of(url).rename(path_of(url).with_suffix(".away"))
        return
    name = urlsplit(url).path[1:]
    await ask(admin, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    await ask(admin, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


async def bring_back(url: str, admin: str) -> None:
    if is_sqlite(url):
        path_of(url).with_suffix(".away").rename(path_of(url))
        return
    await ask(admin, f'ALTER DATABASE "{urlsplit(url).path[1:]}" ALLOW_CONNECTIONS true')


async def listened(url: str) -> None:
    """Waits until the watch listens."""
    name = urlsplit(url).path[1:]
    query = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}' AND query LIKE 'LISTEN%'"
    async with asyncio.timeout(PATIENCE):
        while not await ask(url, query):  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.01)


async def ask(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()
