"""From nothing to the newest tables, on both engines."""

import asyncio
from datetime import UTC, datetime

import pytest

from offer.db.connections import orm
from offer.db.migrate import migrate
from offer.db.models import CatalogueVersion
from offer.db.shape import differences, shape_of, shape_of_models

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


async def test_an_empty_database_gets_the_tables_of_the_models(empty_database_url: str) -> None:
    said: list[str] = []
    done = await migrate(empty_database_url, at=AT, progress=said.append)
    assert done.steps[0] == "catalogue.0001_initial"
    assert said == [f"ran {step}" for step in done.steps]
    async with orm(empty_database_url) as connection:
        wanted, found = await shape_of_models(connection), await shape_of(connection)
        assert not differences(wanted, found)
        assert {name: table.indexes for name, table in found.items()} == {
            name: table.indexes for name, table in wanted.items()
        }
        assert [row.number for row in await CatalogueVersion.all()] == [0]


@pytest.mark.postgres
async def test_several_that_start_at_once_migrate_once(empty_postgres_url: str) -> None:
    done = await asyncio.gather(*(migrate(empty_postgres_url, at=AT) for _ in range(4)))
    steps = [step for one in done for step in one.steps]
    assert len(steps) == len(set(steps)) >= 2, "each step was run, by one of them alone"
    async with orm(empty_postgres_url):
        assert await CatalogueVersion.all().count() == 1


@pytest.mark.postgres
async def test_tables_of_others_are_left_alone(empty_postgres_url: str) -> None:
    async with orm(empty_postgres_url) as connection:
        await connection.execute_query("CREATE TABLE of_another_service (id int)")
    await migrate(empty_postgres_url, at=AT)
    async with orm(empty_postgres_url) as connection:
        assert "of_another_service" in await shape_of(connection)


async def test_a_second_migrate_does_nothing(empty_database_url: str) -> None:
    await migrate(empty_database_url, at=AT)
    assert (await migrate(empty_database_url, at=AT)).steps == ()
