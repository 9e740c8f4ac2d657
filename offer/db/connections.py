"""One way to open the database, which always closes it again."""

import os
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException, ConfigurationError, DBConnectionError, OperationalError

from offer.db.errors import DatabaseUnusable
from offer.db.sqlite_file import path_of

Apps = Mapping[str, Mapping[str, Any]]
APPS: Apps = {
    "catalogue": {
        "models": [
            "offer.db.models",
            "offer.db.visit_models",
            "offer.db.staff_models",
            "offer.db.change_models",
        ],
        "migrations": "offer.db.migrations",
    }
}
SQLITE = {
    "busy_timeout": 5000,
    "foreign_keys": "ON",
    "journal_mode": "WAL",
    "synchronous": "NORMAL",
    "secure_delete": "ON",  # what is deleted is overwritten: the end of a visit means it
}
POSTGRES = ("postgres", "postgresql", "asyncpg")
POSTGRES_PORT = 5432
_HAS_PORT = re.compile(r":[0-9]+$")
# What ends work half way: the server gone, the disk full, the file locked or damaged, the tables not there.
LOST = (
    OperationalError, DBConnectionError, sqlite3.DatabaseError, asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
)  # fmt: skip
NO_TABLES = ("no such table", "no such column", "does not exist")
FULL = ("is full", "no space left", "quota exceeded")
A_PAGE = 64 * 1024  # bytes: with less than this nothing can be written any more
UNWRITABLE = ("readonly", "read-only")
# Everything the drivers raise when a database is away, busy, broken or refuses us.
AWAY = (
    OSError, TimeoutError, sqlite3.Error, BaseORMException, asyncpg.PostgresError, asyncpg.InterfaceError,
    DatabaseUnusable,
)  # fmt: skip


def is_sqlite(url: str) -> bool:
    """Whether the address names a SQLite file (an address without a scheme does)."""
    return url.startswith("sqlite:") or "://" not in url


def config_for(
    url: str, *, keys: bool = True, alone: bool = False, create: bool = False, apps: Apps = APPS
) -> dict[str, Any]:
    """Tortoise's configuration for an address.

    The connection is named after the engine, because Tortoise keeps the text of
    INSERT by connection name: one name for two engines would mix their SQL.
    `keys=False` opens SQLite without foreign keys and `alone=True` keeps every
    other process out, `create=True` makes a SQLite file: all for migrations only.
    """
    name = "sqlite" if is_sqlite(url) else "postgres"
    connection = _sqlite(url, keys, alone, create) if name == "sqlite" else _postgres(url)
    chosen = {label: {**app, "default_connection": name} for label, app in apps.items()}
    return {"connections": {name: connection}, "apps": chosen, "use_tz": True, "timezone": "UTC"}


def _sqlite(url: str, keys: bool, alone: bool, create: bool) -> dict[str, Any]:
    settings: dict[str, Any] = {**SQLITE, "foreign_keys": "ON" if keys else "OFF"}
    if alone:  # stands first: set before the file is touched, it finds any other process at once
        settings = {"locking_mode": "EXCLUSIVE", **settings}
    credentials = {"file_path": str(path_of(url)), "create": create, **settings}
    return {"engine": "offer.db.sqlite_engine", "credentials": credentials}


def _postgres(url: str) -> dict[str, Any]:
    scheme = url.partition("://")[0]
    if scheme not in POSTGRES:
        cure = "Use postgres://user:password@host/name, or leave it out to use a file in DATA_DIR."
        raise DatabaseUnusable(f"DATABASE_URL starts with {scheme}://, which we cannot use.", cure)
    hosts, one = _several(url)
    try:
        credentials = expand_db_url(one)["credentials"]
    except (ConfigurationError, ValueError) as fault:
        raise DatabaseUnusable(f"DATABASE_URL cannot be read: {fault}.") from fault
    if len(hosts) > 1:  # of a primary and those that may take its place, the one that can be written to
        credentials = {"target_session_attrs": "read-write", **credentials, "hosts": hosts}
    if "sslmode" in credentials:  # libpq's word for it, which hosts put into the address they give
        credentials["ssl"] = credentials.pop("sslmode")
    limits = {"timeout": 10, "command_timeout": 60}
    return {"engine": "offer.db.asyncpg_engine", "credentials": {**limits, **credentials}}


