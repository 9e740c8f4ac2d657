"""A document as YAML, for those who prefer it: the same draft as every form, with faults by their line."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.catalogue.documents import KINDS, body_of, slug_of
from offer.catalogue.files import SUFFIX, FileRecord, read_raw
from offer.catalogue.revisions import ChangedMeanwhile
from offer.catalogue.yaml_text import write
from offer.clock import now
from offer.db.errors import Refused
from offer.live import live_of
from offer.pages.staff.entries import PATH
from offer.pages.staff.part import CHANGES, PartPage, opened, part_of
from offer.pages.staff.view import me_of, said, show
from offer.staff.change import scope_of_body
from offer.staff.part_edit import Draft, keep_part, mark_of

_ROUTE = f"{PATH}/{{kind}}/{{slug}}/yaml"
MEANWHILE = (
    "Somebody else changed this after you opened it. Nothing of yours is lost: it stands below. Theirs is "
    "under it. Bring the two together, then press Save again."
)
OTHER_COUNCIL = "The authority stays as it is: an entry does not move to another council."


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong, the number of its line from 1, and what stands there."""

    line: int
    reason: str
    there: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlPage(PartPage):
    """`text`: what was typed. `theirs`: what somebody else saved meanwhile, "" without a conflict."""

    text: str
    rows: int
    faults: tuple[LineFault, ...]
    theirs: str


async def shown(request: Request) -> Response:
    """GET …/yaml."""
    _known_kind(request)
    draft = await opened(request)
    return await _page(request, draft, write(draft.body), _mark(draft))


async def saved(request: Request) -> Response:
    """POST …/yaml."""
    _known_kind(request)
    form = await request.form()
    draft, typed, was = await opened(request, form), form.get("text", ""), said(form, "was")
    text = typed.replace("\r\n", "\n") if isinstance(typed, str) else ""
    read = read_text(draft, text)
    if not isinstance(read, BaseModel):
        return await _page(request, draft, text, was, faults=read, status=422)
    live, new = live_of(request), body_of(read)
    whole: Mapping[str, Any] = {name: new.get(name) for name in (*new, *draft.body)}
    try:
        change = await keep_part(live.database, draft, whole, was, me_of(request).by, now())
    except ChangedMeanwhile:
        theirs = write(draft.body)
        return await _page(request, draft, text, _mark(draft), error=MEANWHILE, theirs=theirs, status=409)
    except Refused as fault:
        return await _page(request, draft, text, was, error=str(fault), status=409)
    return RedirectResponse(f"{CHANGES}/{change}", 303)


def read_text(draft: Draft, text: str) -> BaseModel | tuple[LineFault, ...]:
    """The document of a text, or every fault that keeps it out."""
    lines = text.split("\n")
    found = read_raw(KINDS[draft.kind], Path(draft.slug + SUFFIX), text.encode("utf-8", "replace"))
    if isinstance(found, FileRecord):
        return _same_place(draft, found, lines)
    at = (min(max(each.line, 1), len(lines)) for each in found)
    told = (
        f"The id must stay {draft.slug}." if "must be called" in each.reason else each.reason
        for each in found
    )
    return tuple(LineFault(n, reason, lines[n - 1][:200]) for n, reason in zip(at, told, strict=True))


def _same_place(draft: Draft, found: FileRecord, lines: list[str]) -> BaseModel | tuple[LineFault, ...]:
    """The document, if it is still of its council and written as documents are now."""
    if found.carried or slug_of(found.document) != draft.slug:
        return (LineFault(1, "This is an older way to write it. Load it as a file instead.", lines[0][:200]),)
    if scope_of_body(body_of(found.document)) != scope_of_body(draft.body):
        at = next((n for n, line in enumerate(lines) if line.startswith("authority:")), 0)
        return (LineFault(at + 1, OTHER_COUNCIL, lines[at][:200]),)
    return found.document


def _mark(draft: Draft) -> str:
    return mark_of(draft.body, draft.body)


def _known_kind(request: Request) -> None:
    if request.path_params["kind"] not in KINDS:
        raise HTTPException(404)


async def _page(
    request: Request,
    draft: Draft,
    text: str,
    was: str,
    *,
    faults: tuple[LineFault, ...] = (),
    theirs: str = "",
    error: str = "",
    status: int = 200,
) -> Response:
    title = f"As YAML: {draft.title}"
    view = YamlPage(
        title=f"Error: {title}" if status >= 400 else title,
        me=me_of(request),
        error=error,
        part=await part_of(request, draft, "yaml", was),
        text=text,
        rows=min(max(text.count("\n") + 2, 12), 40),
        faults=faults,
        theirs=theirs,
    )
    return show(request, "yaml", view, status)


ROUTES = (Route(_ROUTE, shown), Route(_ROUTE, saved, methods=["POST"]))
