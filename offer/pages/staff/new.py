"""A new document: the same form, with an address made from its title and the council it is for."""

from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.catalogue.documents import ENTITLEMENT, KINDS
from offer.clock import now, today
from offer.db.errors import Refused
from offer.entitlements.schema import ENGLAND
from offer.live import live_of
from offer.pages.staff.edit import SAVE, is_unfinished, refusal, refused_page, saved, turned
from offer.pages.staff.edit_model import Editing
from offer.pages.staff.edit_view import change_named, edit_page, read_form, sent_of
from offer.pages.staff.entries import PATH
from offer.pages.staff.view import me_of
from offer.staff.change import Change, scope_of_body
from offer.staff.due import next_review
from offer.staff.editing.drafts import Draft, in_order, keep, sent_before, slug_from, taken
from offer.staff.editing.faults import FieldFault
from offer.staff.editing.typed import filled
from offer.staff.roles import NATIONAL, may, scopes_with

_ROUTE = f"{PATH}/new/{{kind}}"
NO_TITLE = "Write this first: the address of the page is made from it."
TAKEN = "There is one at this address already. Choose another: add the name of the council or of the town."
NOT_YOURS = "Choose a council where you are an editor."
_ASKED = ("authority", "title", "topic", "part_of")  # what a link from a gap already says of an entry


async def form(request: Request) -> Response:
    """GET /staff/entries/new/{kind}: empty, but for what is nearly always so."""
    editing = await _editing(request, request.query_params.get("change", ""))
    return await edit_page(request, editing, filled(editing.specs, _begun(request, editing)), check=False)


async def send(request: Request) -> Response:
    """POST /staff/entries/new/{kind}: the first draft of it, or the form again with all that was typed."""
    sent = sent_of(await request.form())
    editing = await _editing(request, sent.controls.get("change", ""))
    act = sent.controls.get("act", SAVE)
    if act != SAVE:
        return await turned(request, editing, sent.typed, act)
    if refusal(editing, sent.typed):
        return await refused_page(request, editing, sent.typed)
    body = _with_address(editing.kind, editing.body(read_form(request, editing, sent.typed)))
    if faults := await _faults(request, editing, body):
        return await edit_page(request, editing, sent.typed, refused=faults, check=False, status=422)
    return await _save(request, editing, body)


async def _save(request: Request, editing: Editing, body: dict[str, Any]) -> Response:
    me, live = me_of(request), live_of(request)
    slug, number = str(body["id"]), editing.change.id if editing.change else None
    draft = Draft(editing.kind, slug, body, number, 0, 0, {})
    try:
        change = await keep(live.database, draft, me.by, now())
    except Refused as fault:
        return await edit_page(request, editing, filled(editing.specs, body), error=str(fault), status=422)
    unfinished = is_unfinished(request, replace(editing, slug=slug), body)
    return saved(editing.kind, slug, change, unfinished=unfinished)


async def _faults(request: Request, editing: Editing, body: dict[str, Any]) -> list[FieldFault]:
    """What keeps it from being kept at all: no address, a taken one, or a council that is not theirs."""
    me, connection = me_of(request), live_of(request).database
    slug, faults = str(body.get("id", "")), []
    if not may(me.grants, "editor", scope_of_body(body)):
        faults.append(FieldFault("authority", NOT_YOURS))
    if not slug:
        faults.append(FieldFault(_named(editing.kind), NO_TITLE))
    elif slug != slug_from(slug):
        faults.append(FieldFault("id", "Only small letters, numbers and single hyphens: driving-lessons."))
    elif await taken(connection, editing.kind, slug) and not await sent_before(
        connection, editing.kind, slug, body, me.by
    ):
        faults.append(FieldFault("id", TAKEN))
    return faults


def _named(kind: str) -> str:
    return "title" if "title" in KINDS[kind].model.model_fields else "name"


def _with_address(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """With an address made from the title, where none was typed."""
    slug = body.get("id") or slug_from(str(body.get(_named(kind), "")))
    return in_order(tuple(KINDS[kind].model.model_fields), body, {"id": slug} if slug else {})


async def _editing(request: Request, change: str) -> Editing:
    """A document that is not there yet. 404 for a kind we do not have and a change that is not theirs."""
    kind = request.path_params["kind"]
    if kind not in KINDS:
        raise HTTPException(404)
    held = await _change(request, change)
    if change and held is None:
        raise HTTPException(404)
    return Editing(kind, "", held, 0, 0, "", {})


async def _change(request: Request, typed: str) -> Change | None:
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    for scope in scopes_with(me_of(request).grants, "editor"):
        if held := await change_named(request, number, scope):
            return held
    return None


def _begun(request: Request, editing: Editing) -> dict[str, Any]:
    """What stands in an empty form: checked today, public, of the only council; and what a link says."""
    scopes = scopes_with(me_of(request).grants, "editor")
    scope = editing.change.scope if editing.change else next(iter(scopes)) if len(scopes) == 1 else ""
    asked, on = request.query_params, today()
    known = {name: asked[name] for name in _ASKED if asked.get(name)} if editing.kind == ENTITLEMENT else {}
    return {
        "stage": "public",
        "checked_on": on.isoformat(),
        "review_by": next_review(on, has_amount=editing.kind == "entitlement").isoformat(),
        **({"authority": ENGLAND if scope == NATIONAL else scope} if scope else {}),
        **({"in_force": "yes"} if editing.kind == "entitlement" else {}),
        **({"status": "open"} if editing.kind == "service" else {}),
        **known,
    }


ROUTES = (Route(_ROUTE, form), Route(_ROUTE, send, methods=["POST"]))
