"""Editing a document: the form, the buttons that only change the form, and saving it as a draft."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from offer.caching import PRIVATE
from offer.catalogue.documents import KINDS
from offer.catalogue.revisions import ChangedMeanwhile
from offer.clock import now
from offer.db.errors import Refused
from offer.live import live_of
from offer.pages.staff.edit_clash import chosen_of, clash_page
from offer.pages.staff.edit_model import Editing
from offer.pages.staff.edit_view import Sent, change_named, edit_page, read_form, sent_of
from offer.pages.staff.entries import PATH
from offer.pages.staff.preview import preview_of
from offer.pages.staff.view import me_of
from offer.staff.change import scope_of_body
from offer.staff.change_rows import open_changes_of
from offer.staff.editing.acts import act_on
from offer.staff.editing.asked import CARRIED
from offer.staff.editing.drafts import Draft, Opened, keep, meanwhile, open_document, own_draft
from offer.staff.editing.faults import FieldFault, faults_of, unknown_fields
from offer.staff.editing.merging import merged
from offer.staff.editing.typed import Typed, filled, unseen

_ROUTE = f"{PATH}/{{kind}}/{{slug}}/edit"
LOOK, LOOK_ONLY, SAVE, CHOOSE = "preview", "look", "save", "choose"
NOT_OURS = "Something was sent that this form does not ask for. It was not saved."
UNSEEN = "There are signs in it that cannot be shown. Type that part again by hand."
NOT_SAVED = "It was not saved. Look at what is marked below."
NOTHING_NEW = "Nothing is different from what is there, so nothing was saved."


async def form(request: Request) -> Response:
    """GET …/edit; `change`: as it stands in that change."""
    opened = await _opened(request, _number(request.query_params.get("change", "")))
    editing = editing_of(opened)
    saved = "saved" in request.query_params
    held = await open_changes_of(live_of(request).database, opened.kind, opened.slug)
    others = [each for each in held if each.scope == scope_of_body(opened.body)]
    return await edit_page(
        request,
        editing,
        filled(editing.specs, opened.body),
        open_changes=others,
        done="Saved as a draft. Nobody but staff sees it." if saved else "",
    )


async def send(request: Request) -> Response:
    """POST …/edit: saved as a draft, or the form again with all that was typed."""
    sent = sent_of(await request.form())
    opened = await _opened(request, sent.number("change"))
    editing = replace(
        editing_of(opened),
        base=sent.number("base"),
        edition=sent.number("edition"),
        was=sent.controls.get("was", ""),
    )
    act = sent.controls.get("act", SAVE)
    if act not in (SAVE, CHOOSE):
        return await turned(request, editing, sent.typed, act)
    if refusal(editing, sent.typed):
        return await refused_page(request, editing, sent.typed)
    return await _save(request, editing, opened, sent)


async def turned(request: Request, editing: Editing, typed: Typed, act: str) -> Response:
    """The form with one box more or less, or with the public page beside it; or that page alone."""
    typed = known(editing, typed)
    if act == LOOK_ONLY:
        shown = preview_of(request, editing.kind, editing.body(read_form(request, editing, typed)))
        return HTMLResponse(shown.html or f"<p>{shown.why_not}</p>", headers=PRIVATE)
    done = act_on(editing.specs, typed, act)
    return await edit_page(request, editing, typed if done is None else done, look=act == LOOK, check=False)


def refusal(editing: Editing, typed: Typed) -> str:
    """Why what was sent is not taken at all; "" where it is."""
    if unknown_fields(editing.specs, typed):
        return NOT_OURS
    return NOT_SAVED if unseen(typed) else ""


async def refused_page(request: Request, editing: Editing, typed: Typed) -> Response:
    """The form with all that was typed and why nothing of it was taken, at its fields."""
    fault, typed = refusal(editing, typed), known(editing, typed)
    faults = [FieldFault(name, UNSEEN) for name in unseen(typed)]
    return await edit_page(request, editing, typed, refused=faults, check=False, error=fault, status=422)


def known(editing: Editing, typed: Typed) -> Typed:
    """What was typed into fields that the form has."""
    unknown = set(unknown_fields(editing.specs, typed))
    return {name: value for name, value in typed.items() if name not in unknown}


async def _save(request: Request, editing: Editing, opened: Opened, sent: Sent) -> Response:
    live, me = live_of(request), me_of(request)
    body = {**editing.body(read_form(request, editing, sent.typed)), **_fixed(opened)}
    draft = _draft(editing, body)
    begins = not draft.change and draft.base == opened.base
    own = await own_draft(live.database, draft, me.account) if begins else None
    if own and scope_of_body(opened.body) == own.scope:
        editing = replace(editing, change=own, was=json.dumps(opened.body, ensure_ascii=False))
        draft = _draft(editing, body)
    found = await meanwhile(live.database, draft)
    if found and not found.found.nothing:
        choices = chosen_of(sent.controls) if sent.controls.get("seen") == found.mark else None
        if choices is None or any(each.unit not in choices for each in found.found.clashes):
            return await clash_page(
                request, editing, draft, found, missing=choices is not None, own=own is not None
            )
        body = merged(
            body,
            found.theirs,
            {**dict.fromkeys((each.unit for each in found.found.theirs_only), "theirs"), **choices},
        )
    if found:
        draft = replace(draft, body=body, base=found.base, edition=found.edition)
    elif not draft.edition and body == opened.body:
        return await edit_page(request, editing, sent.typed, error=NOTHING_NEW, status=422)
    try:
        change = await keep(live.database, draft, me.by, now())
    except Refused as fault:
        status = 409 if isinstance(fault, ChangedMeanwhile) else 422
        return await edit_page(request, editing, sent.typed, error=str(fault), status=status)
    return saved(editing.kind, editing.slug, change, unfinished=is_unfinished(request, editing, body))


def _draft(editing: Editing, body: Mapping[str, Any]) -> Draft:
    change = editing.change.id if editing.change else None
    was = read_was(editing.was)
    return Draft(editing.kind, editing.slug, body, change, editing.base, editing.edition, was)


def saved(kind: str, slug: str, change: int, *, unfinished: bool) -> Response:
    """On to the change; back to the form where something is to be finished."""
    again = f"{PATH}/{kind}/{slug}/edit?change={change}&saved"
    return RedirectResponse(again if unfinished else f"/staff/changes/{change}", 303)


def is_unfinished(request: Request, editing: Editing, body: Mapping[str, Any]) -> bool:
    """Whether something keeps that body from being published."""
    done = read_form(request, editing, filled(editing.specs, body))
    return bool(faults_of(editing.kind, done, carried_of(editing.kind, body)))


def _fixed(opened: Opened) -> dict[str, Any]:
    """What cannot be changed of a document that is there, whatever was sent."""
    return {name: opened.body[name] for name in ("id", "authority") if name in opened.body}


def editing_of(opened: Opened) -> Editing:
    """A document as it was opened; what the form leaves alone comes from there."""
    carried = carried_of(opened.kind, opened.body)
    was = {name: value for name, value in opened.body.items() if name not in carried}
    return Editing(
        kind=opened.kind,
        slug=opened.slug,
        change=opened.change,
        base=opened.base,
        edition=opened.edition,
        was=json.dumps(was, ensure_ascii=False) if opened.edition else "",
        carried={**carried, **_fixed(opened)},
    )


def carried_of(kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a body that other pages edit."""
    return {name: body[name] for name in CARRIED.get(KINDS[kind].model, {}) if name in body}


def read_was(text: str) -> dict[str, Any]:
    """The draft that somebody began from, as their form kept it; empty where it cannot be read."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


async def _opened(request: Request, change: int) -> Opened:
    """The document of the address, in that change if it is one of its scope. 404 for what is not there."""
    connection, named = live_of(request).database, request.path_params
    opened = await open_document(connection, named["kind"], named["slug"], change)
    if opened is None:
        raise HTTPException(404)
    held = await change_named(request, change, scope_of_body(opened.body))
    if change and held is None:
        raise HTTPException(404)
    return opened


ROUTES = (Route(_ROUTE, form), Route(_ROUTE, send, methods=["POST"]))
