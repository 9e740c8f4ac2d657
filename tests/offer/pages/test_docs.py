"""Written docs: all served, all listed, and true to the code."""

import re
from http import HTTPStatus

import httpx2
import pytest

from offer.pages.docs import FOLDER, NAMES, anchor, read_doc
from offer.settings import Settings

# The statuses that the code raises Problems with.
STATUSES = (400, 404, 405, 413, 415, 422, 429, 500, 503)


def test_every_file_is_listed_once() -> None:
    assert sorted(NAMES) == sorted(path.stem for path in FOLDER.glob("*.md"))


@pytest.mark.parametrize("name", NAMES)
async def test_each_page_is_served_and_listed(client: httpx2.AsyncClient, name: str) -> None:
    page = await client.get(f"/docs/{name}")
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert f'href="/docs/{name}"' in (await client.get("/docs")).text


async def test_the_list_leads_to_the_api(client: httpx2.AsyncClient) -> None:
    assert 'href="/openapi.json"' in (await client.get("/docs")).text


def test_problems_have_the_anchors_that_their_types_name() -> None:
    body = str(read_doc("problems").body)
    for status in STATUSES:
        slug = HTTPStatus(status).phrase.lower().replace(" ", "-")
        assert f'id="{slug}"' in body


def test_every_setting_is_documented() -> None:
    said = set(re.findall(r"\| `([A-Z_]+)` \|", (FOLDER / "running.md").read_text("utf-8")))
    assert said == {name.upper() for name in Settings.model_fields}


def test_a_heading_has_an_anchor_one_can_type() -> None:
    assert anchor("What is never said?") == "what-is-never-said"


def test_raw_html_in_a_file_would_be_shown_as_text() -> None:
    assert all("<script" not in str(read_doc(name).body) for name in NAMES)


async def test_every_link_to_our_own_pages_works(client: httpx2.AsyncClient) -> None:
    for name in NAMES:
        links = re.findall(r'href="(/[^"#]*)', str(read_doc(name).body))
        for link in links:
            assert (await client.get(link)).status_code == 200, (name, link)
