"""Counts of several processes add up in the database, on both engines, and go after thirteen months."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from offer.db.connections import orm
from offer.db.migrate import migrate
from offer.db.models import LookedFor, Opened
from offer.looking import writing
from offer.looking.counter import Due, Looking
from offer.looking.store import keep, read
from offer.looking.writing import write, written_down
from tests.offer.catalogue.conftest import AT

DAY = date(2026, 11, 22)
KEY = ("entitlement", "bus-travel")
DUE = Due({(DAY, "piano"): 5, (DAY, "removal tattoo"): 1}, {(DAY, KEY): 3})


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LONGEST", 60.0)


async def test_counts_are_added_up(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        assert (await read(connection, DAY)).first is None
        await keep(DUE, DAY)
        await keep(DUE, DAY)
        await keep(Due({(DAY + timedelta(1), "piano"): 7}, {}), DAY)
        counts = await read(connection, DAY)
        assert counts.first == DAY
        assert counts.searches == {"piano": 17, "removal tattoo": 2}
        assert counts.openings == {KEY: 6}
        assert (await read(connection, DAY + timedelta(1))).searches == {"piano": 7}
        assert await LookedFor.all().count() == 3, "one row a day and words"


@pytest.mark.parametrize("processes", [4])
async def test_several_processes_at_once_lose_nothing(database_url: str, processes: int) -> None:
    await migrate(database_url, at=AT)

    async def process() -> None:
        async with orm(database_url):
            for _ in range(5):
                await keep(DUE, DAY)

    await asyncio.gather(*(asyncio.create_task(process()) for _ in range(processes)))
    async with orm(database_url) as connection:
        counts = await read(connection, DAY)
        assert counts.searches == {"piano": 5 * 5 * processes, "removal tattoo": 5 * processes}
        assert counts.openings == {KEY: 3 * 5 * processes}


async def test_rows_go_after_thirteen_months(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        for day in (date(2025, 9, 30), date(2025, 10, 1)):
            await keep(Due({(day, "piano"): 5}, {(day, KEY): 5}), day)
        await keep(Due({}, {}), DAY)
        assert [row.day for row in await LookedFor.all()] == [date(2025, 10, 1)]
        assert [row.day for row in await Opened.all()] == [date(2025, 10, 1)]
        assert (await read(connection, date.min)).first == date(2025, 10, 1)


async def test_all_or_nothing_is_kept(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*given: object) -> None:
        raise RuntimeError("power cut")

    await migrate(database_url, at=AT)
    monkeypatch.setattr("offer.looking.store._add_opening", fails)
    async with orm(database_url) as connection:
        with pytest.raises(RuntimeError, match="power cut"):
            await keep(DUE, DAY)
        assert (await read(connection, DAY)).searches == {}


async def test_a_database_that_is_away_loses_no_count_of_the_day(empty_sqlite_url: str) -> None:
    looking = Looking()
    looking.opened(KEY, datetime.now(UTC))
    async with orm(empty_sqlite_url, reach=False):
        assert await write(looking) is False
    await migrate(empty_sqlite_url, at=AT)
    async with orm(empty_sqlite_url) as connection:
        assert await write(looking) is True
        assert await write(looking) is True, "nothing due is nothing to do"
        assert (await read(connection, date.min)).openings == {KEY: 1}


async def test_they_are_written_at_intervals_and_when_the_service_stops(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "EVERY", 0.01)
    await migrate(sqlite_url, at=AT)
    looking = Looking()
    async with orm(sqlite_url) as connection:
        async with written_down(looking):
            looking.opened(KEY, datetime.now(UTC))
            async with asyncio.timeout(60):
                while not (await read(connection, date.min)).openings:  # noqa: ASYNC110 - a task writes
                    await asyncio.sleep(0.01)
            monkeypatch.setattr(writing, "EVERY", 3600.0)
            await asyncio.sleep(0.05)
            looking.opened(KEY, datetime.now(UTC))
        assert (await read(connection, date.min)).openings == {KEY: 2}
