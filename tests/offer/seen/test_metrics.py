"""The figures: few, named as the docs name them, by route pattern, for who may read them."""

import re
from datetime import date
from pathlib import Path

import httpx2
from pydantic import SecretStr

from offer.app import create_app
from offer.pages.docs import FOLDER
from offer.published import Published
from offer.seen.figures import freshness_of
from offer.settings import Settings
from tests.offer.api.conftest import client_of
from tests.offer.seen.exposed import live_with, samples

TABLE = re.compile(r"^\| `(local_offer_\w+)` \| (\w+) \|", re.MULTILINE)
SERIES = 150  # of a process that answered one address: what a monitor has to keep


def documented() -> dict[str, str]:
    return dict(TABLE.findall((FOLDER / "watching.md").read_text("utf-8")))


async def test_the_docs_name_every_figure_and_no_other(published: Published, tmp_path: Path) -> None:
    found = samples(live_with(published, Settings(data_dir=tmp_path)))
    names = {re.sub("_(bucket|sum|count)$", "", each.name) for each in found}
    assert {name for name in names if name.startswith("local_offer_")} == set(documented())
    assert len(found) < SERIES
    assert not [each.name for each in found if each.name.endswith("_created")]


async def test_requests_are_counted_by_the_pattern_of_their_route(api: httpx2.AsyncClient) -> None:
    for path in ("/entitlements/bus-travel", "/entitlements/no-such", "/NG34-7EF", "/api/v1/facts"):
        await api.get(path)
    await api.request("NG347EF", "/")
    text = (await api.get("/metrics")).text
    assert 'requests_total{method="GET",route="/entitlements/{slug}",status="404"} 1.0' in text
    assert 'request_seconds_bucket{le="0.5",route="/entitlements/{slug}"}' in text
    assert 'requests_total{method="GET",route="unmatched",status="404"} 1.0' in text
    assert 'requests_total{method="other"' in text
    assert "NG34" not in text


async def test_two_processes_share_no_count(published: Published, tmp_path: Path) -> None:
    one, other = (live_with(published, Settings(data_dir=tmp_path)) for _ in range(2))
    one.tally.add("GET", "/", 200, 0.01)
    counts = [
        next(each.value for each in samples(live) if each.name == "local_offer_requests_total")
        for live in (one, other)
    ]
    assert counts == [2.0, 1.0]


async def test_a_token_once_set_is_needed(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path, metrics_token=SecretStr("kept secret")))
    async with client_of(app) as client:
        for said in ({}, {"authorization": "Bearer kept"}, {"authorization": "Basic kept secret"}):
            reply = await client.get("/metrics", headers=said)
            assert reply.status_code == 401
            assert reply.headers["content-type"] == "application/problem+json"
            assert "kept secret" not in reply.text
        assert (
            await client.get("/metrics", headers={"authorization": "Bearer kept secret"})
        ).status_code == 200


def test_freshness_is_that_of_what_is_public(published: Published) -> None:
    now = freshness_of(published, date(2026, 11, 22))
    later = freshness_of(published, date(2031, 1, 1))
    assert later.overdue["entitlement"] == len(published.entries)
    assert later.overdue["service"] == len(published.services)
    assert now.overdue["entitlement"] < later.overdue["entitlement"]
    days = (date(2031, 1, 1) - date(2026, 11, 22)).days
    assert later.oldest_check - now.oldest_check == days
    assert now.oldest_check >= 0
