"""No signal: what a phone saves, how much it is, and that it says nothing about a person."""

import gzip
import json
from typing import Any

import brotli
import httpx2
import pytest

from directory.records import ENGLAND
from offer.clock import today
from offer.pack import pack
from offer.pages.rendering import BUILT, manifest
from offer.pages.saved_list import other_words
from offer.pages.saved_rules import folded
from offer.published import Published

LINCOLNSHIRE, NORTH_KESTEVEN, COUNTY_DURHAM = "E10000019", "E07000139", "E06000047"
PACK = f"/pack/saved?by={LINCOLNSHIRE}&in={NORTH_KESTEVEN}"
BUDGET = 120_000  # bytes, compressed: England and two councils; with all else that is fetched: tests/browser
Data = dict[str, Any]


@pytest.mark.parametrize("pair", [(LINCOLNSHIRE, NORTH_KESTEVEN), (LINCOLNSHIRE, COUNTY_DURHAM)])
async def test_england_and_two_councils_fit(client: httpx2.AsyncClient, pair: tuple[str, str]) -> None:
    reply = await client.get(f"/pack/saved?by={pair[0]}&in={pair[1]}")
    assert reply.status_code == 200
    assert len(gzip.compress(reply.content)) <= BUDGET
    assert int(reply.headers["whole-length"]) == len(reply.content)
    data = reply.json()
    assert (data["by"], data["lives_in"]) == pair


@pytest.mark.parametrize(("takes", "is_sent"), [("gzip, deflate, br", "br"), ("gzip, br;q=0", "gzip")])
async def test_it_is_packed_as_the_phone_can_unpack(
    client: httpx2.AsyncClient, takes: str, is_sent: str
) -> None:
    """The same list, with the same name, whichever way it is packed."""
    plain = await client.get(PACK, headers={"Accept-Encoding": "identity"})
    async with client.stream("GET", PACK, headers={"Accept-Encoding": takes}) as reply:
        raw = b"".join([part async for part in reply.aiter_raw()])
    unpacked = brotli.decompress(raw) if is_sent == "br" else gzip.decompress(raw)
    assert unpacked == plain.content
    assert reply.headers["content-encoding"] == is_sent
    assert reply.headers["vary"] == "Accept-Encoding"
    assert reply.headers["content-length"] == str(len(raw))
    assert reply.headers["etag"] == plain.headers["etag"]


async def test_a_style_sheet_and_a_module_are_packed_once_and_kept(client: httpx2.AsyncClient) -> None:
    for name in (manifest()["app.css"], manifest()["twin.mjs"]):
        async with client.stream("GET", f"/assets/{name}", headers={"Accept-Encoding": "br"}) as reply:
            raw = b"".join([part async for part in reply.aiter_raw()])
        assert brotli.decompress(raw) == (BUILT / name).read_bytes()
        assert "immutable" in reply.headers["cache-control"]
        plain = await client.get(f"/assets/{name}", headers={"Accept-Encoding": "gzip"})
        assert plain.headers["content-type"] == reply.headers["content-type"]
        assert len(raw) < len(gzip.compress(plain.content))


def test_words_of_other_names_stand_once_and_only_where_not_said_already() -> None:
    assert other_words(
        "Money to set up your first home", ["Setting-up money", "setting up home allowance"]
    ) == ("setting allowance")
    assert other_words("Anything", []) == ""


async def test_every_entry_can_be_read_in_full(client: httpx2.AsyncClient, published: Published) -> None:
    data = (await client.get(PACK)).json()
    for saved in _rows(data["rules"]["entries"]):
        entry = published.entries[saved["slug"]]
        assert (saved["title"], saved["summary"], saved["ask"]) == (entry.title, entry.summary, entry.ask)
        assert saved["steps"] == entry.steps
        assert saved.get("bring", []) == entry.bring
        assert saved["if_told_no"] == entry.if_told_no
        assert saved["sources"] == [source.name for source in entry.sources]
        assert saved["checked_on"] == entry.checked_on.isoformat()
        assert saved["say"] and all(stand["decides"] for stand in saved["stands"])


def _rows(columns: Data) -> list[Data]:
    """The records of a list by field, as the phone puts them together."""
    records = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return [{name: value for name, value in each.items() if value is not None} for each in records]


async def test_the_folded_rules_are_the_rules(published: Published) -> None:
    plain = pack(published, today(), LINCOLNSHIRE, NORTH_KESTEVEN)
    saved = folded(plain)
    assert len(saved["leaves"]) < len(json.dumps(plain["rules"]).split('"text"')) / 2, "shared conditions"
    for slug, rule in plain["rules"].items():
        assert _unfolded(saved["rules"][slug], saved["leaves"]) == _without_law(rule)
    for row, fact in zip(_rows(saved["facts"]), plain["facts"], strict=True):
        assert row == fact


