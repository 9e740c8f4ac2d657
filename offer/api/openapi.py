"""The OpenAPI 3.1 document, made from the table of operations and the models that read and write."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from offer.api.examples import Example, examples
from offer.api.given import FactsGiven
from offer.api.openreferral import BASE, PATHS, FeedPath
from offer.api.operations import OPERATIONS, Operation
from offer.api.registry import facts_schema
from offer.api.shapes.common import ProblemShape
from offer.api.shapes.health import AliveReply, ReadyReply
from offer.caching import PUBLIC
from offer.errors import PROBLEM_JSON, TITLES

JSON = "application/json"
TEMPLATE = "#/components/schemas/{model}"


def _leads(operation: str, pointer: str, words: str) -> dict[str, Any]:
    """An OpenAPI link: the first slug of an answer is that of another call."""
    parameters = {"slug": f"$response.body#/{pointer}/0/slug"}
    return {operation: {"operationId": operation, "description": words, "parameters": parameters}}


_ENTITLEMENT = "All there is to say of one of them, here the first."
_SERVICE = "All there is to say of one of them, here the nearest."
LEADS: Mapping[str, dict[str, Any]] = {
    "check": _leads("entitlement", "outcomes", _ENTITLEMENT),
    "entitlements": _leads("entitlement", "entitlements", _ENTITLEMENT),
    "services": _leads("service", "services", _SERVICE),
    "services-posted": _leads("service", "services", _SERVICE),
}
_ABOUT = (
    "What care leavers in England can get. Dates are ISO civil dates in England; places are ONS GSS codes. "
    "Errors are RFC 9457 problem details and name every fault at once; unknown fields are an error. "
    "Reading is open to everybody, without a key, a cookie or a trace of what was asked."
)


async def openapi(request: Request) -> Response:
    """GET /openapi.json"""
    return JSONResponse(document(), headers=PUBLIC)


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The whole document; the same for every edition of the catalogue."""
    refs, schemas = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, refs, schemas)
    paths |= {f"{BASE}{each.path}": {"get": _feed_path(each, refs, schemas)} for each in PATHS}
    paths |= {"/healthz": _plain("healthz", "The process answers", {"200": _json(refs[AliveReply])})}
    ready = {"200": _json(refs[ReadyReply]), "503": _json(refs[ReadyReply], HTTPStatus(503).phrase)}
    paths |= {"/readyz": _plain("readyz", "What is served, and whether the database is there", ready)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Care leaver local offer",
            "version": version("local-offer"),
            "description": _ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


Refs = Mapping[type[BaseModel], dict[str, Any]]


def _schemas() -> tuple[Refs, dict[str, Any]]:
    """A reference for each model, and the schemas they refer to."""
    wanted: dict[type[BaseModel], JsonSchemaMode] = {
        ProblemShape: "serialization", AliveReply: "serialization", ReadyReply: "serialization"
    }  # fmt: skip
    for operation in OPERATIONS:
        wanted[operation.takes], wanted[operation.gives] = "validation", "serialization"
    wanted |= dict.fromkeys((each.takes for each in PATHS), "validation")
    refs, definitions = models_json_schema(list(wanted.items()), ref_template=TEMPLATE)
    schemas = {"Facts": facts_schema(), **definitions["$defs"]}
    for model in wanted:
        if issubclass(model, FactsGiven):
            schemas[model.__name__]["properties"]["facts"] = {"$ref": TEMPLATE.format(model="Facts")}
    return {model: refs[model, mode] for model, mode in wanted.items()}, schemas


def _operation(operation: Operation, refs: Refs, schemas: Mapping[str, Any]) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in operation.path_parameters
    ]
    found: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "responses": _responses(operation, refs),
    }
    if operation.method == "POST":
        posted = {each.name: {"summary": each.title, "value": each.body} for each in _shown(operation)}
        body = {"schema": refs[operation.takes], **({"examples": posted} if posted else {})}
        found["requestBody"] = {"required": True, "content": {JSON: body}}
    else:
        parameters += _query(schemas[operation.takes.__name__])
    return {**found, "parameters": parameters} if parameters else found


def _feed_path(path: FeedPath, refs: Refs, schemas: Mapping[str, Any]) -> dict[str, Any]:
    """A path of the Open Referral feed. The shapes are the standard's: the reply's schema only names them."""
    parameters = [{**each, "allowEmptyValue": True} for each in _query(schemas[path.takes.__name__])]
    if "{id}" in path.path:
        id_ = {"type": "string", "format": "uuid"}
        parameters = [{"name": "id", "in": "path", "required": True, "schema": id_}]
    answer = _json({"type": "object"}, "As Open Referral UK 3.0 (HSDS-UK) has it")
    found = {"operationId": path.name, "summary": path.summary, "tags": ["Open Referral UK"]}
    responses = {"200": answer, **_problems((404, 422, 503), refs)}
    return {**found, "responses": responses, **({"parameters": parameters} if parameters else {})}


def _query(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    required = schema.get("required", [])
    return [_parameter(name, each, name in required) for name, each in schema.get("properties", {}).items()]


def _parameter(name: str, schema: Mapping[str, Any], required: bool) -> dict[str, Any]:
    """A parameter that may be left out is absent, never null."""
    kinds = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    rest = {
        key: value for key, value in schema.items() if key not in ("anyOf", "title", "description", "default")
    }
    value = {**rest, **(kinds[0] if kinds else {})}
    if schema.get("default") is not None:
        value["default"] = schema["default"]
    found = {"name": name, "in": "query", "required": required, "schema": value}
    return {**found, "description": schema["description"]} if "description" in schema else found


def _shown(operation: Operation) -> list[Example]:
    """The examples of an operation that went well and were answered in JSON."""
    return [
        each
        for each in examples()
        if each.operation == operation.name and each.status == 200 and each.media_type == JSON
    ]


def _responses(operation: Operation, refs: Refs) -> dict[str, Any]:
    answer = _json(refs[operation.gives])
    if operation.name in LEADS:
        answer["links"] = LEADS[operation.name]
    shown = {each.name: {"summary": each.title, "value": each.answer} for each in _shown(operation)}
    if shown:
        answer["content"][JSON]["examples"] = shown
    answer["content"] |= {media: {"schema": {"type": "string"}} for media in operation.also}
    return {"200": answer, **_problems(operation.problems, refs)}


def _problems(statuses: Sequence[int], refs: Refs) -> dict[str, Any]:
    problem = {PROBLEM_JSON: {"schema": refs[ProblemShape]}}
    return {
        str(status): {"description": TITLES.get(status) or HTTPStatus(status).phrase, "content": problem}
        for status in statuses
    }


def _plain(name: str, summary: str, responses: dict[str, Any]) -> dict[str, Any]:
    return {"get": {"operationId": name, "summary": summary, "responses": responses}}


def _json(schema: dict[str, Any], words: str = "The answer") -> dict[str, Any]:
    return {"description": words, "content": {JSON: {"schema": schema}}}
