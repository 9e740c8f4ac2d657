"""The OpenAPI document: valid, complete, and true of what is really answered."""

from typing import Any

import httpx2
import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from offer.api import OPERATIONS
from offer.api.openapi import document
from offer.eligibility.facts import FACTS
from tests.offer.api.conftest import ON

QUERIES: dict[str, dict[str, str]] = {
    "search": {"q": "i want to kill myself"},
    "places": {"q": "LN1"},
    "services": {"near": "DH1 5UL"},
    "compare": {"areas": "E06000047,E10000019"},
}
SLUGS = {"entitlement": "council-tax-care-leaver-discount", "service": "hub-connect-stanley"}
FACTS_TOLD = {
    "date_of_birth": "2007-01-04",
    "lives_in": "E07000139",
    "responsible_authority": "E10000019",
    "care": [{"start": "2015-01-01", "end": None, "kind": "full"}],
}
BODIES: dict[str, dict[str, Any]] = {
    "check": {"on": ON, "facts": FACTS_TOLD | {"care": []}},
    "timeline": {"from": ON, "facts": FACTS_TOLD | {"care": []}},
    "search-posted": QUERIES["search"],
    "places-posted": QUERIES["places"],
    "services-posted": {"lat": 54.77, "lon": -1.57},
}


def faults_in(value: object, schema: dict[str, Any]) -> list[str]:
    """What is wrong with a value by a schema of the document."""
    whole = {**schema, "components": document()["components"]}
    return [error.message for error in OAS31Validator(whole).iter_errors(value)]


async def test_it_is_valid_openapi_3_1_and_served(api: httpx2.AsyncClient) -> None:
    reply = await api.get("/openapi.json")
    assert reply.status_code == 200
    assert reply.json()["openapi"].startswith("3.1")
    validate(reply.json(), cls=OpenAPIV31SpecValidator)


def test_it_names_every_operation_of_the_table_and_every_fact() -> None:
    described = {
        (method.upper(), path) for path, methods in document()["paths"].items() for method in methods
    }
    assert {(each.method, each.path) for each in OPERATIONS} <= described
    assert list(document()["components"]["schemas"]["Facts"]["properties"]) == list(FACTS)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
async def test_every_answer_is_as_described(api: httpx2.AsyncClient, operation: Any) -> None:
    path = operation.path.replace("{slug}", SLUGS.get(operation.name, ""))
    if operation.method == "GET":
        reply = await api.get(path, params=QUERIES.get(operation.name))
    else:
        reply = await api.post(path, json=BODIES[operation.name])
    assert reply.status_code == 200, reply.text
    described = document()["paths"][operation.path][operation.method.lower()]
    schema = described["responses"]["200"]["content"]["application/json"]["schema"]
    assert faults_in(reply.json(), schema) == []
    name = schema["$ref"].rsplit("/", 1)[1]
    known = set(document()["components"]["schemas"][name]["properties"])
    assert set(reply.json()) <= known, "nothing that is not described"


async def test_a_problem_is_as_described(api: httpx2.AsyncClient) -> None:
    reply = await api.post("/api/v1/check", json={"facts": {"x": 1}})
    assert faults_in(reply.json(), {"$ref": "#/components/schemas/ProblemShape"}) == []


def test_a_body_that_the_document_refuses_is_one_we_refuse() -> None:
    body = {"$ref": "#/components/schemas/CheckGiven"}
    told = {"age_years": 19, "savings_gbp": 12.5, "parent": None}
    assert faults_in({"on": ON, "facts": told}, body) == []
    for facts in ({"age_years": -1}, {"shoe_size": 7}, {"immigration": "maybe"}, {"care": [{"start": ON}]}):
        assert faults_in({"facts": facts}, body), facts
    assert faults_in({"fact": {}}, body)


def test_its_examples_are_of_the_shape_it_describes() -> None:
    shown = 0
    for methods in document()["paths"].values():
        for operation in methods.values():
            contents = [operation.get("requestBody", {}), operation["responses"]["200"]]
            for content in (each.get("content", {}).get("application/json", {}) for each in contents):
                for example in content.get("examples", {}).values():
                    assert faults_in(example["value"], content["schema"]) == []
                    shown += 1
    assert shown >= 15
