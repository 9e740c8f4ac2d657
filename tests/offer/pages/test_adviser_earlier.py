"""What we said on an earlier day: from the list as it was published then, out of the database."""

import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.catalogue.commands import set_up
from offer.catalogue.documents import ENTITLEMENT
from offer.catalogue.findings import findings
from offer.catalogue.publishing import publish
from offer.catalogue.revisions import Stamp, save
from offer.clock import now, today
from offer.languages.dates import said_day
from offer.published import Published
from offer.settings import Settings
from tests.offer.pages.test_adviser import PERSON

RECORDS = "access-to-care-records"
FIRST = now() - timedelta(days=200)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, places_file: Path) -> Path:
    folder = tmp_path_factory.mktemp("earlier")
    (folder / "places.bin").symlink_to(places_file)
    return folder


@pytest.fixture
async def since_then(folder: Path, published: Published) -> AsyncIterator[Starlette]:
    """A list published 200 days ago; today one entry of it waits for law that is still to come."""
    settings = Settings(data_dir=folder)
    await set_up(settings.database, at=FIRST)
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        live = app.state.live
        if live.version == 1:
            later = published.entries[RECORDS].model_copy(update={"strength": "future_or_check"})
            await save(ENTITLEMENT, later, Stamp("anna", now(), state="ready"))
            await publish(at=now(), author="anna", note="why", findings=findings)
            await live.watch.look()
        assert live.version == 2
        yield app


async def said_on(app: Starlette, day: date) -> str:
    transport = httpx2.ASGITransport(app=app)
    boxes = {"said-day": str(day.day), "said-month": str(day.month), "said-year": str(day.year)}
    async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as client:
        reply = await client.post("/adviser", data=PERSON | boxes)
    assert reply.status_code == 200
    start = reply.text.index('id="earlier"')
    part = reply.text[start : reply.text.index("</section>", start)]
    return unescape(re.sub(r"<[^>]+>|\s+", " ", part))


async def test_which_list_it_was_and_what_differs_from_todays(since_then: Starlette) -> None:
    day = today() - timedelta(days=100)
    words = await said_on(since_then, day)
    assert f"On {said_day(day)} our list was version 1, published on {said_day(FIRST.date())}." in words
    assert "Today it is version 2." in words
    assert "Yes then, not today" in words
    lost = words[words.index("Yes then, not today") :]
    assert "See your care records" in lost
    assert "Our list changed." in lost
    assert len(since_then.state.live.earlier) == 1


async def test_before_the_first_list_there_was_none(since_then: Starlette) -> None:
    day = today() - timedelta(days=300)
    assert f"We hold no list of {said_day(day)}" in await said_on(since_then, day)
    assert "We hold no list of 1 January 1900" in await said_on(since_then, date(1900, 1, 1))


async def test_while_the_database_is_away_the_rest_still_answers(
    since_then: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("offer.catalogue.earlier.published_on", away)
    words = await said_on(since_then, today() - timedelta(days=100))
    assert "We cannot look at earlier lists just now." in words
    assert "disk" not in words
