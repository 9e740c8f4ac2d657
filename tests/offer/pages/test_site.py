"""Whose service it is: the council's name and colour on every page, and what a phone's home screen shows."""

import re
from pathlib import Path

import httpx2
import pytest
from pydantic import ValidationError
from starlette.applications import Starlette

from offer.app import create_app
from offer.errors import PlainError
from offer.pages.rendering import asset
from offer.published import Published
from offer.settings import Settings

OURS = {"brand_name": "Example <County> Council", "brand_colour": "#6b2c91", "contact": "offers@example.org"}
SHEET = re.compile(r'<link rel="stylesheet" href="(/assets/brand\.[0-9a-f]{6}\.[0-9a-f]{12}\.css)">')


def own(published: Published, folder: Path, **settings: str) -> Starlette:
    app = create_app(Settings(data_dir=folder, **settings))  # type: ignore[arg-type]
    app.state.live.edition = published
    return app


def browser(app: Starlette) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://offer.test")


async def test_a_council_shows_its_name_and_lays_its_colour_over_ours(
    published: Published, tmp_path: Path
) -> None:
    async with browser(own(published, tmp_path, **OURS)) as client:
        page = (await client.get("/help-now")).text
        found = SHEET.search(page)
        assert found
        sheet = await client.get(found[1])
    assert "Example &lt;County&gt; Council</small>" in page
    assert '<meta name="theme-color" content="#50216d">' in page  # a quarter darker than the colour
    assert page.index("app.") < found.start()  # after ours, so that it wins
    assert sheet.headers["content-type"].startswith("text/css")
    assert "immutable" in sheet.headers["cache-control"]
    assert "--app-go:#6b2c91" in sheet.text
    assert "prefers-color-scheme: dark" in sheet.text


async def test_without_settings_there_is_no_such_sheet_and_no_name(client: httpx2.AsyncClient) -> None:
    page = (await client.get("/help-now")).text
    assert SHEET.search(page) is None
    assert "app-header__name" in page
    assert "<small" not in page[: page.index("</header>")]
    assert (await client.get("/assets/brand.000000000000.css")).status_code == 404
    assert (await client.get("/assets/")).status_code == 404


@pytest.mark.parametrize("colour", ["teal", "#ffcc00", "#fff;}body{"])
def test_a_colour_that_cannot_be_used_stops_the_start(tmp_path: Path, colour: str) -> None:
    with pytest.raises(PlainError, match="BRAND_COLOUR"):
        create_app(Settings(data_dir=tmp_path, brand_colour=colour))


@pytest.mark.parametrize("contact", ["javascript:alert(1)", "ring us", "a@b@c d", "<x@y>"])
def test_a_contact_is_an_email_address_or_a_page(tmp_path: Path, contact: str) -> None:
    with pytest.raises(ValidationError):
        Settings(data_dir=tmp_path, contact=contact)


async def test_the_web_manifest_names_a_picture_that_is_served(published: Published, tmp_path: Path) -> None:
    async with browser(own(published, tmp_path, **OURS)) as client:
        reply = await client.get("/manifest.webmanifest")
        described = reply.json()
        icon = await client.get(described["icons"][0]["src"])
    assert reply.headers["content-type"] == "application/manifest+json"
    assert described["name"] == "Care leaver offers – Example <County> Council"
    assert described["start_url"] == "/"
    assert icon.status_code == 200
    assert icon.headers["content-type"] == "image/svg+xml"
    assert icon.text.startswith("<svg ")


async def test_the_picture_in_the_tab_is_the_same(client: httpx2.AsyncClient) -> None:
    page = (await client.get("/about")).text
    assert f'<link rel="icon" type="image/svg+xml" href="{asset("icon.svg")}">' in page
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
