"""Questions about many young people at once, answered on the adviser's own device and nowhere else.

The page is empty: its script reads the rows, and answers them with the phone's twin from the rules of
one council. Those are fetched before a row is read, so no request depends on what stands in the rows.
"""

import asyncio
import json
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.caching import ASK_AGAIN, has_copy, tag_of
from offer.clock import today
from offer.errors import Problem
from offer.language import gettext as _
from offer.pack import pack, pack_of_council
from offer.pages.edition import edition_of
from offer.pages.rendering import Page, render

PATH, PACK = "/caseload", "/pack/council/{code}"
ENGLAND_ALONE = "england"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadPage(Page):
    """The same for everybody: a form that sends nothing, and the words of its script."""


async def caseload(request: Request) -> Response:
    """GET /caseload."""
    page = CaseloadPage(
        title=_("Many young people at once"),
        path=PATH,
        description="For advisers: who turns 18, 21 or 25 soon, and what stops. Nothing is uploaded.",
    )
    return render(request, "caseload.html", page)


async def rules(request: Request) -> Response:
    """GET /pack/council/E10000019, or /pack/council/england: the rules, and nothing about a person.

    Raises Problem 404 for a code that is no council's in England.
    """
    published, on = edition_of(request), today()
    code = request.path_params["code"]
    council = published.places.authority(published.places.areas.current(code, on))
    if council is None and code != ENGLAND_ALONE:
        raise Problem(404, "We know no council in England by this code.")
    data = await asyncio.to_thread(
        lambda: pack_of_council(published, on, council.gss) if council else pack(published, on)
    )
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    tag = tag_of(body)
    headers = {"ETag": tag, **ASK_AGAIN}
    if has_copy(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


ROUTES = (Route(PATH, caseload), Route(PACK, rules))
