"""The shape of a database: tables, columns, indexes, unique sets and foreign keys, for comparing."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction
from tortoise.utils import get_schema_sql

RECORDS = "tortoise_migrations"  # Tortoise's own table of steps: no model of ours


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the database describes it."""

    type: str
    null: bool
    default: bool
    primary: bool


@dataclass(frozen=True, slots=True)
class Index:
    """An index or unique set. `sql` makes it again; it is None for a set written in CREATE TABLE."""

    columns: tuple[str, ...]
    unique: bool
    where: str = ""
    name: str = field(default="", compare=False)
    sql: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Which columns point where, and what happens to them when that row is deleted."""

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...]
    on_delete: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    columns: Mapping[str, Column]
    indexes: frozenset[Index]
    keys: frozenset[ForeignKey]


Shape = dict[str, Table]


async def shape_of(connection: BaseDBAsyncClient) -> Shape:
    """The shape of the open database, without Tortoise's own table."""
    if connection.capabilities.dialect == "sqlite":
        return await _sqlite_shape(connection)
    return await _postgres_shape(connection, "current_schema()::regnamespace::oid")


async def shape_of_models(connection: BaseDBAsyncClient) -> Shape:
    """The shape the models ask for: made and thrown away beside the real tables, never in them."""
    script = get_schema_sql(connection, safe=False)
    if connection.capabilities.dialect == "sqlite":
        memory = sqlite3.connect(":memory:")
        memory.row_factory = sqlite3.Row
        try:
            memory.executescript(script)
            return await _sqlite_shape(memory)
        finally:
            memory.close()
    async with in_transaction(connection.connection_name) as transaction:
        await transaction.execute_script("SET LOCAL search_path TO pg_temp")
        await transaction.execute_script(script)
        shape = await _postgres_shape(transaction, "pg_my_temp_schema()")
        await transaction.rollback()
    return shape


async def _rows(connection: Any, query: str) -> list[Mapping[str, Any]]:
    if isinstance(connection, sqlite3.Connection):
        return [dict(row) for row in connection.execute(query)]
    return list(await connection.execute_query_dict(query))


async def _sqlite_shape(connection: Any) -> Shape:
    names = await _rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = sorted(str(row["name"]) for row in names)
    return {
        name: await _sqlite_table(connection, name)
        for name in tables
        if name != RECORDS and not name.startswith("sqlite_")
    }


async def _sqlite_table(connection: Any, table: str) -> Table:
    columns = {
        row["name"]: Column(
            row["type"], not row["notnull"] and not row["pk"], row["dflt_value"] is not None, bool(row["pk"])
        )
        for row in await _rows(connection, f'PRAGMA table_info("{table}")')
    }
    listed = await _rows(connection, f'PRAGMA index_list("{table}")')
    indexes = [await _sqlite_index(connection, row) for row in listed if row["origin"] != "pk"]
    return Table(columns, frozenset(indexes), await _sqlite_keys(connection, table))


async def _sqlite_index(connection: Any, row: Mapping[str, Any]) -> Index:
    name = row["name"]
    info = await _rows(connection, f'PRAGMA index_info("{name}")')
    made = await _rows(connection, f"SELECT sql FROM sqlite_master WHERE type = 'index' AND name = '{name}'")  # noqa: S608 - a name the database gave
    sql = made[0]["sql"] if made else None
    columns = tuple(str(part["name"]) for part in sorted(info, key=lambda part: int(part["seqno"])))
    return Index(columns, bool(row["unique"]), _where(sql) if row["partial"] else "", name, sql)


def _where(sql: str | None) -> str:
    return (sql or "").upper().partition(" WHERE ")[2].strip()


async def _sqlite_keys(connection: Any, table: str) -> frozenset[ForeignKey]:
    parts: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in await _rows(connection, f'PRAGMA foreign_key_list("{table}")'):
        parts[row["id"]].append(row)
    return frozenset(_sqlite_key(sorted(rows, key=lambda row: int(row["seq"]))) for rows in parts.values())