def _several(url: str) -> tuple[list[tuple[str, int]], str]:
    """The hosts of an address such as postgres://u@a,b:5433/name, and the address with the first alone.

    Tortoise reads one host only; its driver takes several, and tries them in this order.
    """
    parts = urlsplit(url)
    login, at, names = parts.netloc.rpartition("@")
    each = [name.rpartition(":") if _HAS_PORT.search(name) else (name, "", "") for name in names.split(",")]
    hosts = [(host.strip("[]"), int(port or POSTGRES_PORT)) for host, _, port in each]
    return hosts, urlunsplit(parts._replace(netloc=f"{login}{at}{names.split(',')[0]}"))


@asynccontextmanager
async def orm(
    url: str | Path,
    *,
    keys: bool = True,
    alone: bool = False,
    create: bool = False,
    everywhere: bool = False,
    reach: bool = True,
    apps: Apps = APPS,
) -> AsyncIterator[BaseDBAsyncClient]:
    """The database, open; closed at the end whatever happens, or the process would hang.

    `everywhere` makes it usable from every task (the web application); otherwise
    only from the task that opened it and its children. `reach` tries the database
    at once and raises `DatabaseUnusable`; the web application may open without, so
    that it starts while the database is away.
    """
    config = config_for(str(url), keys=keys, alone=alone, create=create, apps=apps)
    async with TortoiseContext() as context:
        await context.init(config=config, _enable_global_fallback=everywhere)
        connection = context.db()
        if reach:
            await reachable(connection, str(url))
        try:
            yield connection
        except LOST as fault:
            raise unusable(str(url), fault) from fault


async def reachable(connection: BaseDBAsyncClient, url: str) -> None:
    """Asks the database one question; raises `DatabaseUnusable`, which never names a password."""
    try:
        await connection.execute_query("SELECT count(*) FROM sqlite_master" if is_sqlite(url) else "SELECT 1")
    except DatabaseUnusable:  # it says already what is wrong
        raise
    except AWAY as fault:
        raise unusable(url, fault) from fault


def unusable(url: str, fault: BaseException) -> DatabaseUnusable:
    """The one plain line for a fault of the database."""
    if any(words in str(fault) for words in NO_TABLES):
        message = f"The database {public_name(url)} has not been set up for this version."
        return DatabaseUnusable(message, "Run: local-offer migrate")
    message = f"The database {public_name(url)} cannot be used: {first_line(fault)}."
    return DatabaseUnusable(message, _cure(url, fault))


def public_name(url: str) -> str:
    """The database as it may be shown or logged: a file, or host and name, never a password."""
    if is_sqlite(url):
        return str(path_of(url))
    parts = urlsplit(url)
    return f"{parts.hostname or 'this machine'}{parts.path}"


def first_line(fault: BaseException) -> str:
    """The first line of what a driver says, without a full stop."""
    if isinstance(fault, OSError) and fault.errno:
        return os.strerror(fault.errno)
    lines = str(fault).strip().splitlines() or [type(fault).__name__]
    return lines[0].rstrip(".")


def _is_full(url: str) -> bool:
    """SQLite says only "disk I/O error" where it finds no room for its files beside the database."""
    folder = path_of(url).parent
    return is_sqlite(url) and folder.is_dir() and shutil.disk_usage(folder).free < A_PAGE


def _cure(url: str, fault: BaseException) -> str:
    said = str(fault).lower()
    if "locked" in said:
        return "Another process is using it: stop that one and try again."
    if any(words in said for words in FULL) or _is_full(url):
        where = path_of(url).parent if is_sqlite(url) else "the disk of the database server"
        return f"The disk is full: make room on {where}, then try again."
    if any(words in said for words in UNWRITABLE):
        return "Its disk can only be read: mount it so that it can be written, then try again."
    if is_sqlite(url):
        return "Bring back a copy with 'local-offer restore', or move the file away."
    return "Check that the server is running and that DATABASE_URL is right."
