"""A whole database from one engine to the other: every row read in one moment, written, and compared."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.db.connections import is_sqlite, orm, public_name
from offer.db.errors import Refused
from offer.db.migrate import migrate
from offer.db.rows import Table, count, pages, tables, write

Progress = Callable[[int, int, str], object]
# Rows that setting up a database makes, and what stands in for "somebody already uses it".
_SEEDS = ("catalogue_version", "geocoder_turn")
_IN_USE = ("document", "staff_account", "audit_log", "staff_change")


async def move(source: str, target: str, *, at: datetime, progress: Progress) -> dict[str, int]:
    """Copies every row into an empty database of the other engine, and compares them; rows by table.

    The source is read in one transaction: people may go on reading it, and on PostgreSQL writing to it
    (what they write after the beginning is not moved). All of the target is written, or nothing.
    Raises `Refused` where the target is in use, or a row came out otherwise than it went in.
    """
    if is_sqlite(source) == is_sqlite(target):
        raise Refused("Both databases are of one kind.", "Use local-offer backup and restore.")
    await migrate(source, at=at)
    await migrate(target, at=at)
    async with orm(source) as opened, orm(target) as empty:
        await _refuse_in_use(empty, target)
        async with opened._in_transaction() as reading:
            if reading.capabilities.dialect != "sqlite":
                await reading.execute_query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            async with empty._in_transaction() as writing:
                return await _copy(reading, writing, progress)


async def _refuse_in_use(connection: BaseDBAsyncClient, target: str) -> None:
    used = [table.name for table in tables() if table.name in _IN_USE and await count(connection, table)]
    if used:
        name = public_name(target)
        raise Refused(f"{name} is in use: there are rows in {used[0]}.", "Name a database that is empty.")


async def _copy(reading: BaseDBAsyncClient, writing: BaseDBAsyncClient, progress: Progress) -> dict[str, int]:
    every = tables()
    counts = {table.name: await count(reading, table) for table in every}
    total, done = 2 * sum(counts.values()), 0  # each is written, then compared
    for table in every:
        if table.name in _SEEDS:
            await writing.execute_query(f'DELETE FROM "{table.name}"')  # noqa: S608 - our own name
        async for page in pages(reading, table):
            await write(writing, table, page)
            done += len(page)
            progress(done, total, table.name)
        await _go_on_counting(writing, table, counts[table.name])
    for table in every:
        async for number in _compared(reading, writing, table):
            done += number
            progress(done, total, f"{table.name}, compared")
    return counts


async def _go_on_counting(connection: BaseDBAsyncClient, table: Table, rows: int) -> None:
    """The next row that PostgreSQL numbers comes after the last; SQLite looks by itself."""
    if connection.capabilities.dialect == "sqlite" or not table.counts_by_itself or not rows:
        return
    sequence = f"pg_get_serial_sequence('\"{table.name}\"', '{table.key}')"
    await connection.execute_query(
        f'SELECT setval({sequence}, (SELECT max("{table.key}") FROM "{table.name}"))'  # noqa: S608 - our own names
    )


async def _compared(
    reading: BaseDBAsyncClient, writing: BaseDBAsyncClient, table: Table
) -> AsyncIterator[int]:
    """How many rows were found equal, a page at a time."""
    there = pages(writing, table)
    async for page in pages(reading, table):
        if await anext(there, []) != page:
            raise Refused(
                f"The rows of {table.name} came out otherwise than they went in.", "Nothing was moved."
            )
        yield len(page)
    if await anext(there, []):
        raise Refused(f"There are rows in {table.name} that nobody wrote.", "Nothing was moved.")
