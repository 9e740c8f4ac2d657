"""What every test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of facts and cases that stands beside the project; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: this test reads the facts and cases provided with the project")
    return SHARED


def in_ci() -> bool:
    """Whether this run is the project's own CI, which allows no skipped browser or database test."""
    return os.environ.get("CI") == "true"
