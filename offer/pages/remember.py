"""Remembering answers on a phone beyond this tab: a page of its own, so that nobody does it in passing.

The server keeps nothing: a script puts the fields into the browser's storage when its button is pressed
(templates/js/remember). Without script the page says that nothing was kept.
"""

import json
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.caching import KEEP_PRIVATE
from offer.clock import today
from offer.language import gettext as _
from offer.pages.edition import edition_of
from offer.pages.filling import filled_of
from offer.pages.person_form import Hidden
from offer.pages.rendering import Page, render
from offer.pages.sheet import carried
from offer.pages.start import start_page
from offer.pages.typed_form import check_form, typed_of
from offer.person import facts_told

PATH = "/remember"


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberPage(Page):
    """The choice, with the answers it is about: as fields, and as facts in JSON."""

    hidden: tuple[Hidden, ...]
    facts: str


async def remember(request: Request) -> Response:
    """POST /remember, from the results; 422 with what to put right."""
    check_form(request)
    async with request.form() as form:
        typed = typed_of(form)
    published, on = edition_of(request), today()
    filled = await filled_of(request, published, typed, on)
    if filled.person is None:
        return start_page(request, filled, 422)
    page = RememberPage(
        title=_("Remember your answers on this phone?"),
        sent_by="answers",
        hidden=carried(filled),
        facts=json.dumps(facts_told(filled.person.situation), separators=(",", ":")),
    )
    return render(request, "remember.html", page, headers=KEEP_PRIVATE)


ROUTES = (Route(PATH, remember, methods=["POST"]),)
