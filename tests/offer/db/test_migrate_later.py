"""A filled database goes through two invented later steps and loses nothing; the raw command loses rows.

The steps widen a column of a parent table and drop an index. On SQLite that
rebuilds tables, which under Tortoise's own command empties every table that
points at them and forgets indexes and unique sets, with the word "OK".
"""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError

from offer.db.connections import APPS, orm
from offer.db.errors import MigrationFailed
from offer.db.migrate import migrate
from offer.db.shape import differences, shape_of, shape_of_models
from tests.offer.db.filled import AT, fill, rows

LATER = {
    label: {
        "models": [
            "tests.offer.db.later_models",
            "offer.db.visit_models",
            "offer.db.staff_models",
            "offer.db.change_models",
        ],
        "migrations": "tests.offer.db.later",
    }
    for label in APPS
}
NEW_STEPS = ("catalogue.d9001_widen", "catalogue.d9002_drop_index")
CHILDREN = ("revision", "review_item", "published_revision")


@pytest.fixture
async def filled_url(empty_database_url: str) -> str:
    """A filled database at the newest real step."""
    await migrate(empty_database_url, at=AT)
    async with orm(empty_database_url) as connection:
        await fill(connection)
    return empty_database_url


async def read_rows(url: str) -> dict[str, list[dict[str, Any]]]:
    async with orm(url) as connection:
        return await rows(connection)


async def test_every_row_index_and_unique_set_is_kept(filled_url: str) -> None:
    before = await read_rows(filled_url)
    assert all(before[table] for table in before), "the test needs rows in every table"
    assert (await migrate(filled_url, at=AT, apps=LATER)).steps == NEW_STEPS
    assert await read_rows(filled_url) == before
    async with orm(filled_url, apps=LATER) as connection:
        wanted, found = await shape_of_models(connection), await shape_of(connection)
        assert not differences(wanted, found)
        assert {name: table.indexes for name, table in found.items()} == {
            name: table.indexes for name, table in wanted.items()
        }
        assert found["document"].columns["slug"].type.endswith("(120)")


async def test_duplicates_and_orphans_are_still_refused(filled_url: str) -> None:
    await migrate(filled_url, at=AT, apps=LATER)
    duplicate = (
        "INSERT INTO document (kind, slug, newest, newest_digest) "
        "SELECT kind, slug, 1, '' FROM document LIMIT 1"
    )
    orphan = (
        "INSERT INTO review_item (document_id, body, digest, file, at, state) "
        "VALUES (987654, '', '', '', CURRENT_TIMESTAMP, 'open')"
    )
    async with orm(filled_url, apps=LATER) as connection:
        for refused in (duplicate, orphan):
            with pytest.raises(IntegrityError):
                await connection.execute_query(refused)


async def test_a_second_run_finds_nothing_to_do(filled_url: str) -> None:
    await migrate(filled_url, at=AT, apps=LATER)
    assert (await migrate(filled_url, at=AT, apps=LATER)).steps == ()


async def test_an_empty_database_goes_all_the_way(empty_database_url: str) -> None:
    done = await migrate(empty_database_url, at=AT, apps=LATER)
    assert done.steps[-2:] == NEW_STEPS
    assert done.copy is None


async def test_the_database_of_a_newer_version_is_refused(filled_url: str) -> None:
    await migrate(filled_url, at=AT, apps=LATER)
    with pytest.raises(MigrationFailed, match="migrated by a newer version"):
        await migrate(filled_url, at=AT)


async def test_the_raw_command_empties_the_children_on_sqlite(empty_sqlite_url: str, tmp_path: Path) -> None:
    """Why `local-offer migrate` exists. Should this fail after an upgrade of Tortoise, the trap is gone."""
    await migrate(empty_sqlite_url, at=AT)
    async with orm(empty_sqlite_url) as connection:
        await fill(connection)
    before = await read_rows(empty_sqlite_url)
    assert all(before[table] for table in CHILDREN)
    steps = run_raw_command(empty_sqlite_url.removeprefix("sqlite://"), tmp_path, "d9001_widen")
    assert steps.returncode == 0, steps.stderr
    file = sqlite3.connect(empty_sqlite_url.removeprefix("sqlite://"))
    try:
        left = {t: file.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("document", *CHILDREN)}
        indexes = file.execute(
            "SELECT count(*) FROM sqlite_master WHERE tbl_name = 'document' AND type = 'index'"
        )
        assert indexes.fetchone()[0] == 0, "the unique set of kind and slug is gone too"
    finally:
        file.close()
    assert left["document"] == len(before["document"])
    assert [left[table] for table in CHILDREN] == [0, 0, 0]


def run_raw_command(file: str, folder: Path, step: str) -> subprocess.CompletedProcess[str]:
    """`tortoise migrate`, with the engine and settings Tortoise itself would use."""
    config = {
        "connections": {
            "default": {"engine": "tortoise.backends.sqlite", "credentials": {"file_path": file}},
        },
        "apps": {label: {**app, "default_connection": "default"} for label, app in LATER.items()},
    }
    settings = folder / "tortoise.json"
    settings.write_text(json.dumps(config))
    command = [sys.executable, "-m", "tortoise", "--config-file", str(settings), "migrate", "catalogue", step]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
