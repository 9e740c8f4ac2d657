"""The API as a client meets it: the whole application, the starter catalogue in memory, no database."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.published import Published
from offer.settings import Settings

Person = dict[str, Any]
ON = "2026-11-22"


@pytest.fixture
def application(published: Published, tmp_path: Path) -> Starlette:
    """An application that was handed its catalogue; its lifespan does not run."""
    app = create_app(Settings(data_dir=tmp_path))
    app.state.live.edition = published
    return app


def client_of(app: Starlette) -> httpx2.AsyncClient:
    """A client inside the process. A fault of ours comes back as a 500, as it would to anybody."""
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url="http://offer.test")


@pytest.fixture
async def api(application: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    """A caller of the API."""
    async with client_of(application) as client:
        yield client


@pytest.fixture(scope="session")
def people(shared: Path) -> list[Person]:
    """The invented people of the shared cases."""
    listed: list[Person] = json.loads((shared / "cases" / "personas.json").read_text("utf-8"))["personas"]
    return listed


@pytest.fixture
def from_lincolnshire() -> Callable[..., Person]:
    """Aged 19, in care at 18 after more than 13 weeks, living in Sleaford; changed as told."""

    def facts(**changes: object) -> Person:
        told: Person = {
            "age_years": 19,
            "postcode": "NG34 7EF",
            "responsible_authority": "E10000019",
            "care_when": "left_at_18",
            "care_13_weeks": True,
        }
        return {name: value for name, value in {**told, **changes}.items() if value is not None}

    return facts
