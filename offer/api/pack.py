"""GET /pack/rules: the rules a phone needs to answer with no signal, for England and up to two councils.

For our own pages, and no part of the API's contract: `offer/pack.py` says what is in it.
"""

import asyncio
from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from offer.api.bodies import Given, as_model, cannot_be_used, read_query
from offer.api.calls import Call
from offer.api.given import PlaceCode
from offer.compressed import kept_json
from offer.errors import FieldFault, Problem, problem_response
from offer.pack import pack
from offer.person import council_fault, district_fault


class _PackGiven(Given):
    """`by`: the council that looked after somebody; `in`: the district where they live."""

    by: PlaceCode | None = None
    lives_in: Annotated[PlaceCode | None, Field(alias="in")] = None


async def rules(request: Request) -> Response:
    """The pack; 304 where the phone's copy is still the same, 422 for a code that is no council's."""
    try:
        call = Call.of(request)
        by, lives_in = _codes(call)
    except Problem as problem:
        return problem_response(problem)
    data = await asyncio.to_thread(pack, call.published, call.today, by, lives_in)
    return await kept_json(request, data)


def _codes(call: Call) -> tuple[str | None, str | None]:
    """The two codes, those that ended followed. Raises Problem 422 naming every fault."""
    given, faults = as_model(read_query(call.request), _PackGiven, strict=False)
    if given is None:
        raise cannot_be_used(faults)
    places = call.published.places
    checks = (("by", given.by, council_fault), ("in", given.lives_in, district_fault))
    wrong = [
        FieldFault(f"/{name}", fault)
        for name, code, check in checks
        if code and (fault := check(code, places, call.today))
    ]
    if wrong:
        raise cannot_be_used(wrong)
    by, lives_in = (code and places.areas.current(code, call.today) for _, code, _ in checks)
    return by, lives_in