def _unfolded(node: Any, leaves: list[Data]) -> Data:
    if isinstance(node, int):
        return leaves[node]
    if "not" in node:
        return {"not": _unfolded(node["not"], leaves)}
    ((kind, parts),) = node.items()
    return {kind: [_unfolded(part, leaves) for part in parts]}


def _without_law(node: Data) -> Data:
    if "not" in node:
        return {"not": _without_law(node["not"])}
    for kind in ("all", "any"):
        if kind in node:
            return {kind: [_without_law(part) for part in node[kind]]}
    return {name: value for name, value in node.items() if name not in ("id", "cite")}


async def test_places_come_with_numbers_and_hours_and_private_ones_without_address(
    client: httpx2.AsyncClient, published: Published
) -> None:
    data = (await client.get(f"/pack/saved?by={COUNTY_DURHAM}&in={COUNTY_DURHAM}")).json()
    services = {each["slug"]: each for each in data["services"]}
    assert len(services) > 20
    private = [each for each in published.services.values() if each.confidential and each.id in services]
    assert private
    for service in private:
        text = json.dumps(services[service.id], ensure_ascii=False)
        for place in service.places:
            hidden = [*place.location.address, place.location.postcode] if place.location.confidential else []
            assert not [line for line in hidden if line and line in text]
    local = [each for each in services.values() if ENGLAND not in each["areas"]]
    assert all(each.get("phones") or each.get("places") or each.get("how_to_use") for each in local)
    numbers = [
        number for need in data["help"] for line in need["lines"] for number, _ in line.get("phones", [])
    ]
    assert "999" in numbers


async def test_it_says_nothing_of_a_person_and_nothing_for_staff(
    client: httpx2.AsyncClient, published: Published
) -> None:
    text = (await client.get(PACK)).text
    notes = [entry.staff_note for entry in published.entries.values() if entry.staff_note]
    assert not [note for note in notes if note in text]
    for name in ('answers":{', "facts_told", "session"):
        assert name not in text


async def test_a_phone_that_has_the_list_pays_nothing(client: httpx2.AsyncClient) -> None:
    first = await client.get(PACK)
    again = await client.get(PACK, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "no-cache"


async def test_a_code_that_is_none_is_refused(client: httpx2.AsyncClient) -> None:
    reply = await client.get("/pack/saved?by=X&postcode=DH15UL")
    assert reply.status_code == 422
    assert {fault["pointer"] for fault in reply.json()["errors"]} == {"/by", "/postcode"}


async def test_the_page_says_what_is_saved_and_how_without_script(client: httpx2.AsyncClient) -> None:
    text = (await client.get("/no-signal")).text
    assert "Postcodes need signal" in text
    assert "<noscript>" in text
    assert 'href="tel:999"' in text


async def test_the_worker_is_asked_about_each_time_and_registered_by_no_page(
    client: httpx2.AsyncClient,
) -> None:
    worker = await client.get("/sw.js")
    assert worker.headers["cache-control"] == "no-cache"
    assert worker.headers["content-type"].startswith("text/javascript")
    assert len(gzip.compress(worker.content)) <= 8_000
    assert "import " not in worker.text.replace("imports", "")
    for address in ("/", "/saved-list", "/no-signal"):
        assert "sw.js" not in (await client.get(address)).text, "only a tap names it, in a module"


async def test_the_saved_list_names_every_script_it_needs(client: httpx2.AsyncClient) -> None:
    text = (await client.get("/saved-list")).text
    for module in ("twin", "care", "fields", "saving", "signal", "offline"):
        assert f"/assets/{module}." in text
    assert len(gzip.compress(text.encode())) <= 15_000


async def test_in_another_language_it_says_that_the_reasons_are_in_english(
    client: httpx2.AsyncClient,
) -> None:
    assert "the reasons are in English" not in (await client.get("/saved-list")).text
    assert "من دون شبكة، تظهر الأسباب باللغة الإنجليزية." in (await client.get("/ar/saved-list")).text


@pytest.mark.parametrize("address", ["/", "/topics", "/entitlements/setting-up-home-allowance", "/help-now"])
async def test_a_public_page_is_kept_but_asked_about(client: httpx2.AsyncClient, address: str) -> None:
    first = await client.get(address)
    assert first.headers["cache-control"] == "no-cache"
    again = await client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert f'data-made="{today().isoformat()}"' in first.text
