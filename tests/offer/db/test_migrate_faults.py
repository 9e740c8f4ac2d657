"""A step that fails changes nothing, says so in one line, and leaves a copy from before."""

import sqlite3
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from offer.db.connections import APPS, SQLITE, orm
from offer.db.errors import MigrationFailed
from offer.db.migrate import migrate
from offer.db.shape import shape_of
from offer.db.sqlite_file import path_of
from tests.offer.db.filled import AT, fill, rows

STEP = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [{operations}]
"""


@pytest.fixture
def one_more_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that gives the apps with one further step of the operations written in it."""

    def apps(operations: str) -> dict[str, dict[str, Any]]:
        name = f"steps_{uuid4().hex}"
        package = tmp_path / name
        package.mkdir()
        start = "from offer.db import migrations as real\n\n__path__ = [*real.__path__, *__path__]\n"
        (package / "__init__.py").write_text(start)
        (package / "d9001_more.py").write_text(STEP.format(operations=operations))
        monkeypatch.syspath_prepend(tmp_path)
        return {label: {**app, "migrations": name} for label, app in APPS.items()}

    return apps


async def filled(url: str) -> Any:
    await migrate(url, at=AT)
    async with orm(url) as connection:
        await fill(connection)
        return await rows(connection), await shape_of(connection)


async def test_a_step_that_breaks_halfway_changes_nothing(
    empty_database_url: str, one_more_step: Any
) -> None:
    before = await filled(empty_database_url)
    apps = one_more_step(
        'ops.AlterField("Document", "slug", fields.CharField(max_length=120)), ops.RunSQL("NOT A QUERY")'
    )
    with pytest.raises(
        MigrationFailed, match=r"step catalogue\.d9001_more could not be run, and changed nothing"
    ):
        await migrate(empty_database_url, at=AT, apps=apps)
    async with orm(empty_database_url) as connection:
        assert (await rows(connection), await shape_of(connection)) == before
    assert (await migrate(empty_database_url, at=AT)).steps == ()


async def test_a_step_that_would_leave_orphans_is_refused(empty_sqlite_url: str, one_more_step: Any) -> None:
    before = await filled(empty_sqlite_url)
    apps = one_more_step('ops.RunSQL("DELETE FROM document")')
    with pytest.raises(MigrationFailed, match="would point at rows that are gone") as refused:
        await migrate(empty_sqlite_url, at=AT, apps=apps)
    assert "as it was before: " in refused.value.cure
    async with orm(empty_sqlite_url) as connection:
        assert (await rows(connection), await shape_of(connection)) == before


async def test_tables_that_do_not_match_the_models_are_refused(
    empty_database_url: str, one_more_step: Any
) -> None:
    await filled(empty_database_url)
    apps = one_more_step('ops.AddField("Document", "extra", fields.CharField(max_length=9, null=True))')
    with pytest.raises(MigrationFailed, match=r"column document\.extra should be absent"):
        await migrate(empty_database_url, at=AT, apps=apps)


async def test_the_copy_holds_every_row_from_before(empty_sqlite_url: str, one_more_step: Any) -> None:
    before, _ = await filled(empty_sqlite_url)
    done = await migrate(empty_sqlite_url, at=AT, apps=one_more_step('ops.RunSQL("DELETE FROM review_item")'))
    assert done.copy is not None
    assert done.copy.parent == path_of(empty_sqlite_url).parent
    async with orm(f"sqlite://{done.copy}") as connection:
        assert await rows(connection) == before


async def test_a_file_in_use_is_refused_in_one_line(
    empty_sqlite_url: str, one_more_step: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(empty_sqlite_url)
    monkeypatch.setitem(SQLITE, "busy_timeout", 50)
    other = sqlite3.connect(path_of(empty_sqlite_url))
    try:
        other.execute("SELECT count(*) FROM document").fetchone()
        with pytest.raises(Exception, match="cannot be used: database is locked") as refused:
            await migrate(
                empty_sqlite_url, at=AT, apps=one_more_step('ops.RunSQL("DELETE FROM review_item")')
            )
        assert str(refused.value).endswith("Another process is using it: stop that one and try again.")
    finally:
        other.close()


async def test_a_lost_index_is_said_even_when_there_is_no_step(empty_database_url: str) -> None:
    await migrate(empty_database_url, at=AT)
    async with orm(empty_database_url) as connection:
        shape = await shape_of(connection)
        (index,) = [index for index in shape["review_item"].indexes if not index.unique]
        await connection.execute_query(f'DROP INDEX "{index.name}"')
    with pytest.raises(MigrationFailed, match="Table review_item has lost the index on state"):
        await migrate(empty_database_url, at=AT)


async def test_a_database_in_memory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MigrationFailed, match="in memory"):
        await migrate("sqlite://:memory:", at=AT)
