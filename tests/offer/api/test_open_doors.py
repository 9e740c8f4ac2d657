"""Open to every site, without a cookie; private where the address or the body tells of a person."""

from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from offer.api import OPERATIONS
from offer.app import create_app
from offer.settings import Settings
from tests.offer.api.conftest import client_of
from tests.offer.api.test_openapi import BODIES, QUERIES, SLUGS


async def call(api: httpx2.AsyncClient, operation: Any, **headers: str) -> httpx2.Response:
    path = operation.path.replace("{slug}", SLUGS.get(operation.name, ""))
    if operation.method == "GET":
        return await api.get(path, params=QUERIES.get(operation.name), headers=headers)
    return await api.post(path, json=BODIES[operation.name], headers=headers)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
async def test_every_answer_may_be_read_from_any_site_and_sets_no_cookie(
    api: httpx2.AsyncClient, operation: Any
) -> None:
    reply = await call(api, operation, Origin="https://elsewhere.example", **{"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 200
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in reply.headers
    assert "set-cookie" not in reply.headers
    assert reply.headers["catalogue-version"] == str(reply.json()["catalogue_version"]) == "1"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
async def test_what_tells_of_a_person_is_never_stored(api: httpx2.AsyncClient, operation: Any) -> None:
    reply = await call(api, operation)
    told = operation.method == "POST" or operation.name in {"search", "places", "services"}
    if operation.name == "services-posted":
        told = True
    assert ("no-store" in reply.headers["cache-control"]) is told


async def test_services_without_a_place_may_be_kept(api: httpx2.AsyncClient) -> None:
    reply = await api.get("/api/v1/services", params={"kind": "care-leaver-hub"})
    assert "no-store" not in reply.headers["cache-control"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
async def test_preflight_is_answered(api: httpx2.AsyncClient, operation: Any) -> None:
    headers = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": operation.method,
        "Access-Control-Request-Headers": "content-type",
    }
    reply = await api.options(operation.path, headers=headers)
    assert reply.status_code == 204
    assert reply.headers["access-control-allow-origin"] == "*"
    assert operation.method in reply.headers["access-control-allow-methods"]
    assert "content-type" in reply.headers["access-control-allow-headers"].lower()


async def test_errors_may_be_read_from_any_site_too(api: httpx2.AsyncClient) -> None:
    replies = [
        await api.get("/api/v1/nothing"),
        await api.get("/api/v1/check"),
        await api.post("/api/v1/check", json={"x": 1}),
        await api.post("/api/v1/check", content="{"),
    ]
    assert [reply.status_code for reply in replies] == [404, 405, 422, 415]
    for reply in replies:
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.json()["status"] == reply.status_code


async def test_pages_are_not_opened_by_it(api: httpx2.AsyncClient) -> None:
    assert "access-control-allow-origin" not in (await api.get("/healthz")).headers


async def test_before_the_first_edition_it_says_503_and_stays_alive(tmp_path: Any) -> None:
    app: Starlette = create_app(Settings(data_dir=tmp_path))
    async with client_of(app) as client:
        assert (await client.get("/api/v1/facts")).status_code == 503
        assert (await client.get("/readyz")).status_code == 503
        assert (await client.get("/readyz")).json()["ready"] is False
        assert (await client.get("/healthz")).json() == {"status": "alive"}
        assert "local_offer_catalogue_version 0" in (await client.get("/metrics")).text
