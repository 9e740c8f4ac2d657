"""A data folder and a database of either engine, put back as often as a test wants, and looked at whole."""

import asyncio
import base64
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from pydantic import SecretStr

from offer.catalogue.documents import ENTITLEMENT, document_of
from offer.commands.opened import read_edition
from offer.db.connections import is_sqlite, orm
from offer.db.errors import DatabaseUnusable
from offer.db.rows import Table, pages, tables
from offer.doctor import examine
from offer.settings import Settings
from tests.offer.db.filled import SEAL

Rows = dict[str, list[tuple[Any, ...]]]
_CHAIN = ("hash", "previous")  # of the audit log: they hold the moment, and the doctor checks them
_EMPTY = ("catalogue_version", "geocoder_turn")  # their one row is made with the table
_SEAL_KEYS = base64.b64encode(SEAL).decode()
_NUMBERED = ("about", "detail")  # what names a row by its number


@dataclass(frozen=True, slots=True)
class House:
    """`data` is the data folder; `kept` holds it as it was before. `url`: the database."""

    data: Path
    kept: Path
    url: str
    since: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def engine(self) -> str:
        """ "SQLite" or "PostgreSQL"."""
        return "SQLite" if is_sqlite(self.url) else "PostgreSQL"

    @property
    def environment(self) -> dict[str, str]:
        """What a process is told so that it works here."""
        told = {
            "DATA_DIR": str(self.data),
            "HOST": "127.0.0.1",
            "LOG_LEVEL": "ERROR",
            "SEAL_KEYS": _SEAL_KEYS,
        }
        return told if is_sqlite(self.url) else told | {"DATABASE_URL": self.url}

    @property
    def settings(self) -> Settings:
        """The same for this process."""
        url = None if is_sqlite(self.url) else self.url
        return Settings(data_dir=self.data, database_url=url, seal_keys=SecretStr(_SEAL_KEYS))

    @property
    def file(self) -> Path:
        """The database on SQLite."""
        return self.data / "offer.sqlite3"

    async def keep(self) -> None:
        """Remembers the folder and the database as they are now."""
        shutil.rmtree(self.kept, ignore_errors=True)
        shutil.copytree(self.data, self.kept, symlinks=True)
        if not is_sqlite(self.url):
            await _copied(self.url, self._name, self._kept_name)

    async def bring_back(self) -> None:
        """Puts them back as they were."""
        shutil.rmtree(self.data)
        shutil.copytree(self.kept, self.data, symlinks=True)
        if not is_sqlite(self.url):
            await _copied(self.url, self._kept_name, self._name)

    async def settled(self) -> None:
        """Waits until PostgreSQL has noticed that a process is gone: it may be ending its last statement."""
        if is_sqlite(self.url):
            return
        admin = await asyncpg.connect(_admin(self.url))
        try:
            query = "SELECT count(*) FROM pg_stat_activity WHERE datname = $1"
            while await admin.fetchval(query, self._name):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.005)
        finally:
            await admin.close()

    @property
    def _name(self) -> str:
        return urlsplit(self.url).path.removeprefix("/")

    @property
    def _kept_name(self) -> str:
        return f"{self._name}_kept"


async def _copied(url: str, source: str, target: str) -> None:
    admin = await asyncpg.connect(_admin(url))
    try:
        await admin.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        await admin.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    finally:
        await admin.close()


def _admin(url: str) -> str:
    return urlsplit(url)._replace(path="/postgres").geturl()


async def dropped(house: House) -> None:
    """Takes the copy on PostgreSQL away; whoever made the database itself takes that away."""
    if not is_sqlite(house.url):
        admin = await asyncpg.connect(_admin(house.url))
        await admin.execute(f'DROP DATABASE IF EXISTS "{house._kept_name}" WITH (FORCE)')
        await admin.close()


async def rows_of(url: str) -> Rows:
    """Every row of every table of this version, in the order of their keys."""
    async with orm(url) as connection:
        found = {}
        for table in tables():
            found[table.name] = [row async for page in pages(connection, table) for row in page]
        return found


async def there(url: str) -> Rows | None:
    """The rows of a database that is made; None where there is none, or one with no row in it."""
    try:
        rows = await rows_of(url)
    except DatabaseUnusable:
        return None
    return rows if any(listed for name, listed in rows.items() if name not in _EMPTY) else None


def timeless(rows: Rows, since: datetime) -> Rows:
    """The same without the moments after `since`, which no two runs share, and what is made of them."""
    return {table.name: [_timeless(table, row, since) for row in rows[table.name]] for table in tables()}


def _timeless(table: Table, row: tuple[Any, ...], since: datetime) -> tuple[Any, ...]:
    pairs = zip(table.columns, row, strict=True)
    return tuple(
        "hashed" if table.name == "audit_log" and column in _CHAIN else _undated(value, since)
        for column, value in pairs
    )


def _undated(value: Any, since: datetime) -> Any:
    if isinstance(value, datetime):
        return "then" if value >= since else value
    return "that day" if isinstance(value, date) and value >= since.date() else value


def unnumbered(rows: Rows) -> Rows:
    """The same without the numbers that PostgreSQL gives, which leave out those of a transaction undone."""
    found = {}
    for table in tables():
        named = [
            not (table.name == "audit_log" and column in _NUMBERED)
            and not (table.counts_by_itself and column == table.key)
            and not column.endswith("_id")
            for column in table.columns
        ]
        found[table.name] = sorted(
            repr([value for value, keep in zip(row, named, strict=True) if keep]) for row in rows[table.name]
        )
    return found  # type: ignore[return-value]


async def sound(house: House) -> list[str]:
    """What is wrong here: nothing, in a database that survived. Asks the doctor and SQLite itself."""
    lines, well = await examine(house.settings)
    wrong = [] if well else [line for line in lines if not line.startswith("ok")]
    if is_sqlite(house.url):
        with closing(sqlite3.connect(house.file)) as connection:
            wrong += [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            wrong += [str(row) for row in connection.execute("PRAGMA foreign_key_check")]
    return wrong


async def disagreements(house: House, rows: Rows) -> list[str]:
    """Where the edition that would be served is not what the rows say, or its search index is not."""
    edition = await read_edition(house.settings)
    named = {table.name: table.columns for table in tables()}
    as_mapping = {
        name: [dict(zip(named[name], row, strict=True)) for row in listed] for name, listed in rows.items()
    }
    (version,) = as_mapping["catalogue_version"]
    wrong = []
    if edition.version != version["number"]:
        wrong.append(f"edition {edition.version} of version {version['number']}")
    bodies = dict(_public(as_mapping))
    wrong += [f"{slug} is missing" for slug in bodies.keys() - edition.entries.keys()]
    wrong += [f"{slug} is not public" for slug in edition.entries.keys() - bodies.keys()]
    for slug, entry in edition.entries.items():
        if slug in bodies and entry.model_dump_json() != bodies[slug]:
            wrong.append(f"{slug} says something else")
        hits = {hit.slug for hit in edition.finder.search(entry.title).hits}
        if slug not in hits:
            wrong.append(f"{slug} is not found")
    return wrong


def _public(rows: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[str, str]]:
    """The slug of each public entitlement with its body, as the model writes it."""
    documents = {row["id"]: row for row in rows["document"]}
    revisions = {row["id"]: row for row in rows["revision"]}
    for span in rows["published_revision"]:
        revision = revisions[span["revision_id"]]
        document = documents[revision["document_id"]]
        if span["until"] is None and document["kind"] == ENTITLEMENT:
            yield document["slug"], document_of(ENTITLEMENT, revision["body"]).model_dump_json()
