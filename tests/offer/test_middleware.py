"""The headers of every reply, the same-origin wall, the limit on bodies, and a log that holds nobody."""

import io
import json
from collections.abc import AsyncIterator

import httpx2
import pytest
import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from offer.errors import Problem
from offer.fault_replies import on_http, on_problem
from offer.middleware import BODY_LIMIT, AccessLog, CatalogueVersion, Guard, Surprises
from offer.pages.rendering import policy

CANARY = "ZZ99 9ZZ"


async def _echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _fail(request: Request) -> Response:
    raise ValueError(f"nothing known of {request.query_params['q']}")


def _app() -> Starlette:
    routes = [
        Route("/page/{slug}", _echo, methods=["GET", "POST"]),
        Route("/api/v1/thing", _echo, methods=["GET", "POST"]),
        Route("/api/v1/fail", _fail),
        Route("/fail", _fail),
    ]
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(AccessLog),
            Middleware(Guard, policy=policy, https=True),
            Middleware(CatalogueVersion, version=lambda: 7),
            Middleware(Surprises),
        ],
        exception_handlers={Problem: on_problem, HTTPException: on_http},
    )


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=_app())
    async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as made:
        yield made


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What is logged during the test."""
    kept = io.StringIO()
    structlog.configure(
        processors=[structlog.processors.JSONRenderer()],
        logger_factory=structlog.WriteLoggerFactory(file=kept),
        cache_logger_on_first_use=False,
    )
    return kept


async def test_every_reply_carries_the_security_headers(client: httpx2.AsyncClient) -> None:
    for path in ("/page/x", "/nowhere", "/fail?q=x"):
        headers = (await client.get(path)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["strict-transport-security"].startswith("max-age=")
    assert (await client.get("/page/x")).headers["catalogue-version"] == "7"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"origin": "https://elsewhere.test"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://offer.test"}, 200),
        ({}, 200),
    ],
)
async def test_a_form_from_another_site_is_refused(
    client: httpx2.AsyncClient, headers: dict[str, str], status: int
) -> None:
    assert (await client.post("/page/x", content=b"a=1", headers=headers)).status_code == status
    assert (await client.get("/page/x", headers=headers)).status_code == 200
    # The API is open and carries no cookie.
    assert (await client.post("/api/v1/thing", content=b"{}", headers=headers)).status_code == 200


async def test_a_body_too_large_is_refused_with_and_without_its_length(client: httpx2.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(BODY_LIMIT // 1000 + 2):
            yield b"x" * 1000

    assert (await client.post("/page/x", content=b"x" * BODY_LIMIT)).status_code == 200
    assert (await client.post("/page/x", content=b"x" * (BODY_LIMIT + 1))).status_code == 413
    streamed = await client.post("/api/v1/thing", content=pieces())
    assert streamed.status_code == 413
    assert streamed.headers["content-type"] == "application/problem+json"


async def test_the_log_holds_the_route_and_never_what_was_typed(
    client: httpx2.AsyncClient, logged: io.StringIO
) -> None:
    for path in (f"/page/{CANARY}?q={CANARY}", f"/fail?q={CANARY}", f"/api/v1/fail?q={CANARY}", f"/{CANARY}"):
        await client.get(path)
    await client.post("/page/x", content=CANARY.encode())
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert CANARY not in logged.getvalue()
    assert "ZZ99" not in logged.getvalue()
    requests = [line for line in lines if line["event"] == "request"]
    assert [line["route"] for line in requests] == [
        "/page/{slug}", "/fail", "/api/v1/fail", "unmatched", "/page/{slug}",
    ]  # fmt: skip
    assert [line["status"] for line in requests] == [200, 500, 500, 404, 200]
    assert {line["kind"] for line in lines if line["event"] == "fault"} == {"ValueError"}


async def test_a_machine_gets_a_problem_and_a_person_gets_a_page(client: httpx2.AsyncClient) -> None:
    machine = await client.get("/api/v1/nothing")
    assert machine.headers["content-type"] == "application/problem+json"
    assert machine.json()["status"] == 404
    assert set(machine.json()) >= {"type", "title", "status", "detail"}
    person = await client.get("/nothing")
    assert person.status_code == 404
    assert "text/html" in person.headers["content-type"]
    assert "/help-now" in person.text
    fault = await client.get(f"/fail?q={CANARY}")
    assert fault.status_code == 500
    assert "ZZ99" not in fault.text
    assert "Something went wrong on our side" in fault.text
