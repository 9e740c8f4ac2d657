"""One report: the answer that its writer reads with their code, and what everybody may read of it."""

from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.clock import now
from offer.db.errors import Refused
from offer.feedback.subject import read_key
from offer.feedback.told import KINDS, STATES, clean
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.reports import PATH, SHAPES, STANDS
from offer.pages.staff.view import StaffPage, me_of, said, show
from offer.pages.staff.you_said import faults_of
from offer.staff import you_said
from offer.staff.acts import answer_report
from offer.staff.change_rows import open_changes_of
from offer.staff.reading import Told, document, report_of, scope_of_report
from offer.staff.roles import NATIONAL, may
from offer.staff.rules import RULES
from offer.staff.you_said import Draft, said_about

_PATH = f"{PATH}/{{report:int}}"
LONGEST = 400  # signs of an answer
STILL_NEW = "They would read this beside “Nobody has read it yet”. Choose where it stands now."
_EDIT = "/staff/entries/{kind}/{slug}/edit"
_DONE = {
    "answered": "Saved. Whoever wrote it reads this with their code.",
    "said": "Saved. It stands on the public page “You said, we did” within a few seconds.",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way a report can stand, in the words its writer reads."""

    value: str
    shape: str
    name: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """Both forms as they were typed or as they stand, and what is wrong with them."""

    state: str
    answer: str
    you_said: str
    we_did: str
    answer_fault: str = ""
    said_fault: str = ""
    did_fault: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether something is wrong."""
        return bool(self.answer_fault or self.said_fault or self.did_fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage(StaffPage):
    """One report. `entry` leads to the staff page of what it is about; None where that is gone.

    `edit` is where it can be changed, "" for who may not; `changes` are those already under way.
    `public` is where "You said, we did" tells of it; "" where it does not.
    """

    href: str
    about: str
    entry: Link | None
    edit: str
    changes: tuple[Link, ...]
    kind: str
    text: str
    day: date
    version: int
    choices: tuple[Choice, ...]
    typed: Typed
    public: str
    longest: int
    can_answer: bool


async def one(request: Request) -> Response:
    """GET /staff/reports/{report}."""
    done = next((words for key, words in _DONE.items() if key in request.query_params), "")
    held = await _held(request)
    return await _page(request, held, await _as_it_stands(request, held), done=done)


async def answer(request: Request) -> Response:
    """POST /staff/reports/{report}."""
    me, form, held = me_of(request), await request.form(), await _held(request)
    stands = await _as_it_stands(request, held)
    state, words = said(form, "state"), clean(said(form, "answer", 5_000))
    fault = f"That is {len(words) - LONGEST} letters too many. Keep it to {LONGEST}."
    if len(words) <= LONGEST:
        fault = STILL_NEW if words and state == "new" else ""
    if fault:
        typed = Typed(state, words, stands.you_said, stands.we_did, answer_fault=fault)
        return await _page(request, held, typed, status=422)
    try:
        await answer_report(live_of(request).database, held.id, state, words, me.by, now())
    except Refused as fault:
        typed = Typed("", words, stands.you_said, stands.we_did)
        return await _page(request, held, typed, error=str(fault), status=422)
    return RedirectResponse(f"{PATH}/{held.id}?answered", 303)


async def tell_everybody(request: Request) -> Response:
    """POST /staff/reports/{report}/you-said."""
    me, form, held = me_of(request), await request.form(), await _held(request)
    theirs, ours = clean(said(form, "you_said", 5_000)), clean(said(form, "we_did", 5_000))
    connection = live_of(request).database
    scope = await scope_of_report(connection, held.id) or NATIONAL
    try:
        await you_said.write(connection, Draft(scope, held.slug, theirs, ours, held.id), me.by, now())
    except Refused as fault:
        typed = Typed(held.state, held.answer, theirs, ours, **faults_of(fault))
        return await _page(request, held, typed, status=422)
    return RedirectResponse(f"{PATH}/{held.id}?said", 303)


async def _held(request: Request) -> Told:
    held = await report_of(live_of(request).database, request.path_params["report"])
    if held is None:
        raise HTTPException(404)
    return held


async def _as_it_stands(request: Request, held: Told) -> Typed:
    public = await said_about(live_of(request).database, held.id)
    return Typed(held.state, held.answer, public.you_said if public else "", public.we_did if public else "")


async def _page(
    request: Request, held: Told, typed: Typed, *, done: str = "", error: str = "", status: int = 200
) -> Response:
    me, connection = me_of(request), live_of(request).database
    kind, slug = read_key(held.slug)
    entry, public = await document(connection, kind, slug), await said_about(connection, held.id)
    href = f"/staff/entries/{kind}/{slug}"
    editor = may(me.grants, "editor", held.scope)
    view = ReportPage(
        title=f"{'Error: ' if error or typed.is_refused else ''}Report {held.id}",
        me=me,
        done=done,
        error=error,
        href=f"{PATH}/{held.id}",
        about=entry.title if entry else slug,
        entry=Link(href, entry.title) if entry else None,
        edit=f"{href}/edit" if entry and editor and ("GET", _EDIT) in RULES else "",
        changes=await _changes(connection, kind, slug),
        kind=KINDS.get(held.kind, held.kind),
        text=held.text,
        day=held.day,
        version=held.version,
        choices=_choices(_standing(typed.state or held.state)),
        typed=typed,
        public=f"/you-said?by={public.scope}#said-{public.id}" if public else "",
        longest=LONGEST,
        can_answer=editor,
    )
    return show(request, "report", view, status)


def _standing(state: str) -> str:
    """How it stands once somebody reads it here: who wrote it must not read that nobody has."""
    return "read" if state == "new" else state


def _choices(chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(each, SHAPES[each], STANDS[each], STATES[each], each == chosen) for each in STATES)


async def _changes(connection: BaseDBAsyncClient, kind: str, slug: str) -> tuple[Link, ...]:
    found = await open_changes_of(connection, kind, slug)
    return tuple(Link(f"/staff/changes/{each.id}", each.title) for each in found)


ROUTES = (
    Route(_PATH, one),
    Route(_PATH, answer, methods=["POST"]),
    Route(f"{_PATH}/you-said", tell_everybody, methods=["POST"]),
)
