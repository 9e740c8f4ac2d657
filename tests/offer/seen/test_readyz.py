"""/readyz in the whole application, with a real database in every state it may be in."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
from starlette.applications import Starlette

from offer.app import create_app
from offer.clock import now
from offer.seen.standing import look
from offer.settings import Settings
from tests.offer.api.conftest import client_of

LATER = "INSERT INTO tortoise_migrations (app, name, applied_at) VALUES ('catalogue', '0999_x', '2026-01-01')"


@asynccontextmanager
async def running(data_dir: Path) -> AsyncIterator[tuple[Starlette, httpx2.AsyncClient]]:
    app = create_app(Settings(data_dir=data_dir))
    async with app.router.lifespan_context(app), client_of(app) as client:
        yield app, client


async def said(client: httpx2.AsyncClient, query: str = "") -> tuple[int, list[str]]:
    reply = await client.get(f"/readyz{query}")
    assert reply.headers["cache-control"] == "no-store"
    return reply.status_code, [each["code"] for each in reply.json()["troubles"]]


def in_the_database(data_dir: Path, sql: str) -> None:
    with sqlite3.connect(data_dir / "offer.sqlite3", timeout=30) as database:
        database.execute(sql)
    database.close()


async def test_well_then_changed_by_a_newer_version_then_told_to_stop(data_dir: Path) -> None:
    async with running(data_dir) as (app, client):
        assert await said(client) == await said(client, "?all") == (200, [])
        in_the_database(data_dir, LATER)
        live = app.state.live
        await look(live.standing, live.database, now())
        assert await said(client) == (200, ["migrations_newer"]), "an upgrade goes on beside us"
        assert await said(client, "?all") == (503, ["migrations_newer"])
        live.standing.stopping = True
        assert (await said(client))[0] == 503
    async with running(data_dir) as (_, client):
        assert await said(client) == (503, ["migrations_ahead"]), "an older version that was started after"


async def test_a_database_that_was_not_brought_up(data_dir: Path) -> None:
    in_the_database(data_dir, "DELETE FROM tortoise_migrations WHERE name = '0008_changes'")
    async with running(data_dir) as (_, client):
        reply = (await client.get("/readyz")).json()
    assert reply["ready"] is False
    assert reply["troubles"][0]["code"] == "migrations_behind"
    assert "local-offer migrate" in reply["troubles"][0]["mend"]


async def test_a_change_that_missed_its_hour_is_told(data_dir: Path) -> None:
    async with running(data_dir) as (app, client):
        live = app.state.live
        live.standing.overdue = 3600.0
        assert await said(client) == (200, ["publishing_overdue"])
        text = (await client.get("/metrics")).text
    assert 'local_offer_trouble{code="publishing_overdue"} 1.0' in text
    assert "local_offer_ready 1.0" in text
