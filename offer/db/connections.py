"""Where the database is, and one way to open it that always closes it again."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException, ConfigurationError

from offer.db.errors import DatabaseUnusable

APPS: dict[str, dict[str, Any]] = {
    "catalogue": {"models": ["offer.db.models"], "migrations": "offer.db.migrations"},
}
SQLITE = {"busy_timeout": 5000, "foreign_keys": "ON", "journal_mode": "WAL", "synchronous": "NORMAL"}
POSTGRES = ("postgres", "postgresql", "asyncpg")
HEADER = b"SQLite format 3\x00"


def is_sqlite(url: str) -> bool:
    """Whether the address names a SQLite file (an address without a scheme does)."""
    return url.startswith("sqlite:") or "://" not in url


def sqlite_file(url: str) -> Path:
    """The file of a SQLite address: `sqlite:///abs/file`, `sqlite://rel/file` or a bare path."""
    return Path(url.removeprefix("sqlite:").removeprefix("//").partition("?")[0])


def config_for(
    url: str, *, keys: bool = True, alone: bool = False, apps: dict[str, dict[str, Any]] | None = None
) -> dict[str, Any]:
    """Tortoise's configuration for an address.

    The connection is named after the engine, because Tortoise keeps the text of
    INSERT by connection name: one name for two engines would mix their SQL.
    `keys=False` opens SQLite without foreign keys and `alone=True` keeps every
    other process out: both are for migrations only.
    """
    name = "sqlite" if is_sqlite(url) else "postgres"
    connection = _sqlite(url, keys, alone) if name == "sqlite" else _postgres(url)
    chosen = {label: {**app, "default_connection": name} for label, app in (apps or APPS).items()}
    return {"connections": {name: connection}, "apps": chosen, "use_tz": True, "timezone": "UTC"}


def _sqlite(url: str, keys: bool, alone: bool) -> dict[str, Any]:
    settings = {**SQLITE, "foreign_keys": "ON" if keys else "OFF"}
    if alone:  # must come before journal_mode, so that the log needs no shared memory
        settings = {"locking_mode": "EXCLUSIVE", **settings}
    return {
        "engine": "offer.db.sqlite_engine",
        "credentials": {"file_path": str(sqlite_file(url)), **settings},
    }


def _postgres(url: str) -> dict[str, Any]:
    scheme = url.partition("://")[0]
    if scheme not in POSTGRES:
        raise DatabaseUnusable(
            f"DATABASE_URL starts with '{scheme}://', which is not a database we can use.",
            "Use postgres://user:password@host/name, or leave it out to use a file in DATA_DIR.",
        )
    try:
        expanded = expand_db_url(url)
    except (ConfigurationError, ValueError) as fault:
        raise DatabaseUnusable(f"DATABASE_URL cannot be read: {fault}.") from fault
    credentials = {"timeout": 10, "command_timeout": 60, **expanded["credentials"]}
    return {"engine": "offer.db.asyncpg_engine", "credentials": credentials}


@asynccontextmanager
async def orm(
    url: str | Path,
    *,
    keys: bool = True,
    alone: bool = False,
    everywhere: bool = False,
    reach: bool = True,
    apps: dict[str, dict[str, Any]] | None = None,
) -> AsyncIterator[BaseDBAsyncClient]:
    """The database, open; closed at the end whatever happens, or the process would hang.

    `everywhere` makes it usable from every task (the web application); else only
    from the task that opened it. `reach` tries the database at once and raises
    `DatabaseUnusable` with one plain line; the web application opens without.
    """
    address = str(url)
    if is_sqlite(address) and reach:
        check_file(sqlite_file(address))
    config = config_for(address, keys=keys, alone=alone, apps=apps)
    async with TortoiseContext() as context:
        await context.init(config=config, _enable_global_fallback=everywhere)
        connection = context.db()
        if reach:
            await reachable(connection, address)
        yield connection


def check_file(file: Path) -> None:
    """Refuses a SQLite file that cannot be opened, before the driver's thread prints its own trace."""
    if str(file) == ":memory:":
        return
    if file.is_dir():
        raise DatabaseUnusable(f"{file} is a folder, not a database file.", "Give the path of a file.")
    if not file.parent.is_dir():
        raise DatabaseUnusable(
            f"The folder {file.parent} does not exist.",
            f"Make it, or set DATA_DIR to one that does: mkdir -p {file.parent}",
        )
    if not file.exists() and not os.access(file.parent, os.W_OK | os.X_OK):
        raise DatabaseUnusable(
            f"We may not write in the folder {file.parent}.", "Set DATA_DIR to a folder you may write in."
        )
    if file.exists():
        _check_header(file)


def _check_header(file: Path) -> None:
    if not os.access(file, os.R_OK | os.W_OK):
        raise DatabaseUnusable(
            f"We may not read and write the file {file}.", "Change who owns it, or set DATA_DIR."
        )
    with file.open("rb") as handle:
        start = handle.read(len(HEADER))
    if start and start != HEADER:
        raise DatabaseUnusable(
            f"{file} is not a SQLite database.",
            "Move it away, or bring back a copy with 'local-offer restore'.",
        )


async def reachable(connection: BaseDBAsyncClient, url: str) -> None:
    """Asks the database one question, or raises `DatabaseUnusable` naming it without its password."""
    try:
        await connection.execute_query("SELECT 1")
    except (OSError, asyncio.TimeoutError, sqlite3.Error, BaseORMException) as fault:
        raise DatabaseUnusable(
            f"The database {_public(url)} cannot be used: {_line(fault)}.", _cure(url, fault)
        ) from fault
    except Exception as fault:
        if not type(fault).__module__.startswith("asyncpg"):
            raise
        raise DatabaseUnusable(
            f"The database {_public(url)} cannot be used: {_line(fault)}.", _cure(url, fault)
        ) from fault


def _public(url: str) -> str:
    if is_sqlite(url):
        return str(sqlite_file(url))
    parts = urlsplit(url)
    return f"{parts.hostname or 'on this machine'}{parts.path}"


def _line(fault: BaseException) -> str:
    return (str(fault).splitlines() or [type(fault).__name__])[0].rstrip(".") or type(fault).__name__


def _cure(url: str, fault: BaseException) -> str:
    if "locked" in str(fault):
        return "Another process is using it: stop that one, or wait, and try again."
    if is_sqlite(url):
        return "Bring back a copy with 'local-offer restore', or move the file away."
    return "Check that the server is running and that DATABASE_URL is right."
