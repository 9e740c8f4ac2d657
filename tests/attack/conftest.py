"""The service as it is attacked: whole, on a database with the starter catalogue, and with staff in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from offer.staff.tries import StaffTries
from tests.offer.conftest import data_dir, starter_file
from tests.offer.staff.conftest import running, signed_in, stranger
from tests.visiting import Served, served

__all__ = ["data_dir", "running", "signed_in", "starter_file", "stranger"]


@pytest.fixture(autouse=True)
def _said(request: pytest.FixtureRequest) -> None:
    """What people said was read: nothing yet."""
    if "running" in request.fixturenames:
        request.getfixturevalue("running").state.live.you_said = ()


@pytest.fixture(scope="module")
def process(data_dir: Path) -> Iterator[Served]:
    """A real process, for what only a real wire shows."""
    with served(data_dir) as found:
        yield found


NOT_SLOW = StaffTries(slow=0)
