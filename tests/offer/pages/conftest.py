"""The pages as a browser meets them: the whole application, the starter catalogue in memory, no database."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.published import Published
from offer.settings import Settings


@pytest.fixture
def application(published: Published, tmp_path: Path) -> Starlette:
    """An application that was handed its catalogue; its lifespan does not run."""
    app = create_app(Settings(data_dir=tmp_path))
    app.state.live.edition, app.state.live.you_said = published, ()
    return app


@pytest.fixture
async def client(application: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser that does not follow redirects. A fault of ours raises here."""
    transport = httpx2.ASGITransport(app=application)
    async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as browser:
        yield browser
