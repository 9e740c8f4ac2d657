"""What the tests of faults share: both engines, and a house with something in every table."""

import asyncio
import shutil
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest

from offer.catalogue.publishing import publish
from offer.clock import now
from offer.db.connections import orm
from offer.db.migrate import migrate
from tests.faults.house import House, dropped
from tests.faults.killing import Forge, forge
from tests.offer.conftest import (
    empty_database_url,
    empty_postgres_url,
    empty_sqlite_url,
    postgres_server,
    starter_file,
)
from tests.offer.db.filled import AT, fill
from tests.strength import MANY

__all__ = ["empty_database_url", "empty_postgres_url", "empty_sqlite_url", "postgres_server", "starter_file"]
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


def _run(work: Coroutine[Any, Any, None]) -> None:
    with ThreadPoolExecutor(1) as elsewhere:  # this thread's event loop is the tests' own
        elsewhere.submit(asyncio.run, work).result()


@pytest.fixture(scope="session")
def forged() -> Iterator[Forge]:
    """What starts the processes that are killed."""
    with forge() as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path, places_file: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A data folder with the postcodes; its database, a SQLite file, is not made yet."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    data = tmp_path / "data"
    data.mkdir()
    (data / "places.bin").symlink_to(places_file)
    return House(data, tmp_path / "kept", f"sqlite://{data / 'offer.sqlite3'}")


@pytest.fixture(params=["sqlite", *([POSTGRES] if MANY else [])])
def house(request: pytest.FixtureRequest, folder: House) -> Iterator[House]:
    """The same with an empty database: of each engine in `make strength`, else a SQLite file."""
    yield from _of_engine(request, folder)


@pytest.fixture(params=["sqlite", POSTGRES])
def either_house(request: pytest.FixtureRequest, folder: House) -> Iterator[House]:
    """The same, always once of each engine."""
    yield from _of_engine(request, folder)


def _of_engine(request: pytest.FixtureRequest, folder: House) -> Iterator[House]:
    if request.param == "sqlite":
        yield folder
        return
    made = replace(folder, url=request.getfixturevalue("empty_postgres_url"))
    yield made
    _run(dropped(made))


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with rows in every table, made once."""
    file = tmp_path_factory.mktemp("filled") / "offer.sqlite3"
    _run(_filled(f"sqlite://{file}"))
    return file


async def _filled(url: str) -> None:
    await migrate(url, at=AT)
    async with orm(url) as connection:
        await fill(connection)
        await publish(at=now(), author="anna")


@pytest.fixture
def lived_in(house: House, filled_file: Path) -> House:
    """A house with rows in every table, and what stands in the files published."""
    return _lived_in(house, filled_file)


@pytest.fixture
def either_lived_in(either_house: House, filled_file: Path) -> House:
    """The same, always once of each engine."""
    return _lived_in(either_house, filled_file)


def _lived_in(house: House, filled_file: Path) -> House:
    if house.engine == "SQLite":
        shutil.copy(filled_file, house.file)
    else:
        _run(_filled(house.url))
    return house


@pytest.fixture
def spare_postgres(postgres_server: str) -> Iterator[str]:
    """A second empty PostgreSQL database, dropped after the test."""
    name = f"spare_{uuid4().hex}"

    async def tell(statement: str) -> None:
        admin = await asyncpg.connect(postgres_server)
        await admin.execute(statement)
        await admin.close()

    _run(tell(f'CREATE DATABASE "{name}"'))
    yield urlsplit(postgres_server)._replace(path=f"/{name}").geturl()
    _run(tell(f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
def data(tmp_path: Path, places_file: Path, starter_file: Path) -> Path:
    """A data folder with the starter catalogue published in it, as `make run` leaves it."""
    made = tmp_path / "served"
    made.mkdir()
    (made / "places.bin").symlink_to(places_file)
    shutil.copy(starter_file, made)
    return made
