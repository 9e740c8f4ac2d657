"""Anything at all may be sent: never a fault of ours, never an answer that the document does not describe."""

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from offer.api import OPERATIONS
from offer.app import create_app
from offer.eligibility.facts import FACTS
from offer.published import Published
from offer.settings import Settings
from tests.offer.api.conftest import client_of

EXAMPLES = 8  # for each operation and way of making them


def no_fault_of_ours(context: Any, response: Any, case: Any) -> None:
    """503 is no fault: there is no database here to read an earlier catalogue from."""
    assert response.status_code < 500 or response.status_code == 503


def bad_data_is_refused(context: Any, response: Any, case: Any) -> Any:
    """Too much of it is refused by its size, before it is read: schemathesis does not count 413."""
    return None if response.status_code == 413 else negative_data_rejection(context, response, case)


CHECKS = [
    no_fault_of_ours,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    bad_data_is_refused,
]
FEW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def app(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    """The application with the starter catalogue."""
    made = create_app(Settings(data_dir=tmp_path_factory.mktemp("fuzz")))
    made.state.live.edition = published
    return made


def without_lifespan(app: Starlette) -> ASGIApp:
    """The application as schemathesis may start and stop it for each call: it already has its catalogue."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await app(scope, receive, send)
            return
        for kind in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{kind}.complete"})

    return asgi


WAYS = [
    pytest.param(operation, mode, id=f"{operation.name}-{mode.value}")
    for operation in OPERATIONS
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if mode is GenerationMode.POSITIVE or operation.takes.model_fields  # else there is nothing to get wrong
]


@pytest.mark.parametrize(("operation", "mode"), WAYS)
def test_made_up_requests_are_answered_as_described(
    app: Starlette, operation: Any, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", without_lifespan(app))
    described = schema[operation.path][operation.method]

    @FEW
    @given(case=described.as_strategy(generation_mode=mode))
    def send(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(checks=CHECKS)

    send()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_FAR = [[{"start": "0001-01-01", "end": None, "kind": "full"}], [{"start": "9999-12-31", "kind": "remand"}]]
_DAYS_AND_CODES = ["0001-01-01", "9999-12-31", "2007-02-29", "E06000047"]
_HARD = st.sampled_from([0, -1, 2**70, 1e308, *_DAYS_AND_CODES, "\x00", "𝕏", [], {}, *_FAR])
_DAYS = st.sampled_from(
    [None, "1900-01-01", "2024-02-29", "2200-01-01", "1899-12-31", "9999-12-31", 20261122]
)


@FEW
@given(
    st.dictionaries(st.sampled_from(sorted(FACTS)) | st.text(max_size=6), _HARD | _JSON, max_size=6),
    _DAYS,
    st.sampled_from(["check", "timeline"]),
)
def test_hard_facts_are_answered_or_refused(
    app: Starlette, tmp_path_factory: pytest.TempPathFactory, facts: dict[str, Any], day: object, path: str
) -> None:
    body = {"facts": facts, ("on" if path == "check" else "from"): day}
    reply = asyncio.run(_post(app, f"/api/v1/{path}", body))
    assert reply.status_code in {200, 400, 413, 422}, reply.text


async def _post(app: Starlette, path: str, body: Any) -> httpx2.Response:
    async with client_of(app) as client:
        return await client.post(path, json=body)


def test_birthdays_at_both_ends_of_time_are_answered(app: Starlette, tmp_path: Path) -> None:
    """A birthday or a day far away must not run off the calendar."""
    for day in ("1900-01-01", "2199-12-31", "2200-01-01"):
        for born in ("1900-01-01", "1904-02-29", "2199-12-31"):
            for path, name in (("check", "on"), ("timeline", "from")):
                body: Any = {name: day, "facts": {"date_of_birth": born, "care": []}}
                reply = asyncio.run(_post(app, f"/api/v1/{path}", body))
                assert reply.status_code == (200 if born <= day and _within(born, day) else 422), (day, born)


def _within(born: str, day: str) -> bool:
    return int(day[:4]) - int(born[:4]) <= 120
