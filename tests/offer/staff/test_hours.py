"""An hour that comes: every process shows the change, one of them published it, and nobody was asked."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.app import create_app
from offer.catalogue.commands import set_up
from offer.catalogue.revisions import Stamp, save
from offer.clock import now
from offer.db.change_models import StaffChange
from offer.db.connections import orm
from offer.db.models import Publication
from offer.entitlements.schema import Entitlement
from offer.settings import Settings
from offer.staff import change_publishing, changes
from offer.staff.audit import By
from offer.staff.change import Item
from offer.staff.change_publishing import publish_due
from offer.staff.change_rows import newest_of
from offer.staff.hours import published_on_their_hour
from offer.staff.versions import body_of_version
from tests.browser.serving import announced, surroundings

KIND, SLUG = "entitlement", "advocacy"
ANNA, BEN = By(1, "Leaving care"), By(2, "Leaving care")


async def due(connection: BaseDBAsyncClient, at: datetime, summary: str, slug: str = SLUG) -> int:
    """An approved change that is to be public at a moment, which may be past."""
    base = await newest_of(connection, KIND, slug)
    body = await body_of_version(connection, KIND, slug, base)
    assert body
    change = await changes.open_change(connection, "england", summary, ANNA, now())
    await changes.put(
        connection, change, Item(KIND, slug, "save", base, {**body, "summary": summary}), ANNA, now()
    )
    await changes.submit(connection, change, ANNA, now())
    await changes.approve(connection, change, BEN, now())
    await StaffChange.filter(id=change).using_db(connection).update(publish_at=at)
    return change


@contextmanager
def process(data: Path, database: str) -> Iterator[str]:
    """A process of its own on a database; its address."""
    log = data / f"server-{now().timestamp()}.log"
    env = {**surroundings(data), "DATABASE_URL": database}
    words = [sys.executable, "-m", "offer.cli", "serve"]
    with log.open("wb") as output, subprocess.Popen(words, env=env, stdout=output, stderr=output) as running:
        try:
            yield announced(running, log)
        finally:
            running.terminate()


def shown(address: str, slug: str = SLUG) -> str:
    with urlopen(f"{address}/entitlements/{slug}", timeout=60) as reply:
        return str(reply.read().decode())


async def until_shown(address: str, words: str) -> None:
    """Waits for the public page to say something, for as long as it takes."""
    while words not in await asyncio.to_thread(shown, address):  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.1)


@pytest.mark.postgres
async def test_every_process_shows_it_on_the_hour_and_one_published_it(
    postgres_url: str, tmp_path: Path, places_file: Path
) -> None:
    (tmp_path / "places.bin").symlink_to(places_file)
    await set_up(postgres_url, at=now())
    with process(tmp_path, postgres_url) as one, process(tmp_path, postgres_url) as other:
        async with orm(postgres_url) as connection:
            hour = now() + timedelta(seconds=2)
            change = await due(connection, hour, "Somebody on your side, from now on.")
            assert "from now on" not in await asyncio.to_thread(shown, one)
            await asyncio.gather(*(until_shown(each, "from now on") for each in (one, other)))
            assert await Publication.all().using_db(connection).count() == 2
            row = await StaffChange.get(id=change, using_db=connection)
            assert (row.state, row.version, row.refused) == ("published", 2, "")
            published = await Publication.get(version=2, using_db=connection)
            assert published.at >= hour


async def test_an_hour_missed_while_nothing_ran_is_made_up(
    tmp_path: Path, places_file: Path, sqlite_url: str
) -> None:
    (tmp_path / "places.bin").symlink_to(places_file)
    await set_up(sqlite_url, at=now())
    async with orm(sqlite_url) as connection:
        change = await due(connection, now() - timedelta(hours=3), "It was to be public at night.")
    app = create_app(Settings(data_dir=tmp_path, database_url=sqlite_url))
    async with app.router.lifespan_context(app):
        while app.state.live.published.entries[SLUG].summary != "It was to be public at night.":  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        row = await StaffChange.get(id=change, using_db=app.state.live.database)
        assert row.state == "published"


async def test_of_several_who_see_the_hour_one_publishes(database_url: str, tmp_path: Path) -> None:
    await set_up(database_url, at=now())
    async with orm(database_url) as connection:
        first = await due(connection, now(), "One.")
        second = await due(connection, now(), "Two.", "access-to-work")
        found = await asyncio.gather(*(publish_due(connection, now()) for _ in range(4)))
        assert sorted(change for each in found for change in each) == [first, second]
        assert await Publication.all().using_db(connection).count() == 3


async def test_one_that_cannot_be_published_does_not_hold_up_the_next(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await set_up(sqlite_url, at=now())
    async with orm(sqlite_url) as connection:
        broken = await due(connection, now() - timedelta(seconds=5), "One.")
        odd = await due(connection, now() - timedelta(seconds=4), "Odd.", "citizenship-fee-exemption-in-care")
        well = await due(connection, now() - timedelta(seconds=3), "Two.", "access-to-work")
        body = await body_of_version(connection, KIND, SLUG, 1)
        assert body
        await save(KIND, Entitlement.model_validate({**body, "summary": "Meanwhile."}), Stamp("ben", now()))
        publish_row = change_publishing.publish_row

        async def surprising(
            transaction: BaseDBAsyncClient, row: StaffChange, by: By, at: datetime
        ) -> object:
            if row.id == odd:
                raise KeyError("surprise")
            return await publish_row(transaction, row, by, at)

        monkeypatch.setattr(change_publishing, "publish_row", surprising)
        assert await publish_due(connection, now()) == [well]
        rows = {row.id: row for row in await StaffChange.all().using_db(connection)}
        assert "Somebody else saved" in rows[broken].refused
        assert "Something went wrong here" in rows[odd].refused and "surprise" not in rows[odd].refused
        assert rows[broken].publish_at is rows[odd].publish_at is None
        assert await publish_due(connection, now()) == []


async def test_the_watch_over_the_hours_outlives_every_fault(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await set_up(sqlite_url, at=now())
    asked, again = 0, asyncio.Event()

    async def failing(connection: BaseDBAsyncClient, at: datetime) -> list[int]:
        nonlocal asked
        asked += 1
        if asked > 2:
            again.set()
        raise (OSError("away") if asked == 1 else RuntimeError("odd"))

    async def look() -> None: ...

    monkeypatch.setattr("offer.staff.hours.publish_due", failing)
    async with orm(sqlite_url) as connection, published_on_their_hour(connection, look, every=0.01):
        await again.wait()
