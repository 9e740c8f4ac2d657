"""The open forms as a fetcher meets them: the whole application with a history, no database."""

from collections.abc import AsyncIterator
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

FIRST = Changed(1, datetime(2026, 11, 1, 9, tzinfo=UTC), "Starter catalogue")
SECOND = Changed(2, datetime(2026, 11, 20, 9, 30, tzinfo=UTC), "Put right")
CHANGED = ("entitlement", "pathway-plan")


@pytest.fixture(scope="session")
def with_history(published: Published) -> Published:
    """Everything published on 1 November, one entry again on the 20th."""
    keys = [("entitlement", slug) for slug in published.entries]
    keys += [("service", slug) for slug in published.services]
    return replace(published, history=dict.fromkeys(keys, (FIRST,)) | {CHANGED: (SECOND, FIRST)})


@pytest.fixture
def application(with_history: Published, tmp_path: Path) -> Starlette:
    """An application that was handed its catalogue; its lifespan does not run."""
    app = create_app(Settings(data_dir=tmp_path, public_url="https://offers.example"))
    app.state.live.edition = with_history
    return app


@pytest.fixture
async def client(application: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    """A fetcher that does not follow redirects. A fault of ours raises here."""
    transport = httpx2.ASGITransport(app=application)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as fetcher:
        yield fetcher
