"""The one table of operations: the routes, the OpenAPI document and the reference page are made from it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.api import (
    check,
    comparing,
    council_tax,
    coverage,
    entitlements,
    placing,
    registry,
    searching,
    services,
)
from offer.api.bodies import Given, as_model, cannot_be_used, read_json, read_query
from offer.api.calls import Call
from offer.api.given import (
    CheckGiven,
    CompareGiven,
    CouncilTaxGiven,
    CoverageGiven,
    EntitlementGiven,
    EntitlementsGiven,
    FactsGiven,
    NothingGiven,
    PlaceGiven,
    SearchGiven,
    ServicesGiven,
    TimelineGiven,
)
from offer.api.shapes.answer import AnswerReply
from offer.api.shapes.common import Reply
from offer.api.shapes.comparing import CompareReply
from offer.api.shapes.council_tax import CouncilTaxReply
from offer.api.shapes.coverage import CoverageReply
from offer.api.shapes.entitlements import EntitlementReply, EntitlementsReply
from offer.api.shapes.places import PlaceReply
from offer.api.shapes.registry import FactsReply
from offer.api.shapes.searching import SearchReply
from offer.api.shapes.services import ServiceReply, ServicesReply
from offer.api.shapes.timeline import TimelineReply
from offer.errors import FieldFault
from offer.person import PersonFaults, read_person

V1 = "/api/v1"
Handler = Callable[[Call, Any], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One call. `takes` is the body of a POST and the parameters of a GET; `also`: further media types."""

    method: Literal["GET", "POST"]
    path: str
    name: str
    summary: str
    takes: type[Given]
    gives: type[Reply]
    handler: Handler
    problems: tuple[int, ...] = (422, 429, 503)
    also: tuple[str, ...] = ()

    @property
    def path_parameters(self) -> tuple[str, ...]:
        """The names in braces."""
        return ("slug",) if "{slug}" in self.path else ()


_POSTED = (400, 413, 415, 422, 429, 503)
_ONE = (404, 422, 503)


def _both(
    path: str, name: str, summary: str, takes: type[Given], gives: type[Reply], handler: Handler
) -> tuple[Operation, Operation]:
    """The same call with its parameters in the address or, so that they stand in no log, in the body."""
    return (
        Operation("GET", f"{V1}{path}", name, summary, takes, gives, handler),
        Operation("POST", f"{V1}{path}", f"{name}-posted", summary, takes, gives, handler, _POSTED),
    )


OPERATIONS: Sequence[Operation] = (
    Operation(
        "POST", f"{V1}/check", "check", "What one person can get on a day",
        CheckGiven, AnswerReply, check.check, _POSTED,
    ),
    Operation(
        "POST", f"{V1}/timeline", "timeline", "What changes for one person, and when",
        TimelineGiven, TimelineReply, check.changes, _POSTED, (check.CALENDAR,),
    ),
    Operation(
        "GET", f"{V1}/entitlements", "entitlements", "The entitlements, a page at a time",
        EntitlementsGiven, EntitlementsReply, entitlements.listed,
    ),
    Operation(
        "GET", f"{V1}/entitlements/{{slug}}", "entitlement", "One entitlement with its sources and history",
        EntitlementGiven, EntitlementReply, entitlements.one, _ONE,
    ),
    *_both(
        "/search", "search", "Search the entitlements and services",
        SearchGiven, SearchReply, searching.search,
    ),
    *_both(
        "/places", "places", "Which district and council a place is in",
        PlaceGiven, PlaceReply, placing.place,
    ),
    *_both(
        "/services", "services", "Places and people to go to, nearest first",
        ServicesGiven, ServicesReply, services.listed,
    ),
    Operation(
        "GET", f"{V1}/services/{{slug}}", "service", "One service",
        NothingGiven, ServiceReply, services.one, _ONE,
    ),
    Operation(
        "GET", f"{V1}/council-tax", "council-tax", "What each district takes off care leavers' council tax",
        CouncilTaxGiven, CouncilTaxReply, council_tax.council_tax,
    ),
    Operation(
        "GET", f"{V1}/coverage", "coverage", "How far people live from the nearest hub, by district",
        CoverageGiven, CoverageReply, coverage.coverage,
    ),
    Operation(
        "GET", f"{V1}/compare", "compare", "Two to six areas side by side",
        CompareGiven, CompareReply, comparing.compare,
    ),
    Operation(
        "GET", f"{V1}/facts", "facts", "Every fact, its question and why it is asked",
        NothingGiven, FactsReply, registry.facts,
    ),
)  # fmt: skip


def api_routes() -> list[Route]:
    """One route a path, with every method of the table."""
    paths = dict.fromkeys(operation.path for operation in OPERATIONS)
    return [_route([each for each in OPERATIONS if each.path == path]) for path in paths]


def _route(operations: Sequence[Operation]) -> Route:
    by_method: Mapping[str, Operation] = {each.method: each for each in operations}

    async def endpoint(request: Request) -> Response:
        operation = by_method["POST" if request.method == "POST" else "GET"]
        call = Call.of(request)
        return await operation.handler(call, await _given(operation, call))

    return Route(operations[0].path, endpoint, methods=list(by_method), name=operations[0].name)


async def _given(operation: Operation, call: Call) -> Given:
    """What was sent, as the operation takes it. Raises Problem naming every fault at once."""
    posted = operation.method == "POST"
    data = await read_json(call.request) if posted else read_query(call.request)
    given, faults = as_model(data, operation.takes, strict=posted)
    if given is None:
        raise cannot_be_used([*faults, *_in_facts(operation, call, data)])
    return given


def _in_facts(operation: Operation, call: Call, data: Any) -> list[FieldFault]:
    """What is wrong with the facts of a body that is wrong elsewhere, so that all is named at once."""
    facts = data.get("facts") if isinstance(data, dict) else None
    if not issubclass(operation.takes, FactsGiven) or not isinstance(facts, dict):
        return []
    try:
        read_person(call.published, facts, call.today)
    except PersonFaults as found:
        return [FieldFault(fault.pointer, fault.detail) for fault in found.faults]
    return []
