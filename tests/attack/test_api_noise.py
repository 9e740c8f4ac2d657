"""Anything at all may be sent: never a fault of ours, never an answer that the document does not describe.

schemathesis makes the requests from our own OpenAPI document, fitting and unfitting ones, and holds every
reply to every check it has. It runs as its own engine does: examples, edges of every schema, noise, and
chains of calls in which one takes what another gave.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.python import asgi
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from offer.api.openapi import document
from offer.app import create_app
from offer.catalogue.publishing import publish
from offer.catalogue.revisions import Stamp, save
from offer.clock import now
from offer.db.connections import orm
from offer.db.migrate import migrate
from offer.eligibility.facts import FACTS
from offer.published import Published
from offer.settings import Settings
from tests.attack.unhurried import unhurried
from tests.offer.api.conftest import client_of
from tests.offer.db.filled import sample
from tests.strength import MANY, survived, tries

HOW = "make strength ARGS=tests/attack/test_api_noise.py"
# 422 answers what fits the document and means nothing: a document can say of what form a place's code is, not
# which codes there are; not that two dates are in order, nor that facts do not contradict each other.
CONFIG = """
seed = 1
[generation]
max-examples = {examples}
deterministic = true
database = "none"
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "404", "422"]
[checks.negative_data_rejection]
expected-statuses = ["400", "404", "405", "406", "413", "415", "422"]
[checks.not_a_server_error]
expected-statuses = ["2xx", "3xx", "4xx"]
[phases]
examples.enabled = {alone}
coverage.enabled = {edges}
fuzzing.enabled = {alone}
stateful.enabled = {chained}
"""
PATHS = sorted(document()["paths"])


@pytest.fixture(scope="module")
def app(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    """The application with the starter catalogue, and a database with a little in it."""
    made = create_app(Settings(data_dir=tmp_path_factory.mktemp("noise")))
    made.state.live.edition = published
    made.state.live.fair_use = unhurried()
    return made


async def filled(url: str) -> None:
    """A catalogue that was published, so that an earlier one can be asked for."""
    await migrate(url, at=now())
    async with orm(url):
        for record in sample(3):
            await save(record.kind, record.document, Stamp("files", now(), "loaded"))
        await publish(at=now(), author="files")


@pytest.fixture(scope="module")
def served(app: Starlette) -> Iterator[ASGIApp]:
    """The application as schemathesis starts and stops it, in a loop of its own."""
    url = app.state.settings.database
    asyncio.run(filled(url))

    async def lifespan(receive: Receive, send: Send) -> None:
        await receive()
        async with orm(url, everywhere=True) as connection:
            app.state.live.connection = connection
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        await (lifespan(receive, send) if scope["type"] == "lifespan" else app(scope, receive, send))

    yield served
    asgi.shutdown_lifespans()


def schema_of(served: ASGIApp, examples: int, *, chained: bool = False) -> Any:
    """Our document as the engine reads it, to send calls alone or chains of them."""
    told = {"alone": not chained, "edges": MANY and not chained, "chained": chained}
    text = CONFIG.format(examples=examples, **{name: str(value).lower() for name, value in told.items()})
    return schemathesis.openapi.from_asgi("/openapi.json", served, config=SchemathesisConfig.from_str(text))


def run(schema: Any) -> tuple[int, Counter[str], list[str]]:
    """How many requests were sent, how often each check was made, and the different failures."""
    sent, made, failures = 0, Counter[str](), list[str]()
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            failures.append(str(event))
        if not isinstance(event, events.ScenarioFinished):
            continue
        sent += len(event.recorder.interactions)
        for checks in event.recorder.checks.values():
            made.update(check.name for check in checks)
            failures += [
                f"{event.phase} {event.label}: {check.failure_info.failure}\n{check.failure_info.code_sample}"
                for check in checks
                if check.failure_info
            ]
    return sent, made, list(dict.fromkeys(failures))


@pytest.fixture(scope="module")
def tally() -> Iterator[Counter[str]]:
    """The requests sent and answered as described, of all paths together."""
    made = Counter[str]()
    yield made
    survived("attack", "requests made from the OpenAPI document", made["sent"], made["well"], HOW)


@pytest.mark.parametrize("path", PATHS)
def test_every_reply_is_as_the_document_says(served: ASGIApp, tally: Counter[str], path: str) -> None:
    sent, made, failures = run(schema_of(served, tries(4, 60)).include(path=path))
    tally.update(sent=sent, well=sent - len(failures))
    assert not failures, "\n\n".join(failures)
    assert sent and made["not_a_server_error"] == sent


def test_one_call_takes_what_another_gave(served: ASGIApp) -> None:
    """Chains of calls along the links that the document has."""
    sent, _, failures = run(schema_of(served, tries(10, 300), chained=True))
    assert sent and not failures, "\n\n".join(failures)
    survived("attack", "chains of API calls along the links of the document", sent, sent, HOW)


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


@settings(
    max_examples=tries(8, 2000), deadline=None, database=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
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
        # As Python writes it: with NaN and Infinity, which JSON does not have and other programs send.
        return await client.post(path, content=json.dumps(body), headers={"Content-Type": "application/json"})


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
