"""The feed under a replay of the official check: on the starter data and on 500 invented services."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from directory.places import Places
from offer.app import create_app
from offer.published import Published, build_published
from offer.settings import Settings
from tests.directory.openreferral.invented import records
from tests.offer.api.live import listening

FIND_YOURSELF = ("Text", "Age", "Time", "Taxonomy", "Postcode")


@pytest.fixture(scope="session")
def tool(shared: Path) -> Path:
    """The check itself; skips where it is absent."""
    return shared / "tools" / "oruk_check.py"


@pytest.fixture(scope="module")
def invented(places: Places) -> Published:
    """500 invented services and no entitlement."""
    moment = datetime(2026, 11, 1, 12, tzinfo=UTC)
    return build_published([], records(500, places), places, 1, moment, today=date(2026, 11, 22))


def check(tool: Path, edition: Published, folder: Path) -> tuple[int, str]:
    """The exit code and what the check says."""
    app = create_app(Settings(data_dir=folder))
    app.state.live.edition = edition
    with listening(app) as address:
        command = [sys.executable, str(tool), "--strict", f"{address}/openreferral"]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
    return done.returncode, done.stdout + done.stderr


def all_well(code: int, said: str) -> None:
    assert code == 0, said
    assert "errors=0 warnings=0 (strict)" in said
    for name in FIND_YOURSELF:
        assert any(line.split()[:2] == ["ok", name] for line in said.splitlines()), said


def test_the_starter_data_pass(tool: Path, published: Published, tmp_path: Path) -> None:
    assert len(published.open_referral.services) > 100  # three pages
    all_well(*check(tool, published, tmp_path))


def test_five_hundred_invented_services_pass(tool: Path, invented: Published, tmp_path: Path) -> None:
    assert len(invented.open_referral.services) == 490  # the drafts are not among them
    all_well(*check(tool, invented, tmp_path))


@pytest.mark.parametrize("field", ["id", "name", "status"])
def test_a_required_field_that_is_missing_fails(
    tool: Path, published: Published, tmp_path: Path, field: str
) -> None:
    edition = replace(published)
    feed = edition.open_referral
    whole = feed.service

    def lacking(id_: str) -> dict[str, object] | None:
        record = whole(id_)
        return record and {name: value for name, value in record.items() if name != field}

    feed.service = lacking  # type: ignore[method-assign]
    code, said = check(tool, edition, tmp_path)
    assert code == 1 and field in said
