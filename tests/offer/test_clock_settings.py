"""The civil date, and settings from the environment."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from offer import clock
from offer.settings import Settings


def test_the_day_is_the_civil_day_in_england(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 31, 23, 30, tzinfo=UTC))
    assert clock.today() == date(2026, 4, 1)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert clock.today() == date(2026, 12, 31)


def test_settings_come_from_the_environment_and_never_change(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings = Settings()
    assert settings.port == 8123
    assert settings.database == f"sqlite://{tmp_path / 'offer.sqlite3'}"
    assert settings.places_file == tmp_path / "places.bin"
    with pytest.raises(ValidationError):
        settings.port = 1
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@db.test/offer")
    assert Settings().database == "postgres://u:p@db.test/offer"


def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    with pytest.raises(ValidationError):
        Settings()
