"""The open forms as a fetcher meets them: the whole application with a history, no database."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.catalogue.history import Changed
from offer.published import Published
from offer.settings import Settings
from offer.what_changed.fields import Part
from offer.what_changed.told import Change, Changes, folded

FIRST = Changed(1, datetime(2026, 11, 1, 9, tzinfo=UTC), "Starter catalogue")
THIRD = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SECOND = Changed(2, datetime(2026, 11, 20, 9, 30, tzinfo=UTC), "Put right")
CHANGED = ("entitlement", "pathway-plan")
DURHAM, BOSTON, ENGLAND = "E06000047", "E07000136", "E92000001"
CHANGES = (
    Change("entitlement", "bus-travel", "Buses", ENGLAND, 1, FIRST.at, "new"),
    Change("entitlement", "durham-driving-lessons", "Lessons", DURHAM, 1, FIRST.at, "new"),
    Change("entitlement", "durham-housing-priority", "Going up the list", DURHAM, 1, FIRST.at, "new"),
    Change("entitlement", "pathway-plan", "Your plan", ENGLAND, 2, SECOND.at, "changed",
           (Part("How much: from “£1” to “£2”"),)),
    Change("entitlement", "council-tax-care-leaver-discount", "Council tax", ENGLAND, 2, SECOND.at, "changed",
           (Part("From 1 April 2027: until you turn 25.", BOSTON), Part("The law: another list."))),
    Change("entitlement", "durham-housing-priority", "Going up the list", DURHAM, 3, THIRD, "checked"),
    Change("entitlement", "durham-driving-lessons", "Lessons", DURHAM, 3, THIRD, "gone"),
)  # fmt: skip


@pytest.fixture(scope="session")
def with_history(published: Published) -> Published:
    """Everything published on 1 November, one entry again on the 20th."""
    keys = [("entitlement", slug) for slug in published.entries]
    keys += [("service", slug) for slug in published.services]
    history = dict.fromkeys(keys, (FIRST,)) | {CHANGED: (SECOND, FIRST)}
    return replace(published, history=history, changes=as_told(CHANGES, since=FIRST.at))


def as_told(found: Iterable[Change], since: datetime) -> Changes:
    """Changes as an edition holds them."""
    held = tuple(sorted(found, key=lambda each: -each.version))
    return Changes(tuple(folded(held)), held, since)


@pytest.fixture
def application(with_history: Published, tmp_path: Path) -> Starlette:
    """An application that was handed its catalogue; its lifespan does not run."""
    app = create_app(Settings(data_dir=tmp_path, public_url="https://offers.example"))
    app.state.live.edition = with_history
    app.state.live.you_said = ()
    return app


@pytest.fixture
async def client(application: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    """A fetcher that does not follow redirects. A fault of ours raises here."""
    transport = httpx2.ASGITransport(app=application)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as fetcher:
        yield fetcher
