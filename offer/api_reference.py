"""GET /docs/api: every call on one page, from the same table, models and examples as the API itself."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.api.examples import Example, examples
from offer.api.openapi import document
from offer.api.operations import OPERATIONS, Operation
from offer.pages.rendering import Page, render

PATH = "/docs/api"


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """One thing a call takes: in the address or in the body. `about` may be ""."""

    name: str
    kind: str
    needed: bool
    about: str


@dataclass(frozen=True, slots=True)
class ExampleView:
    """What is sent and what comes back, as text."""

    title: str
    sent: str
    status: int
    answer: str


@dataclass(frozen=True, slots=True)
class CallView:
    """One operation. `anchor` is its id on the page; `where` is "body" or "address"."""

    anchor: str
    method: str
    path: str
    summary: str
    where: str
    parameters: tuple[ParameterLine, ...]
    examples: tuple[ExampleView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceView(Page):
    """Every call, in the order of the table."""

    calls: tuple[CallView, ...]


async def reference(request: Request) -> Response:
    """The page for people; /openapi.json is the same for machines."""
    view = ReferenceView(
        title="The API, call by call",
        path=PATH,
        description="Every call of the API: what it takes, what it answers, and an example of each.",
        calls=calls(),
    )
    return render(request, "api.html", view)


ROUTE = Route(PATH, reference, name="api-reference")


@lru_cache(maxsize=1)
def calls() -> tuple[CallView, ...]:
    """Every operation as it is shown."""
    return tuple(_call(operation) for operation in OPERATIONS)


def _call(operation: Operation) -> CallView:
    return CallView(
        anchor=operation.name,
        method=operation.method,
        path=operation.path,
        summary=operation.summary,
        where="body" if operation.method == "POST" else "address",
        parameters=tuple(_parameters(operation)),
        examples=tuple(_example(each) for each in examples() if each.operation == operation.name),
    )


def _parameters(operation: Operation) -> Iterator[ParameterLine]:
    described = document()["paths"][operation.path][operation.method.lower()]
    for each in described.get("parameters", []):
        yield ParameterLine(
            each["name"], _kind(each["schema"]), each["required"], each.get("description", "")
        )
    if operation.method == "POST":
        schema = document()["components"]["schemas"][operation.takes.__name__]
        for name, value in schema["properties"].items():
            needed = name in schema.get("required", [])
            yield ParameterLine(name, _kind(value), needed, value.get("description", ""))


def _kind(schema: Mapping[str, Any]) -> str:
    """A schema in a few words: "whole number, 0 to 120"."""
    if "anyOf" in schema:
        return next(_kind(each) for each in schema["anyOf"] if each.get("type") != "null")
    if "$ref" in schema:
        return "facts about a person, by name"
    if "enum" in schema:
        return "one of: " + ", ".join(schema["enum"])
    words = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text"}
    found = words.get(schema.get("type", ""), "text")
    if schema.get("format") == "date":
        found = "date, YYYY-MM-DD"
    if "minimum" in schema and "maximum" in schema:
        return f"{found}, {schema['minimum']:g} to {schema['maximum']:g}"
    return f"{found}, {schema['pattern'].strip('^$')}" if "pattern" in schema else found


def _example(example: Example) -> ExampleView:
    head = "\n".join(f"{name}: {value}" for name, value in example.headers.items())
    body = "" if example.body is None else json.dumps(example.body, indent=2, ensure_ascii=False)
    sent = "\n".join(part for part in (f"{example.method} {example.path}", head, body) if part)
    answer = example.answer
    text = (
        "\n".join(answer)
        if example.media_type == "text/calendar"
        else json.dumps(answer, indent=2, ensure_ascii=False)
    )
    return ExampleView(example.title, sent, example.status, text)
