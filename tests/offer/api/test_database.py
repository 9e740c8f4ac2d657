"""With a real database behind it: nothing public asks it, and it may be away."""

import sqlite3
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from tortoise.backends.sqlite.client import SqliteClient

from offer.api import OPERATIONS
from offer.app import create_app
from offer.catalogue import commands
from offer.clock import now, today
from offer.settings import Settings
from tests.offer.api.conftest import client_of
from tests.offer.api.test_open_doors import call

SLUG = "setting-up-home-allowance"
QUERIES = ("execute_query", "execute_query_dict", "execute_insert", "execute_many", "execute_script")
ASKING: ContextVar[bool] = ContextVar("asking", default=False)  # in a task that a request runs in


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every question that requests ask the database from now on.

    What runs beside them (the watch over the catalogue, what is due on its hour) began before `ASKING`.
    """
    found: list[str] = []

    def counting(name: str) -> Any:
        real = getattr(SqliteClient, name)

        async def counted(self: SqliteClient, query: str, *rest: Any, **more: Any) -> Any:
            if ASKING.get():
                found.append(query)
            return await real(self, query, *rest, **more)

        return counted

    for name in QUERIES:
        monkeypatch.setattr(SqliteClient, name, counting(name))
    yield found


async def test_no_public_call_asks_the_database_anything(running: Starlette, asked: list[str]) -> None:
    ASKING.set(True)
    async with client_of(running) as client:
        for operation in OPERATIONS:
            assert (await call(client, operation)).status_code == 200
        for path in ("/openapi.json", "/healthz", "/readyz", "/metrics"):
            assert (await client.get(path)).status_code == 200
        assert asked == []
        today_ = today().isoformat()
        await client.get(f"/api/v1/entitlements/{SLUG}", params={"as_published_on": today_})
        assert asked, "the counting works"


FACTS = {"age": "19", "place": "NG34 7EF", "council": "Lincolnshire", "care_when": "left_at_18"}


async def test_no_public_page_asks_the_database_anything(running: Starlette, asked: list[str]) -> None:
    ASKING.set(True)
    shown = [
        "/", "/search", "/search?q=furniture", "/topics", "/topics/money", "/council-tax",
        "/council-tax/E07000139", "/help-nearby", "/help-now", "/about", "/privacy", "/words", "/docs",
        "/what-changed", "/what-changed/E10000019", "/you-said",
        "/what-happens-when", f"/entitlements/{SLUG}", "/services/hub-connect-stanley", "/nothing-here",
    ]  # fmt: skip
    async with client_of(running) as client:
        for path in shown:
            assert (await client.get(path)).status_code == (404 if path == "/nothing-here" else 200), path
        for path, form in (
            ("/results", FACTS),
            ("/help-nearby", {"place": "DH1 5UL"}),
            ("/search", {"q": "rent"}),
        ):
            assert (await client.post(path, data=form)).status_code in (200, 303), path
    assert asked == []


async def test_ready_says_which_edition_how_old_and_how_far_behind(running: Starlette) -> None:
    async with client_of(running) as client:
        body = (await client.get("/readyz")).json()
        text = (await client.get("/metrics")).text
    assert body["ready"] is True
    assert body["catalogue_version"] == 1
    assert body["catalogue"]["version"] == 1
    assert body["catalogue"]["age_seconds"] >= 0
    assert body["database"]["reachable"] is True
    assert body["database"]["lag_seconds"] <= 60
    assert "local_offer_catalogue_version 1" in text
    assert "local_offer_database_reachable 1" in text


async def test_history_names_the_publication_that_showed_an_entry(running: Starlette) -> None:
    async with client_of(running) as client:
        for path in (f"entitlements/{SLUG}", "services/hub-connect-stanley"):
            (first,) = (await client.get(f"/api/v1/{path}")).json()["history"]
            assert first["version"] == 1
            assert first["at"].startswith(now().date().isoformat())


async def test_an_entry_as_the_public_saw_it_on_a_day(running: Starlette) -> None:
    async with client_of(running) as client:

        async def on(day: date, slug: str = SLUG) -> httpx2.Response:
            return await client.get(
                f"/api/v1/entitlements/{slug}", params={"as_published_on": day.isoformat()}
            )

        reply = await on(today())
        assert reply.status_code == 200
        assert reply.json()["published_as_of"] == today().isoformat()
        assert reply.json()["sources"] == (await client.get(f"/api/v1/entitlements/{SLUG}")).json()["sources"]
        before = await on(today() - timedelta(days=2))
        assert before.status_code == 404
        assert "published" in before.json()["detail"]
        assert (await on(today(), "no-such-entry")).status_code == 404


async def test_while_the_database_is_away_only_the_past_is(
    running: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    for name in QUERIES:
        monkeypatch.setattr(SqliteClient, name, away)
    async with client_of(running) as client:
        for operation in OPERATIONS:
            assert (await call(client, operation)).status_code == 200
        past = await client.get(
            f"/api/v1/entitlements/{SLUG}", params={"as_published_on": today().isoformat()}
        )
        assert past.status_code == 503
        assert past.headers["content-type"] == "application/problem+json"
        assert "disk" not in past.text
        assert (await client.get("/readyz")).status_code == 200


async def test_a_country_s_index_is_built_after_the_catalogue_is_served(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.finder.MANY", 10)
    settings = Settings(data_dir=data_dir)
    await commands.set_up(settings.database, at=now())
    app = create_app(settings)
    async with app.router.lifespan_context(app), client_of(app) as client:
        assert app.state.live.warming is not None
        await app.state.live.warming
        reply = await client.get("/api/v1/search", params={"q": "cooker"})
        assert reply.json()["results"]
