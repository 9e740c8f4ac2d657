"""What tests of the offer share: a database, on both engines, and the application on one.

The same tests run on a SQLite file and on PostgreSQL.
"""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.catalogue.commands import set_up
from offer.clock import now
from offer.settings import Settings
from tests.conftest import ROOT, in_ci
from tests.offer.db.postgres_server import binaries, server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server: TEST_DATABASE_URL, or one started here for the session."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    if binaries() is None:
        reason = "no PostgreSQL server on this machine (initdb is neither in /usr/lib/postgresql nor on PATH)"
        if in_ci():
            pytest.fail(reason)
        pytest.skip(reason)
    with server() as running:
        yield running.url("postgres")


@asynccontextmanager
async def _made(server: str, template: str) -> AsyncIterator[str]:
    """A PostgreSQL database as a copy of another, dropped afterwards."""
    name = f"test_{uuid4().hex}"
    admin = await asyncpg.connect(server)
    try:
        await admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield _database(server, name)
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        await admin.close()


def _database(server: str, name: str) -> str:
    return urlsplit(server)._replace(path=f"/{name}").geturl()


@pytest.fixture
async def empty_postgres_url(postgres_server: str) -> AsyncIterator[str]:
    """A PostgreSQL database without a table."""
    async with _made(postgres_server, "template1") as url:
        yield url


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that does not exist yet."""
    return f"sqlite://{tmp_path / 'offer.sqlite3'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database without a table, once on each engine."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and no row, migrated once: each test has a copy."""
    file = tmp_path_factory.mktemp("migrated") / "offer.sqlite3"
    _command("migrate", DATABASE_URL=f"sqlite://{file}")
    return file


@pytest.fixture(scope="session")
def migrated_template(postgres_server: str) -> str:
    """The name of a PostgreSQL database with every table and no row, migrated once: each test has a copy."""

    async def create(name: str) -> None:
        admin = await asyncpg.connect(postgres_server)
        await admin.execute(f'CREATE DATABASE "{name}"')
        await admin.close()

    name = f"migrated_{uuid4().hex}"
    with ThreadPoolExecutor(1) as elsewhere:  # this thread's event loop is the tests' own
        elsewhere.submit(asyncio.run, create(name)).result()
    _command("migrate", DATABASE_URL=_database(postgres_server, name))
    return name


@pytest.fixture
async def postgres_url(postgres_server: str, migrated_template: str) -> AsyncIterator[str]:
    """A PostgreSQL database with every table and no row."""
    async with _made(postgres_server, migrated_template) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    """A SQLite file with every table and no row."""
    return f"sqlite://{shutil.copy(migrated_file, tmp_path)}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with every table and no row, once on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def _command(*words: str, **settings: str) -> None:
    """Runs a command of the service."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "offer.cli", *words]
    subprocess.run(command, env={**kept, **settings}, cwd=ROOT, check=True, capture_output=True)


@pytest.fixture(scope="session")
def starter_file(tmp_path_factory: pytest.TempPathFactory, places_file: Path) -> Path:
    """A SQLite file with the starter catalogue in it, filled once by the command itself."""
    folder = tmp_path_factory.mktemp("starter")
    (folder / "places.bin").symlink_to(places_file)
    _command("ready", DATA_DIR=str(folder))
    return folder / "offer.sqlite3"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory, places_file: Path, starter_file: Path) -> Path:
    """A data folder as `make run` leaves it."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "places.bin").symlink_to(places_file)
    shutil.copy(starter_file, folder)
    return folder


@pytest.fixture
async def running(data_dir: Path) -> AsyncIterator[Starlette]:
    """The application on a SQLite database that holds the starter catalogue."""
    settings = Settings(data_dir=data_dir)
    await set_up(settings.database, at=now())
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app
