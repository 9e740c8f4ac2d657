"""Databases for machines: each of their many runs begins with a copy of one that was filled once."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg

from offer.db.connections import orm
from offer.db.migrate import migrate

Fill = Callable[[], Awaitable[object]]
Copies = Callable[[], AbstractContextManager[str]]  # the address of a fresh copy while the block lasts


@contextmanager
def sqlite_copies(folder: Path, at: datetime, fill: Fill) -> Iterator[Copies]:
    """Copies of one SQLite file."""
    first = folder / "first.sqlite3"
    asyncio.run(_filled(f"sqlite://{first}", at, fill))

    @contextmanager
    def copy() -> Iterator[str]:
        file = folder / f"{uuid4().hex}.sqlite3"
        shutil.copy(first, file)
        try:
            yield f"sqlite://{file}"
        finally:
            for left in folder.glob(f"{file.name}*"):
                left.unlink()

    yield copy


@contextmanager
def postgres_copies(server: str, at: datetime, fill: Fill) -> Iterator[Copies]:
    """Copies of one PostgreSQL database, which PostgreSQL makes itself."""
    first = f"first_{uuid4().hex}"

    async def run(statement: str) -> None:
        admin = await asyncpg.connect(server)
        try:
            await admin.execute(statement)
        finally:
            await admin.close()

    def address(name: str) -> str:
        return urlsplit(server)._replace(path=f"/{name}").geturl()

    asyncio.run(run(f'CREATE DATABASE "{first}"'))
    asyncio.run(_filled(address(first), at, fill))

    @contextmanager
    def copy() -> Iterator[str]:
        name = f"copy_{uuid4().hex}"
        asyncio.run(run(f'CREATE DATABASE "{name}" TEMPLATE "{first}"'))
        try:
            yield address(name)
        finally:
            asyncio.run(run(f'DROP DATABASE "{name}" WITH (FORCE)'))

    try:
        yield copy
    finally:
        asyncio.run(run(f'DROP DATABASE "{first}" WITH (FORCE)'))


async def _filled(url: str, at: datetime, fill: Fill) -> None:
    await migrate(url, at=at)
    async with orm(url):
        await fill()
