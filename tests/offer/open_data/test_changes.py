"""The feeds of changes: valid Atom, stable ids, England's, a council's, an entry's; no first load as 300."""

from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree

import httpx2
import pytest
from starlette.applications import Starlette

from offer.open_data.changes import MOST
from offer.published import Published
from offer.settings import Settings
from offer.what_changed.told import Change, Changes
from tests.offer.open_data.conftest import BOSTON, DURHAM, ENGLAND, SECOND, as_told

SPACE = "{http://www.w3.org/2005/Atom}"
ALL, OF_DURHAM = "/open-data/changes.atom", f"/open-data/changes/{DURHAM}.atom"
OF_ENTRY = "/open-data/changes/entitlement/pathway-plan.atom"
LINCOLNSHIRE = "E10000019"


async def feed(client: httpx2.AsyncClient, path: str = ALL) -> ElementTree.Element:
    reply = await client.get(path)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/atom+xml"
    assert reply.headers["access-control-allow-origin"] == "*"
    return ElementTree.fromstring(reply.content)


def texts(root: ElementTree.Element, name: str) -> list[str]:
    return [each.findtext(f"{SPACE}{name}", "") for each in root.iter(f"{SPACE}entry")]


@pytest.mark.parametrize("path", [ALL, OF_DURHAM, OF_ENTRY])
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


async def test_the_newest_stands_first_in_the_words_of_the_page(client: httpx2.AsyncClient) -> None:
    root = await feed(client)
    assert texts(root, "title") == [
        "No longer on our list: Lessons", "Changed: Your plan", "Changed: Council tax",
        "1 new page: all of England", "2 new pages: County Durham",
    ]  # fmt: skip
    assert texts(root, "summary")[1:3] == [
        "How much: from “£1” to “£2”",
        "Boston: From 1 April 2027: until you turn 25. The law: another list.",
    ]
    assert root.findtext(f"{SPACE}updated") == "2026-11-21T09:30:00Z"


async def test_a_council_has_its_own_and_what_england_says_of_its_districts(
    client: httpx2.AsyncClient,
) -> None:
    assert texts(await feed(client, OF_DURHAM), "title") == [
        "No longer on our list: Lessons", "2 new pages: County Durham",
    ]  # fmt: skip
    lincolnshire = await feed(client, f"/open-data/changes/{LINCOLNSHIRE}.atom")
    assert texts(lincolnshire, "summary") == ["Boston: From 1 April 2027: until you turn 25."]
    england = await feed(client, f"/open-data/changes/{ENGLAND}.atom")
    assert texts(england, "title")[0] == "Changed: Your plan" and len(texts(england, "title")) == 3


async def test_an_entry_has_its_own_feed(client: httpx2.AsyncClient) -> None:
    assert texts(await feed(client, OF_ENTRY), "title") == ["Changed: Your plan"]
    assert (await client.get("/open-data/changes/entitlement/never.atom")).status_code == 404


async def test_ids_do_not_hang_on_the_address(client: httpx2.AsyncClient, application: Starlette) -> None:
    before = texts(await feed(client), "id")
    application.state.settings = Settings(public_url="https://elsewhere.example")
    assert texts(await feed(client), "id") == before


async def test_what_has_no_page_any_more_leads_to_the_list(client: httpx2.AsyncClient) -> None:
    root = await feed(client, OF_DURHAM)
    gone = next(root.iter(f"{SPACE}entry"))
    link = gone.find(f"{SPACE}link")
    assert link is not None and link.get("href") == "https://offers.example/what-changed"


async def test_a_council_of_which_we_hold_nothing_has_an_empty_feed(client: httpx2.AsyncClient) -> None:
    assert texts(await feed(client, "/open-data/changes/E10000016.atom"), "id") == []
    for gss in (BOSTON, "nothing", "%3Cb%3E"):
        assert (await client.get(f"/open-data/changes/{gss}.atom")).status_code == 404


async def test_hostile_titles_stay_text(
    client: httpx2.AsyncClient, application: Starlette, with_history: Published
) -> None:
    title = "</title><script>alert(1)</script>&amp; \x00\x0b]]>"
    change = Change("entitlement", "pathway-plan", title, ENGLAND, 2, SECOND.at, "back")
    application.state.live.edition = replace(with_history, changes=as_told([change], SECOND.at))
    root = await feed(client)
    assert texts(root, "title") == ["Back on our list: </title><script>alert(1)</script>&amp; ]]>"]
    assert root.findall(".//script") == []


async def test_an_empty_history_is_a_valid_feed(
    client: httpx2.AsyncClient, application: Starlette, with_history: Published
) -> None:
    application.state.live.edition = replace(with_history, changes=Changes())
    root = await feed(client)
    assert texts(root, "id") == [] and root.findtext(f"{SPACE}updated")
