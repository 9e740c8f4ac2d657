"""The site map: every public page and no other, each at an address that answers."""

from datetime import date
from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx2
import pytest

from offer.open_data import site_map
from offer.published import Published

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://offers.example"


async def addresses(client: httpx2.AsyncClient, path: str = "/sitemap.xml") -> dict[str, str | None]:
    """Each address with its day of change."""
    reply = await client.get(path)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/xml"
    root = ElementTree.fromstring(reply.content)
    assert root.tag == f"{SPACE}urlset"
    return {url.findtext(f"{SPACE}loc", ""): url.findtext(f"{SPACE}lastmod") for url in root}


async def test_every_public_page_once_and_each_answers(
    client: httpx2.AsyncClient, with_history: Published
) -> None:
    found = await addresses(client)
    assert all(address.startswith(f"{BASE}/") for address in found)
    paths = [urlsplit(address).path for address in found]
    assert {f"/entitlements/{slug}" for slug in with_history.entries} <= set(paths)
    for path in paths:
        if not path.startswith("/council-tax/"):
            assert (await client.get(path)).status_code == 200, path
    assert (await client.get(next(path for path in paths if "/council-tax/" in path))).status_code == 200


async def test_no_closed_service_no_draft_no_address_that_leads_on(
    client: httpx2.AsyncClient, with_history: Published
) -> None:
    found = await addresses(client)
    hidden = [s.id for s in with_history.services.values() if not s.is_shown or s.record.redirect_to]
    assert hidden
    assert not {f"{BASE}/services/{slug}" for slug in hidden} & found.keys()
    assert f"{BASE}/entitlements/durham-driving-lessons" not in found


async def test_the_day_of_the_last_change(client: httpx2.AsyncClient) -> None:
    found = await addresses(client)
    assert found[f"{BASE}/entitlements/pathway-plan"] == "2026-11-20"
    assert found[f"{BASE}/about"] is None


async def test_too_many_addresses_are_split_into_parts(
    client: httpx2.AsyncClient, with_history: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_map, "MOST", 100)
    index = ElementTree.fromstring((await client.get("/sitemap.xml")).content)
    assert index.tag == f"{SPACE}sitemapindex"
    parts = [part.findtext(f"{SPACE}loc", "") for part in index]
    found = [address for part in parts for address in await addresses(client, part.removeprefix(BASE))]
    everything = list(site_map.pages(with_history, date(2026, 11, 22)))
    assert len(found) == len(set(found)) == len(everything)


async def test_robots_name_the_site_map(client: httpx2.AsyncClient) -> None:
    reply = await client.get("/robots.txt")
    assert reply.headers["content-type"].startswith("text/plain")
    assert f"Sitemap: {BASE}/sitemap.xml" in reply.text.splitlines()


async def test_it_is_sent_again_only_when_it_changed(client: httpx2.AsyncClient) -> None:
    first = await client.get("/sitemap.xml")
    again = await client.get("/sitemap.xml", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


async def test_every_address_that_stands_by_itself_is_a_page_to_read(client: httpx2.AsyncClient) -> None:
    """No form's answer, nothing that only a script reads, and nothing that identifies anybody."""
    found = [address.removeprefix(BASE) for address in await addresses(client)]
    plain = [path for path in found if path.count("/") == 1 or path.startswith("/print")]
    assert "/no-signal" in plain and "/what-happens-when" in plain
    assert not [path for path in found if "?" in path or path.startswith(("/pack", "/staff", "/results"))]
    for path in plain:
        reply = await client.get(path)
        assert reply.status_code == 200, path
        assert reply.headers["content-type"].startswith("text/html"), path
