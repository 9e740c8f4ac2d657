"""What everybody reads under "You said, we did": the list, writing one without a report, taking one down."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.addresses import OFFER, SERVICE
from offer.clock import now
from offer.db.errors import Refused
from offer.feedback.subject import key_of, subject_of
from offer.feedback.told import clean
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.reports import PATH as REPORTS
from offer.pages.staff.view import StaffPage, me_of, place_name, said, show
from offer.published import Published
from offer.staff.roles import may, scopes_with
from offer.staff.you_said import DeedFault, Draft, Said, everything_said, take_down, write

PATH = "/staff/you-said"
NO_PAGE = "That is no page of an offer or a service. Copy its address, or leave this empty."
_DONE = {"written": "Saved. It stands on the public page within a few seconds.", "gone": "It is taken down."}
_KINDS = {"entitlements": OFFER, "services": SERVICE}


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One of them. `report` leads to where it can be changed; `remove` is where it is taken down, or ""."""

    id: int
    on: date
    place: str
    about: Link | None
    you_said: str
    we_did: str
    report: Link | None
    remove: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was typed, and what is wrong with it."""

    scope: str = ""
    page: str = ""
    you_said: str = ""
    we_did: str = ""
    page_fault: str = ""
    said_fault: str = ""
    did_fault: str = ""


BLANK = Typed()


@dataclass(frozen=True, slots=True, kw_only=True)
class YouSaidPage(StaffPage):
    """`scopes`: where this person may write one; () for nowhere."""

    lines: tuple[SaidLine, ...]
    scopes: tuple[tuple[str, str], ...]
    typed: Typed


async def listed(request: Request) -> Response:
    """GET /staff/you-said."""
    done = next((words for key, words in _DONE.items() if key in request.query_params), "")
    return await _list(request, done=done)


async def take(request: Request) -> Response:
    """POST /staff/you-said: one that answers no report; its scope is what the rule looked at."""
    me, form = me_of(request), await request.form()
    scope, page = said(form, "scope"), said(form, "page", 400)
    theirs, ours = clean(said(form, "you_said", 5_000)), clean(said(form, "we_did", 5_000))
    live = live_of(request)
    about = read_page(live.published, page)
    if about is None:
        return await _list(request, Typed(scope, page, theirs, ours, page_fault=NO_PAGE), status=422)
    try:
        await write(live.database, Draft(scope, about, theirs, ours), me.by, now())
    except Refused as fault:
        return await _list(request, Typed(scope, page, theirs, ours, **faults_of(fault)), status=422)
    return RedirectResponse(f"{PATH}?written", 303)


def faults_of(fault: Refused) -> dict[str, str]:
    """What was refused, at the box that it is about."""
    return {"did_fault" if isinstance(fault, DeedFault) else "said_fault": str(fault)}


async def remove(request: Request) -> Response:
    """POST /staff/you-said/{said}/remove."""
    number = request.path_params["said"]
    if not await take_down(live_of(request).database, number, me_of(request).by, now()):
        raise HTTPException(404)
    return RedirectResponse(f"{PATH}?gone", 303)


def read_page(published: Published, typed: str) -> str | None:
    """The key of the public page at an address as people copy it; "" for nothing, None for no such page."""
    if not typed:
        return ""
    parts = urlsplit(typed).path.strip("/").split("/")
    group, slug = parts[-2:] if len(parts) > 1 else ("", "")
    key = key_of(_KINDS.get(group, ""), slug)
    return key if key and subject_of(published, key) else None


async def _list(request: Request, typed: Typed = BLANK, *, done: str = "", status: int = 200) -> Response:
    me = me_of(request)
    mine = scopes_with(me.grants, "viewer")
    found = await everything_said(live_of(request).database)
    refused = typed.page_fault or typed.said_fault or typed.did_fault
    view = YouSaidPage(
        title=f"{'Error: ' if refused else ''}You said, we did",
        me=me,
        done=done,
        lines=tuple(_line(request, each) for each in found if each.scope in mine),
        scopes=tuple(
            (scope, place_name(request, scope)) for scope in sorted(scopes_with(me.grants, "editor"))
        ),
        typed=typed,
    )
    return show(request, "you-said", view, status)


def _line(request: Request, each: Said) -> SaidLine:
    subject = subject_of(live_of(request).published, each.about) if each.about else None
    editor = may(me_of(request).grants, "editor", each.scope)
    return SaidLine(
        id=each.id,
        on=each.on,
        place=place_name(request, each.scope),
        about=Link(subject.href, subject.title) if subject else None,
        you_said=each.you_said,
        we_did=each.we_did,
        report=Link(f"{REPORTS}/{each.report}", f"Report {each.report}") if each.report else None,
        remove=f"{PATH}/{each.id}/remove" if editor else "",
    )


ROUTES = (
    Route(PATH, listed),
    Route(PATH, take, methods=["POST"]),
    Route(f"{PATH}/{{said:int}}/remove", remove, methods=["POST"]),
)
