"""A database moved from one engine to the other and back: every row the same, nothing half done."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from offer.backup import backup, restore
from offer.catalogue.revisions import Stamp, save
from offer.db.connections import orm
from offer.db.errors import Refused
from offer.db.migrate import migrate
from offer.db.moving import move
from offer.db.rows import pages, tables
from offer.db.shape import RECORDS, shape_of
from offer.staff.audit import standing
from tests.offer.db.filled import fill, sample

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
SEEDS = ("catalogue_version", "geocoder_turn")
pytestmark = pytest.mark.postgres


async def rows(url: str) -> dict[str, Any]:
    async with orm(url) as connection:
        return {name: table async for name, table in _rows(connection)}


async def _rows(connection: Any) -> Any:
    for table in tables():
        yield table.name, [row async for page in pages(connection, table) for row in page]


async def filled(url: str) -> None:
    await migrate(url, at=AT)
    async with orm(url) as connection:
        await fill(connection)


async def test_every_table_is_moved(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        assert {table.name for table in tables()} == set(await shape_of(connection)) - {RECORDS}


async def test_there_and_back_again_nothing_is_lost(tmp_path: Path, postgres_url: str) -> None:
    first, last = f"sqlite://{tmp_path / 'first.sqlite3'}", f"sqlite://{tmp_path / 'last.sqlite3'}"
    await filled(first)
    told: list[tuple[int, int]] = []
    moved = await move(
        first, postgres_url, at=AT, progress=lambda done, total, what: told.append((done, total))
    )
    assert told[-1][0] == told[-1][1] == 2 * sum(moved.values())
    await move(postgres_url, last, at=AT, progress=lambda *_: None)
    before = await rows(first)
    assert all(before[name] for name in before), "every table has rows to lose"
    assert before == await rows(postgres_url) == await rows(last)


async def test_what_is_moved_can_be_worked_on(tmp_path: Path, postgres_url: str) -> None:
    first = f"sqlite://{tmp_path / 'first.sqlite3'}"
    await filled(first)
    await move(first, postgres_url, at=AT, progress=lambda *_: None)
    async with orm(postgres_url) as connection:
        document = sample(9)[8]
        await save(document.kind, document.document, Stamp("anna", AT))  # numbers go on after the last
        found = await standing(connection)
        assert (found.broken, found.guarded) == (None, True)


async def test_a_database_in_use_is_left_alone(tmp_path: Path, postgres_url: str) -> None:
    first = f"sqlite://{tmp_path / 'first.sqlite3'}"
    await filled(first)
    await filled(postgres_url)
    before = await rows(postgres_url)
    with pytest.raises(Refused, match="is in use"):
        await move(first, postgres_url, at=AT, progress=lambda *_: None)
    assert await rows(postgres_url) == before


async def test_a_copy_of_postgresql_goes_into_either_engine(tmp_path: Path, postgres_url: str) -> None:
    file, other = tmp_path / "copy.sqlite3", f"sqlite://{tmp_path / 'other.sqlite3'}"
    await filled(postgres_url)
    before = await rows(postgres_url)
    assert await backup(postgres_url, file, AT, lambda *_: None) == file
    assert await restore(other, file, AT, lambda *_: None) is None
    assert await rows(other) == before
    with pytest.raises(Refused, match="is in use"):
        await restore(postgres_url, file, AT, lambda *_: None)
    await emptied(postgres_url)
    await restore(postgres_url, file, AT, lambda *_: None)
    assert await rows(postgres_url) == before


async def emptied(url: str) -> None:
    async with orm(url) as connection:
        await connection.execute_script("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


async def test_two_of_one_kind_are_copied_otherwise(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="backup and restore"):
        await move(
            f"sqlite://{tmp_path / 'a'}", f"sqlite://{tmp_path / 'b'}", at=AT, progress=lambda *_: None
        )


async def test_what_ends_half_way_leaves_the_target_empty(tmp_path: Path, postgres_url: str) -> None:
    first = f"sqlite://{tmp_path / 'first.sqlite3'}"
    await filled(first)

    def stop(done: int, total: int, what: str) -> None:
        if done > total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await move(first, postgres_url, at=AT, progress=stop)
    assert not any(table for name, table in (await rows(postgres_url)).items() if name not in SEEDS)
    await move(first, postgres_url, at=AT, progress=lambda *_: None)
