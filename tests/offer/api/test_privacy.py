"""What somebody sends stands in no log line, whatever comes of it."""

import io
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import structlog

from tests.offer.api.conftest import ON

CANARIES = ("ZZ99 9ZY", "ZZ999ZY", "NG34 7EF", "NG34", "2007-03-10", "kanarienvogel", "no_leave_appeal")
PERSON = {
    "date_of_birth": "2007-03-10",
    "postcode": "NG34 7EF",
    "immigration": "no_leave_appeal_rights_exhausted",
    "care": [{"start": "2015-01-01", "end": None, "kind": "kanarienvogel"}],
}


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Every log line of the test, as JSON."""
    lines = io.StringIO()
    before = structlog.get_config()
    structlog.configure(
        processors=[structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(lines),
        cache_logger_on_first_use=False,
    )
    yield lines
    structlog.configure(**before)


REQUESTS: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/api/v1/check", {"json": {"on": ON, "facts": PERSON | {"care": []}}}),
    ("POST", "/api/v1/check", {"json": {"on": ON, "facts": PERSON}}),
    ("POST", "/api/v1/check", {"json": {"facts": {"postcode": "ZZ99 9ZY", "kanarienvogel": 1}}}),
    ("POST", "/api/v1/timeline", {"json": {"facts": PERSON | {"care": []}}}),
    ("GET", "/api/v1/search", {"params": {"q": "kanarienvogel NG34 7EF"}}),
    ("GET", "/api/v1/places", {"params": {"q": "ZZ99 9ZY"}}),
    ("POST", "/api/v1/services", {"json": {"near": "NG34 7EF"}}),
    ("GET", "/api/v1/kanarienvogel", {"params": {"near": "NG34 7EF"}}),
    ("GET", "/api/v1/entitlements/kanarienvogel", {}),
]


async def test_nothing_sent_is_logged(api: httpx2.AsyncClient, logged: io.StringIO) -> None:
    for method, path, what in REQUESTS:
        await api.request(method, path, **what)
    lines = logged.getvalue()
    assert len(lines.splitlines()) == len(REQUESTS)
    for canary in CANARIES:
        assert canary not in lines, canary
    assert {json.loads(line)["event"] for line in lines.splitlines()} == {"request"}


async def test_a_fault_of_ours_logs_its_kind_and_place_alone(
    api: httpx2.AsyncClient, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("kanarienvogel NG34 7EF")

    monkeypatch.setattr("offer.person.answer", fail)
    reply = await api.post("/api/v1/check", json={"facts": {}})
    assert reply.status_code == 500
    assert reply.headers["content-type"] == "application/problem+json"
    assert "kanarienvogel" not in reply.text
    assert "RuntimeError" in logged.getvalue()
    assert "kanarienvogel" not in logged.getvalue()


async def test_metrics_count_by_route_pattern_and_never_by_address(api: httpx2.AsyncClient) -> None:
    for method, path, what in REQUESTS:
        await api.request(method, path, **what)
    text = (await api.get("/metrics")).text
    assert 'route="/api/v1/check"' in text
    assert 'route="/api/v1/entitlements/{slug}"' in text
    for canary in CANARIES:
        assert canary not in text
