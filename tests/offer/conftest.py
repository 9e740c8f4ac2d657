"""What tests of the offer share: a database, on both engines, and the application on one.

The same tests run on a SQLite file and on PostgreSQL.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
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


@pytest.fixture
async def postgres_url(postgres_server: str) -> AsyncIterator[str]:
    """An empty PostgreSQL database, dropped after the test."""
    name = f"test_{uuid4().hex}"
    admin = await asyncpg.connect(postgres_server)
    try:
        await admin.execute(f'CREATE DATABASE "{name}"')
        yield urlsplit(postgres_server)._replace(path=f"/{name}").geturl()
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        await admin.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that does not exist yet."""
    return f"sqlite://{tmp_path / 'offer.sqlite3'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def starter_file(tmp_path_factory: pytest.TempPathFactory, places_file: Path) -> Path:
    """A SQLite file with the starter catalogue in it, filled once by the command itself."""
    folder = tmp_path_factory.mktemp("starter")
    (folder / "places.bin").symlink_to(places_file)
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "offer.cli", "ready"]
    subprocess.run(command, env={**kept, "DATA_DIR": str(folder)}, cwd=ROOT, check=True, capture_output=True)
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
