"""GET /pack/rules: what a phone keeps so that it can answer with no signal, and how it asks for news."""

import gzip
import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest

from directory.places import Places
from offer.app import create_app
from offer.eligibility.facts import FACTS
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.pack import pack
from offer.published import Published
from offer.settings import Settings
from tests.twin.invented import invented_entries
from tests.twin.make_vectors import TODAY, edition, starter

LINCOLNSHIRE, NORTH_KESTEVEN = "E10000019", "E07000139"
BUDGET = 120_000  # bytes, compressed: England and two councils
TWO = f"/pack/rules?by={LINCOLNSHIRE}&in={NORTH_KESTEVEN}"


@pytest.fixture(scope="module")
def published(places: Places) -> Published:
    """The starter catalogue as one edition."""
    return edition(starter(), places)


@pytest.fixture
async def phone(published: Published, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """A phone that asks the whole application, its catalogue in memory."""
    app = create_app(Settings(data_dir=tmp_path))
    app.state.live.edition = published
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as client:
        yield client


async def test_it_holds_england_and_the_two_councils_within_the_budget(phone: httpx2.AsyncClient) -> None:
    reply = await phone.get(TWO)
    data = reply.json()
    assert reply.status_code == 200
    assert len(gzip.compress(reply.content)) <= BUDGET
    assert data["councils"] == sorted({ENGLAND, LINCOLNSHIRE, NORTH_KESTEVEN})
    authorities = {entry["authority"] for entry in data["entries"]}
    assert authorities == {ENGLAND, LINCOLNSHIRE, NORTH_KESTEVEN}
    held = set(data["rules"]) | set(data["stretches"][0]["rules"])
    assert {entry["slug"] for entry in data["entries"]} == held


async def test_without_a_council_it_holds_england_alone(phone: httpx2.AsyncClient) -> None:
    data = (await phone.get("/pack/rules")).json()
    assert {entry["authority"] for entry in data["entries"]} == {ENGLAND}


async def test_a_welsh_council_brings_no_entries_and_no_fault(phone: httpx2.AsyncClient) -> None:
    data = (await phone.get("/pack/rules?by=W06000015")).json()
    assert {entry["authority"] for entry in data["entries"]} == {ENGLAND}


async def test_a_phone_that_has_it_is_sent_nothing(phone: httpx2.AsyncClient) -> None:
    first = await phone.get(TWO)
    assert first.headers["cache-control"] == "no-cache"
    again = await phone.get(TWO, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await phone.get("/pack/rules", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ("by=X", ["/by"]),
        ("by=E07000139&in=E10000019", ["/by", "/in"]),  # a district as council, a county as district
        ("in=E06099999", ["/in"]),
        ("postcode=DH15UL", ["/postcode"]),
        ("by=E10000019&by=E06000047", ["/by"]),
    ],
)
async def test_a_code_that_is_none_is_refused_by_name(
    phone: httpx2.AsyncClient, query: str, pointers: list[str]
) -> None:
    reply = await phone.get(f"/pack/rules?{query}")
    assert reply.status_code == 422
    assert [fault["pointer"] for fault in reply.json()["errors"]] == pointers
    assert reply.headers["content-type"] == "application/problem+json"


async def test_before_the_first_edition_it_says_so(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as client:
        assert (await client.get("/pack/rules")).status_code == 503


def test_rules_that_change_later_come_with_their_days(places: Places) -> None:
    entries = invented_entries([each for each in starter() if isinstance(each, Entitlement)])
    later = edition(entries, places)
    data = pack(later, TODAY, LINCOLNSHIRE, NORTH_KESTEVEN)
    assert data["valid_until"] == "2026-11-23", "some invented law starts or ends tomorrow"
    assert data["law_days"] == ["2026-11-23", "2027-04-01", "2029-04-01"]
    assert [stretch["from"] for stretch in data["stretches"]] == [None, "2027-04-01", "2029-04-01"]
    rules = [stretch["rules"]["council-tax-care-leaver-discount"] for stretch in data["stretches"]]
    assert rules[0] != rules[1] != rules[2]
    assert pack(later, date(2035, 9, 1))["valid_until"] is None


def test_nothing_in_it_is_for_staff(published: Published) -> None:
    """And every fact that a rule or a question needs is there."""
    data = pack(published, TODAY, LINCOLNSHIRE, NORTH_KESTEVEN)
    notes = [entry.staff_note for entry in published.entries.values() if entry.staff_note]
    text = json.dumps(data, ensure_ascii=False)
    assert notes
    assert not [note for note in notes if note in text]
    assert [fact["name"] for fact in data["facts"]] == list(FACTS)


def test_every_condition_has_its_sentence(published: Published) -> None:
    data = pack(published, TODAY, "E06000047", "E06000047")
    leaves = [leaf for rule in data["rules"].values() for leaf in _leaves(rule)]
    assert len(leaves) > 300
    assert not [leaf for leaf in leaves if not leaf["text"].endswith((".", "?", "!"))]


def _leaves(node: dict[str, Any]) -> list[dict[str, Any]]:
    parts = node.get("all") or node.get("any") or ([node["not"]] if "not" in node else None)
    return [node] if parts is None else [leaf for part in parts for leaf in _leaves(part)]
