"""What people told us: the list, one report, and the answer that its writer reads with their code."""

from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import now
from offer.db.errors import Refused
from offer.feedback.told import KINDS, STATES, clean
from offer.pages.listing import Link
from offer.pages.staff.view import StaffPage, me_of, said, show
from offer.staff.acts import answer_report
from offer.staff.reading import Told, document, report_of, told
from offer.staff.roles import NATIONAL, may, scope_of, scopes_with

PATH = "/staff/reports"
LONGEST = 400  # signs of an answer
_SHAPES = {"new": "●", "read": "◔", "changed": "✓", "kept": "="}
_STANDS = {"new": "New", "read": "Being checked", "changed": "Page changed", "kept": "Page is right"}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report in a list."""

    link: Link
    about: str
    kind: str
    day: date
    shape: str
    stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsPage(StaffPage):
    """Those that wait, or all (`every`)."""

    every: bool
    lines: tuple[ReportLine, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way a report can stand, in the words its writer reads."""

    value: str
    name: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage(StaffPage):
    """One report. `entry` leads to the staff page of what it is about; None where that is gone."""

    href: str
    about: str
    entry: Link | None
    kind: str
    text: str
    day: date
    version: int
    choices: tuple[Choice, ...]
    answer: str
    longest: int
    answer_fault: str
    can_answer: bool


def report_line(each: Told, about: str) -> ReportLine:
    """A report as lists show it."""
    link = Link(f"{PATH}/{each.id}", f"Report {each.id}")
    return ReportLine(
        link, about, _kind(each), each.day, _SHAPES.get(each.state, "●"), _STANDS.get(each.state, "")
    )


def title_of(request: Request, slug: str) -> str:
    """The public title of an entry; its slug where it is not public."""
    entry = request.app.state.live.published.entries.get(slug)
    return entry.title if entry else slug


def _kind(each: Told) -> str:
    return KINDS.get(each.kind, each.kind)


async def listed(request: Request) -> Response:
    """GET /staff/reports; with `all` the answered ones too."""
    me, every = me_of(request), "all" in request.query_params
    found = await told(request.app.state.live.database, scopes_with(me.grants, "viewer"), waiting=not every)
    lines = tuple(report_line(each, title_of(request, each.slug)) for each in found)
    return show(request, "reports", ReportsPage(title="Reports", path=PATH, me=me, every=every, lines=lines))


async def one(request: Request) -> Response:
    """GET /staff/reports/{report}."""
    done = "Saved. Whoever wrote it reads this with their code." if "answered" in request.query_params else ""
    return await _page(request, done=done)


async def answer(request: Request) -> Response:
    """POST /staff/reports/{report}."""
    me, form = me_of(request), await request.form()
    state, words = said(form, "state"), clean(said(form, "answer", 5_000))
    number = request.path_params["report"]
    if len(words) > LONGEST:
        fault = f"That is {len(words) - LONGEST} letters too many. Keep it to {LONGEST}."
        return await _page(request, state=state, words=words, answer_fault=fault, status=422)
    try:
        await answer_report(request.app.state.live.database, number, state, words, me.by, now())
    except Refused as fault:
        return await _page(request, words=words, error=str(fault), status=422)
    return RedirectResponse(f"{PATH}/{number}?answered", 303)


async def _page(
    request: Request,
    *,
    state: str = "",
    words: str | None = None,
    done: str = "",
    error: str = "",
    answer_fault: str = "",
    status: int = 200,
) -> Response:
    me, connection = me_of(request), request.app.state.live.database
    held = await report_of(connection, request.path_params["report"])
    if held is None:
        raise HTTPException(404)
    entry = await document(connection, "entitlement", held.slug)
    scope = scope_of(entry.authority) if entry else NATIONAL
    chosen = state or held.state
    view = ReportPage(
        title=f"{'Error: ' if error or answer_fault else ''}Report {held.id}",
        me=me,
        done=done,
        error=error,
        href=f"{PATH}/{held.id}",
        about=entry.title if entry else held.slug,
        entry=Link(f"/staff/entries/entitlement/{held.slug}", entry.title) if entry else None,
        kind=_kind(held),
        text=held.text,
        day=held.day,
        version=held.version,
        choices=tuple(Choice(each, _STANDS[each], STATES[each], each == chosen) for each in STATES),
        answer=held.answer if words is None else words,
        longest=LONGEST,
        answer_fault=answer_fault,
        can_answer=may(me.grants, "editor", scope),
    )
    return show(request, "report", view, status)


ROUTES = (
    Route(PATH, listed),
    Route(f"{PATH}/{{report:int}}", one),
    Route(f"{PATH}/{{report:int}}", answer, methods=["POST"]),
)
