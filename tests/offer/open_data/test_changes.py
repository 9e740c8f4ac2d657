"""The feeds of changes: valid Atom, stable ids, one council's own, and nothing that is not public."""

from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree

import httpx2
import pytest
from starlette.applications import Starlette

from offer.open_data.changes import MOST, changes
from offer.published import Published
from offer.settings import Settings

SPACE = "{http://www.w3.org/2005/Atom}"
ALL, DURHAM = "/open-data/changes.atom", "/open-data/changes/E06000047.atom"


async def feed(client: httpx2.AsyncClient, path: str = ALL) -> ElementTree.Element:
    reply = await client.get(path)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/atom+xml"
    assert reply.headers["access-control-allow-origin"] == "*"
    return ElementTree.fromstring(reply.content)


def texts(root: ElementTree.Element, name: str) -> list[str]:
    return [each.findtext(f"{SPACE}{name}", "") for each in root.iter(f"{SPACE}entry")]


@pytest.mark.parametrize("path", [ALL, DURHAM])
async def test_it_has_all_that_rfc_4287_asks(client: httpx2.AsyncClient, path: str) -> None:
    root = await feed(client, path)
    for element in (root, *root.iter(f"{SPACE}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{SPACE}{name}")) == 1
        assert element.findtext(f"{SPACE}id", "").startswith("urn:uuid:")
        assert datetime.fromisoformat(element.findtext(f"{SPACE}updated", "")).utcoffset() is not None
    assert root.findtext(f"{SPACE}author/{SPACE}name")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{SPACE}link")}
    assert links["self"] == f"https://offers.example{path}"
    ids = texts(root, "id")
    assert ids and len(ids) == len(set(ids)) <= MOST


async def test_the_latest_change_stands_first(client: httpx2.AsyncClient) -> None:
    root = await feed(client)
    titles = texts(root, "title")
    assert titles[0].startswith("Changed: ") and all(each.startswith("New: ") for each in titles[1:])
    assert root.findtext(f"{SPACE}updated") == "2026-11-20T09:30:00Z"


async def test_ids_do_not_hang_on_the_address(client: httpx2.AsyncClient, application: Starlette) -> None:
    before = texts(await feed(client), "id")
    application.state.settings = Settings(public_url="https://elsewhere.example")
    assert texts(await feed(client), "id") == before


def test_a_councils_feed_holds_only_its_own(with_history: Published) -> None:
    own = {(each.kind, each.slug) for each in changes(with_history, "E06000047")}
    entries = {("entitlement", e.id) for e in with_history.entries.values() if e.authority == "E06000047"}
    assert entries and entries <= own
    assert {slug for kind, slug in own if kind == "service"} <= {
        view.id for view in with_history.services.values() if view.record.authority == "E06000047"
    }
    assert len(own) < len(changes(with_history))


def test_what_is_not_public_is_in_no_feed(with_history: Published) -> None:
    gone = replace(
        with_history,
        history={**with_history.history, ("entitlement", "durham-driving-lessons"): with_history.history[
            "entitlement", "pathway-plan"
        ]},
    )  # fmt: skip
    said = {each.slug for each in changes(gone)}
    assert "durham-driving-lessons" not in said
    assert not {s.id for s in with_history.services.values() if not s.is_shown} & said


async def test_a_council_without_a_list_has_no_feed(client: httpx2.AsyncClient) -> None:
    for gss in ("E10000016", "nothing", "%3Cb%3E"):
        assert (await client.get(f"/open-data/changes/{gss}.atom")).status_code == 404


async def test_hostile_titles_stay_text(
    client: httpx2.AsyncClient, application: Starlette, with_history: Published
) -> None:
    title = "</title><script>alert(1)</script>&amp; \x00\x0b]]>"
    entry = with_history.entries["pathway-plan"].model_copy(update={"title": title})
    edition = replace(with_history, entries={**with_history.entries, entry.id: entry})
    application.state.live.edition = edition
    root = await feed(client)
    assert "Changed: </title><script>alert(1)</script>&amp; ]]>" in texts(root, "title")
    assert root.findall(".//script") == []


async def test_an_empty_history_is_a_valid_feed(
    client: httpx2.AsyncClient, application: Starlette, with_history: Published
) -> None:
    application.state.live.edition = replace(with_history, history={})
    root = await feed(client)
    assert texts(root, "id") == [] and root.findtext(f"{SPACE}updated")