def _sqlite_key(rows: list[Mapping[str, Any]]) -> ForeignKey:
    columns, targets = tuple(row["from"] for row in rows), tuple(row["to"] for row in rows)
    return ForeignKey(columns, rows[0]["table"], targets, rows[0]["on_delete"])


_COLUMNS = """
SELECT t.relname::text AS tbl, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type,
       NOT a.attnotnull AS nullable, a.atthasdef OR a.attidentity <> '' AS dflt,
       EXISTS (SELECT 1 FROM pg_constraint p WHERE p.conrelid = t.oid AND p.contype = 'p'
               AND a.attnum = ANY (p.conkey)) AS pk
FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
WHERE t.relnamespace = {schema} AND t.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY t.relname, a.attnum"""
_INDEXES = """
SELECT t.relname::text AS tbl, i.relname::text AS name, x.indisunique AS uniq, pg_get_indexdef(i.oid) AS sql,
       coalesce(pg_get_expr(x.indpred, x.indrelid), '') AS cond,
       ARRAY(SELECT pg_get_indexdef(i.oid, n, true) FROM generate_series(1, x.indnkeyatts) AS n) AS cols
FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
WHERE t.relnamespace = {schema} AND NOT x.indisprimary AND t.relkind IN ('r', 'p')"""
_KEYS = """
SELECT t.relname::text AS tbl, f.relname::text AS target, c.confdeltype::text AS on_delete,
       ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY AS k(num, pos)
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num ORDER BY k.pos) AS cols,
       ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY AS k(num, pos)
             JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num ORDER BY k.pos) AS targets
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid
WHERE c.contype = 'f' AND t.relnamespace = {schema}"""


async def _postgres_shape(connection: BaseDBAsyncClient, schema: str) -> Shape:
    columns: dict[str, dict[str, Column]] = defaultdict(dict)
    indexes: dict[str, set[Index]] = defaultdict(set)
    keys: dict[str, set[ForeignKey]] = defaultdict(set)
    for row in await _rows(connection, _COLUMNS.format(schema=schema)):
        columns[row["tbl"]][row["name"]] = Column(row["type"], row["nullable"], row["dflt"], row["pk"])
    for row in await _rows(connection, _INDEXES.format(schema=schema)):
        names = tuple(column.strip('"') for column in row["cols"])
        indexes[row["tbl"]].add(Index(names, row["uniq"], row["cond"], row["name"], row["sql"]))
    for row in await _rows(connection, _KEYS.format(schema=schema)):
        key = ForeignKey(tuple(row["cols"]), row["target"], tuple(row["targets"]), row["on_delete"])
        keys[row["tbl"]].add(key)
    return {
        name: Table(found, frozenset(indexes[name]), frozenset(keys[name]))
        for name, found in columns.items()
        if name != RECORDS
    }


def differences(wanted: Shape, found: Shape) -> list[str]:
    """What no index can mend: tables, columns and foreign keys that differ, in plain words."""
    said = [f"table {name} is missing" for name in sorted(wanted.keys() - found.keys())]
    said += [f"table {name} is not ours" for name in sorted(found.keys() - wanted.keys())]
    for name in sorted(wanted.keys() & found.keys()):
        said += _table_differences(name, wanted[name], found[name])
    return said


def _table_differences(name: str, wanted: Table, found: Table) -> list[str]:
    said = []
    for column in sorted(wanted.columns.keys() | found.columns.keys()):
        ours, theirs = wanted.columns.get(column), found.columns.get(column)
        if ours != theirs:
            said.append(f"column {name}.{column} should be {_said(ours)} and is {_said(theirs)}")
    said += [f"{name}: foreign key {', '.join(key.columns)} is missing" for key in wanted.keys - found.keys]
    said += [f"{name}: foreign key {', '.join(key.columns)} is not ours" for key in found.keys - wanted.keys]
    return said


def _said(column: Column | None) -> str:
    if column is None:
        return "absent"
    words = [column.type, "may be empty" if column.null else "required"]
    return ", ".join(words + ["has a default"] * column.default + ["key"] * column.primary)
