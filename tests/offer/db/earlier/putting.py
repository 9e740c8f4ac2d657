"""Puts the database of an earlier version back: see README.md."""

import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.migrations.executor import MigrationTarget
from tortoise.transactions import in_transaction

from offer.db import migrations
from offer.db.connections import APPS, is_sqlite, orm
from offer.db.migrate import _executor, _make_records
from offer.db.shape import RECORDS, shape_of
from offer.db.sqlite_file import path_of

FOLDER = Path(__file__).parent
STATES = sorted(file.stem for file in FOLDER.glob("*.sql"))
STEPS = sorted(file.stem for file in Path(migrations.__path__[0]).glob("0*.py"))
Rows = dict[str, list[dict[str, Any]]]


def step_of(state: str) -> int:
    """How many migrations a database of that state has seen."""
    return int(state)


async def put_back(url: str, state: str) -> None:
    """Makes the database of that state: "0004" is that of the day when 0004 was the newest migration."""
    script = (FOLDER / f"{state}.sql").read_text("utf-8")
    if is_sqlite(url):
        with closing(sqlite3.connect(path_of(url))) as file:
            file.executescript(script)
        return
    with closing(sqlite3.connect(":memory:")) as held:
        held.executescript(script)
        async with orm(url) as connection:
            await tables_of(connection, step_of(state))
            await _copied(held, connection)


async def tables_of(connection: BaseDBAsyncClient, steps: int) -> None:
    """The tables that the first so many migrations make."""
    await _make_records(connection, APPS)
    await _executor(connection, APPS).migrate([MigrationTarget("catalogue", STEPS[steps - 1])])


async def _copied(held: sqlite3.Connection, connection: BaseDBAsyncClient) -> None:
    held.row_factory = sqlite3.Row
    async with in_transaction(connection.connection_name) as transaction:
        await transaction.execute_query("SET LOCAL session_replication_role = replica")  # in any order
        for table, columns in (await _kinds(transaction)).items():
            await transaction.execute_query(f'DELETE FROM "{table}"')
            rows = [dict(row) for row in held.execute(f'SELECT * FROM "{table}"')]
            listed = ", ".join(f'"{name}"' for name in columns)
            marks = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
            for row in rows:
                values = [_value(row[name], kind) for name, kind in columns.items()]
                await transaction.execute_query(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', values)
            if columns.get("id") in ("integer", "bigint"):
                own = f"pg_get_serial_sequence('\"{table}\"', 'id')"
                last = f'(SELECT max(id) FROM "{table}")'
                await transaction.execute_query(f"SELECT setval({own}, {last}) WHERE {own} IS NOT NULL")


async def _kinds(connection: BaseDBAsyncClient) -> dict[str, dict[str, str]]:
    """The type of each column of each table."""
    found: dict[str, dict[str, str]] = {}
    query = (
        "SELECT table_name::text AS t, column_name::text AS c, data_type::text AS d "
        "FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY ordinal_position"
    )
    for row in await connection.execute_query_dict(query):
        if row["t"] != RECORDS:
            found.setdefault(row["t"], {})[row["c"]] = row["d"]
    return found


def _value(value: Any, kind: str) -> Any:
    """What SQLite keeps as text and number, as PostgreSQL wants it."""
    if value is None:
        return None
    if kind.startswith("timestamp"):
        return datetime.fromisoformat(value)
    if kind == "date":
        return date.fromisoformat(value)
    return bool(value) if kind == "boolean" else value


async def rows_there(url: str) -> Rows:
    """Every row of every table that is there, whichever version made it."""
    async with orm(url) as connection:
        found = {}
        for table in await _tables(connection):
            rows = await connection.execute_query_dict(f'SELECT * FROM "{table}"')
            found[table] = sorted((dict(row) for row in rows), key=repr)
        return found


def of_its_day(left: Rows, before: Rows) -> Rows:
    """What is left of the tables and columns of an earlier version; later steps may add to both."""
    columns = {table: list(rows[0]) if rows else [] for table, rows in before.items()}
    return {
        table: sorted(({name: row[name] for name in names} for row in left[table]), key=repr)
        for table, names in columns.items()
    }


async def _tables(connection: BaseDBAsyncClient) -> list[str]:
    return sorted(set(await shape_of(connection)) - {RECORDS})
