"""The reference page: every call, parameter and example is on it; every problem has its heading."""

from html import unescape

import httpx2

from offer.api import OPERATIONS
from offer.api.examples import examples
from offer.api_reference import calls
from offer.errors import Problem
from offer.pages.docs import read_doc


async def test_it_shows_every_call_with_what_it_takes_and_an_example(api: httpx2.AsyncClient) -> None:
    reply = await api.get("/docs/api")
    assert reply.status_code == 200
    shown = unescape(reply.text)
    for operation in OPERATIONS:
        assert f'id="{operation.name}"' in shown
        assert operation.summary in shown
        for field in operation.takes.model_fields.values():
            assert (field.description or "") in shown
    for example in examples():
        assert example.title in shown


def test_kinds_are_said_in_words() -> None:
    kinds = {(call.anchor, line.name): line.kind for call in calls() for line in call.parameters}
    assert kinds["entitlements", "age"] == "whole number, 0 to 120"
    assert kinds["check", "on"] == "date, YYYY-MM-DD"
    assert kinds["check", "facts"] == "facts about a person, by name"
    assert kinds["search-posted", "kind"] == "one of: entitlement, service"


def test_the_type_of_every_problem_leads_to_a_heading() -> None:
    page = read_doc("problems").body
    for status in (400, 404, 405, 413, 415, 422, 500, 503):
        path, _, anchor = str(Problem(status, "").body()["type"]).partition("#")
        assert path == "/docs/problems"
        assert f'id="{anchor}"' in page, anchor
