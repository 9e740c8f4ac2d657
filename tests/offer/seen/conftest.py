"""The application with the starter catalogue in memory, and a database for one test to change."""

import shutil
from pathlib import Path

import pytest

from tests.offer.api.conftest import api, application

__all__ = ["api", "application"]


@pytest.fixture
def data_dir(tmp_path: Path, places_file: Path, starter_file: Path) -> Path:
    """As `make run` leaves it."""
    (tmp_path / "places.bin").symlink_to(places_file)
    shutil.copy(starter_file, tmp_path)
    return tmp_path
