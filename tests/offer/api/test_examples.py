"""The examples of the documentation are what the API really answers."""

import json
from collections.abc import AsyncIterator, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest

from directory.assembled import ServiceView
from directory.places import Places
from directory.records import Record
from offer.api import OPERATIONS
from offer.api.examples import FOLDER, Example, examples, read
from offer.app import create_app
from offer.published import Published, build_published
from offer.settings import Settings
from tests.offer.api.conftest import client_of

ENTRIES = (
    "council-tax-care-leaver-discount",
    "council-tax-north-kesteven",
    "durham-setting-up-home-allowance",
    "lincolnshire-setting-up-home-grant",
    "personal-adviser-21-to-25",
    "personal-adviser-to-21",
    "setting-up-home-allowance",
)
SERVICES = ("hub-connect-stanley", "lincolnshire-leaving-care-service")
MADE_THEN = ("DTSTAMP", "LAST-MODIFIED")  # lines of a calendar that tell when it was made


@pytest.fixture(scope="session")
def small(published: Published, places: Places) -> Published:
    """A handful of entries and services, so that an example can be read."""
    return build_published(
        [entry for slug, entry in published.entries.items() if slug in ENTRIES],
        _with_all_they_name(service for slug, service in published.services.items() if slug in SERVICES),
        places,
        version=1,
        today=date(2026, 11, 22),
    )


def _with_all_they_name(services: Iterable[ServiceView]) -> list[Record]:
    records: list[Record] = []
    for service in services:
        records += [service.record, *service.organisations, *(place.location for place in service.places)]
    return records


@pytest.fixture
async def demonstration(small: Published, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """The application with the small edition."""
    app = create_app(Settings(data_dir=tmp_path))
    app.state.live.edition = small
    async with client_of(app) as client:
        yield client


def test_every_operation_that_fits_on_a_screen_has_an_example() -> None:
    shown = {example.operation for example in examples()}
    assert shown == {operation.name for operation in OPERATIONS} - {"facts"}, "the registry is a page itself"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda file: file.stem)
async def test_an_example_is_what_is_answered(
    demonstration: httpx2.AsyncClient, file: Path, request: pytest.FixtureRequest
) -> None:
    example = read(file)
    got = await answer_to(demonstration, example)
    if request.config.getoption("--update-golden"):
        update(file, got)
        return
    assert got["status"] == example.status
    assert got["media_type"] == example.media_type
    assert got["body"] == example.answer


async def answer_to(client: httpx2.AsyncClient, example: Example) -> dict[str, Any]:
    reply = await client.request(
        example.method, example.path, json=example.body, headers=dict(example.headers)
    )
    media_type = reply.headers["content-type"].split(";")[0]
    body = reply.json() if media_type.endswith("json") else without_the_moment(reply.text)
    return {"status": reply.status_code, "media_type": media_type, "body": body}


def without_the_moment(text: str) -> list[str]:
    """The lines of a calendar, but for those that say when it was made."""
    return [line for line in text.splitlines() if not line.startswith(MADE_THEN)]


def update(file: Path, response: dict[str, Any]) -> None:
    data = json.loads(file.read_text("utf-8"))
    data["response"] = response
    file.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8")
