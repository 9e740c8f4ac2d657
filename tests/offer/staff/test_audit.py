"""The audit log on both engines: it only grows, and every change to it is seen."""

import asyncio
from datetime import UTC, datetime

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.db.audit_guard import guard, is_guarded
from offer.db.connections import AWAY, orm
from offer.db.migrate import migrate
from offer.staff.audit import BEGINNING, COMMAND_LINE, By, append, newest, standing

AT = datetime(2026, 11, 22, 7, 30, 1, 123456, tzinfo=UTC)


async def written(connection: BaseDBAsyncClient, count: int) -> None:
    for number in range(count):
        async with in_transaction(connection.connection_name) as transaction:
            await append(
                transaction, By(4, "Team é"), "changed role", f"account {number}", AT, {"role": "editor"}
            )


async def unguarded(connection: BaseDBAsyncClient, statement: str) -> None:
    """What somebody can do who holds the database: the triggers off, a change, and the triggers on again."""
    for name in ("update", "delete"):
        of_table = "" if connection.capabilities.dialect == "sqlite" else " ON audit_log"
        await connection.execute_query(f"DROP TRIGGER audit_log_no_{name}{of_table}")
    assert not await is_guarded(connection)
    await connection.execute_query(statement)
    await guard(connection)


async def test_rows_are_numbered_and_chained(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        assert (await standing(connection)).rows == 0
        await written(connection, 3)
        stands, rows = await standing(connection), await newest(connection, 9)
    assert (stands.rows, stands.broken, stands.guarded) == (3, None, True)
    assert [row.id for row in rows] == [3, 2, 1]
    assert rows[2].previous == BEGINNING and rows[1].previous == rows[2].hash
    assert stands.last == rows[0].hash
    assert rows[0].at == AT


@pytest.mark.parametrize(
    "act", ["UPDATE audit_log SET team = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log"]
)
async def test_no_row_can_be_changed_or_taken_away(database_url: str, act: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        await written(connection, 2)
        with pytest.raises(AWAY):  # SQLite knows no TRUNCATE, and says so
            await connection.execute_query(act)
        assert (await standing(connection)).rows == 2


@pytest.mark.parametrize(
    ("act", "broken"),
    [
        ("UPDATE audit_log SET team = 'Another team' WHERE id = 3", 3),
        ("UPDATE audit_log SET account = NULL WHERE id = 2", 2),
        ("DELETE FROM audit_log WHERE id = 2", 2),
        ("DELETE FROM audit_log WHERE id = 1", 1),
        ("UPDATE audit_log SET id = 9 WHERE id = 4", 4),
    ],
)
async def test_the_first_row_somebody_changed_past_the_service_is_named(
    database_url: str, act: str, broken: int
) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        await written(connection, 5)
        await unguarded(connection, act)
        stands = await standing(connection)
    assert (stands.broken, stands.guarded) == (broken, True)


async def test_rows_taken_off_the_end_change_the_last_seal(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        await written(connection, 3)
        noted = await standing(connection)
        await unguarded(connection, "DELETE FROM audit_log WHERE id = 3")
        stands = await standing(connection)
    assert stands.broken is None, "the chain cannot know"
    assert (stands.rows, stands.last) != (noted.rows, noted.last)


async def test_many_at_once_make_one_chain(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url, everywhere=True) as connection:

        async def one(number: int) -> None:
            async with in_transaction(connection.connection_name) as transaction:
                await append(transaction, COMMAND_LINE, "signed in", f"account {number}", AT)

        await asyncio.gather(*(one(number) for number in range(12)))
        stands = await standing(connection)
    assert (stands.rows, stands.broken) == (12, None)


async def test_an_act_that_failed_leaves_no_row(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        with pytest.raises(ZeroDivisionError):
            async with in_transaction(connection.connection_name) as transaction:
                await append(transaction, COMMAND_LINE, "closed", "account 1", AT)
                _ = 1 / 0
        assert (await standing(connection)).rows == 0
