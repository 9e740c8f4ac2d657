"""No test here fails because the machine is busy."""

import pytest


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that answers late is not one that is away, unless the test says so."""
    monkeypatch.setattr("offer.geocoding.lookup.DATABASE_SECONDS", 60.0)
    monkeypatch.setattr("offer.geocoding.opening.DATABASE_SECONDS", 60.0)
