"""The SQLite engine: what the stock one of Tortoise gets wrong under load and after a fault."""

import asyncio
import sqlite3
import sys
from asyncio.subprocess import PIPE

import pytest
from tortoise.exceptions import OperationalError
from tortoise.transactions import in_transaction

from offer.db.connections import SQLITE, orm
from offer.db.migrate import migrate
from offer.db.models import CatalogueVersion
from offer.db.sqlite_engine import statements
from offer.db.sqlite_file import path_of
from tests.offer.db import writers
from tests.offer.db.filled import AT


async def test_three_processes_that_read_then_write_all_succeed(sqlite_url: str) -> None:
    await migrate(sqlite_url, at=AT)
    command = [sys.executable, "-m", writers.__name__, sqlite_url, "40"]
    running = [await asyncio.create_subprocess_exec(*command, stderr=PIPE) for _ in range(3)]
    faults = [(await process.communicate())[1] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], faults
    async with orm(sqlite_url):
        assert (await CatalogueVersion.get(id=1)).number == 120


async def test_a_transaction_that_cannot_begin_gives_its_lock_back(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(sqlite_url, at=AT)
    monkeypatch.setitem(SQLITE, "busy_timeout", 50)
    other = sqlite3.connect(path_of(sqlite_url), isolation_level=None)
    async with orm(sqlite_url) as connection:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            async with in_transaction():
                pytest.fail("the other writer holds the lock")
        other.execute("ROLLBACK")
        other.close()
        async with asyncio.timeout(5):
            assert await CatalogueVersion.all().count() == 1
            async with in_transaction():
                await CatalogueVersion.filter(id=1).update(number=7)
        assert connection.connection_name == "sqlite"
        assert (await CatalogueVersion.get(id=1)).number == 7


async def test_a_cancelled_begin_leaves_no_transaction_open(sqlite_url: str) -> None:
    await migrate(sqlite_url, at=AT)
    other = sqlite3.connect(path_of(sqlite_url), isolation_level=None)
    async with orm(sqlite_url):
        other.execute("BEGIN IMMEDIATE")

        async def begin() -> None:
            async with in_transaction():
                await asyncio.sleep(60)

        task = asyncio.create_task(begin())
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.sleep(0.05)
        other.execute("ROLLBACK")
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(10):
            other.execute("BEGIN IMMEDIATE")  # would find the file locked by what the task left open
            other.execute("ROLLBACK")
            async with in_transaction():
                await CatalogueVersion.filter(id=1).update(number=3)
    other.close()


async def test_a_script_inside_a_transaction_does_not_commit_it(sqlite_url: str) -> None:
    await migrate(sqlite_url, at=AT)
    async with orm(sqlite_url):
        with pytest.raises(RuntimeError):
            async with in_transaction() as transaction:
                await transaction.execute_script(
                    "UPDATE catalogue_version SET number = 1; UPDATE catalogue_version SET number = 2;"
                )
                raise RuntimeError
        assert (await CatalogueVersion.get(id=1)).number == 0


async def test_savepoints_inside_a_transaction(sqlite_url: str) -> None:
    await migrate(sqlite_url, at=AT)
    async with orm(sqlite_url):
        async with in_transaction():
            await CatalogueVersion.filter(id=1).update(number=1)
            with pytest.raises(RuntimeError):
                async with in_transaction():
                    await CatalogueVersion.filter(id=1).update(number=2)
                    raise RuntimeError
        assert (await CatalogueVersion.get(id=1)).number == 1


async def test_settings_of_every_connection(sqlite_url: str) -> None:
    await migrate(sqlite_url, at=AT)
    async with orm(sqlite_url) as connection:
        read = {}
        for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous"):
            rows = await connection.execute_query_dict(f"PRAGMA {name}")
            read[name] = next(iter(rows[0].values()))
    assert read == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000, "synchronous": 1}


def test_scripts_are_cut_at_statements_only() -> None:
    trigger = "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END;"
    script = f"INSERT INTO t VALUES ('a;b'); -- one; two\nSELECT 1;\n{trigger}"
    cut = list(statements(script))
    assert cut[0] == "INSERT INTO t VALUES ('a;b')"
    assert cut[-1].endswith("END")
    assert len(cut) == 3
