"""A service on a database of its own, handed its catalogue: to build that for each test takes seconds."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.db.connections import orm
from offer.published import Published
from offer.settings import Settings


@pytest.fixture
def data_dir(tmp_path: Path, places_file: Path, starter_file: Path) -> Path:
    """As `make run` leaves it, for one test to change."""
    (tmp_path / "places.bin").symlink_to(places_file)
    shutil.copy(starter_file, tmp_path)
    return tmp_path


@pytest.fixture
async def running(data_dir: Path, published: Published) -> AsyncIterator[Starlette]:
    settings = Settings(data_dir=data_dir, port=9)
    app = create_app(settings)
    app.state.live.edition = published
    async with orm(settings.database, everywhere=True) as connection:
        app.state.live.connection = connection
        yield app
