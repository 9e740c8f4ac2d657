"""One document for staff: how it stands, where it is being changed, and "still right" in one press."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.addresses import entry_href, service_href
from offer.clock import now, today
from offer.db.errors import Refused
from offer.eligibility.wording import said_day
from offer.live import live_of
from offer.pages.staff.changes import ChangeLine, change_line
from offer.pages.staff.entries import KIND_NAMES, PATH, Mark, marks_of
from offer.pages.staff.reports import ReportLine, report_line
from offer.pages.staff.view import StaffPage, me_of, place_name, said, show
from offer.staff.acts import STILL_RIGHT, done_just_now, still_right
from offer.staff.change_rows import open_changes_of
from offer.staff.due import Held, next_review
from offer.staff.reading import document, reports_about
from offer.staff.roles import may, scope_of
from offer.staff.versions import Version, body_of_version, versions
from offer.staff.words.fields import texts_of
from offer.staff.words.reading import EASY, FEWEST, grade, words_of

_ROUTE = f"{PATH}/{{kind}}/{{slug}}"
GONE = "It was taken away from the public. An approver can bring an earlier version back."
_SCHOOL_STARTS = 5  # years: grade 6 is about age 11


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage(StaffPage):
    """How a document stands. `opened`: its newest revision. `can_check`: "still right" may be pressed.

    `open_changes`: the changes on their way that hold it. `reading`: how hard its words are to read, or "".
    """

    href: str
    public_href: str
    name: str
    kind: str
    place: str
    marks: tuple[Mark, ...]
    confidence: str
    checked_on: date
    review_by: date
    next_review: date
    opened: int
    can_check: bool
    why_not: str
    open_changes: tuple[ChangeLine, ...]
    can_take_away: bool
    can_edit: bool
    reading: str
    reports: tuple[ReportLine, ...]

    @property
    def called(self) -> str:
        """What its kind is called: "entry", "place"."""
        return KIND_NAMES[self.kind]


async def one(request: Request) -> Response:
    """GET /staff/entries/{kind}/{slug}."""
    done = ""
    if "checked" in request.query_params:
        done = "Checked today. The public page says so now."
    return await _page(request, done=done)


async def check(request: Request) -> Response:
    """POST …/still-right: dated today and published; the page with the reason where it cannot be."""
    me, form = me_of(request), await request.form()
    kind, slug = request.path_params["kind"], request.path_params["slug"]
    typed = said(form, "opened", 9)
    opened = int(typed) if typed.isascii() and typed.isdigit() else 0
    live = live_of(request)
    try:
        await still_right(live.database, kind, slug, opened, me.by, now(), today())
    except Refused as fault:
        if not await done_just_now(live.database, kind, slug, opened, STILL_RIGHT, me.by):
            return await _page(request, error=str(fault), status=409)
    if live.watch is not None:
        await live.watch.look()  # so that whoever pressed it sees it at once
    return RedirectResponse(f"{PATH}/{kind}/{slug}?checked", 303)


async def _page(request: Request, *, done: str = "", error: str = "", status: int = 200) -> Response:
    me, on, connection = me_of(request), today(), live_of(request).database
    kind, slug = request.path_params["kind"], request.path_params["slug"]
    held = await document(connection, kind, slug)
    if held is None:
        raise HTTPException(404)
    editor = may(me.grants, "editor", scope_of(held.authority))
    reports = await reports_about(connection, kind, slug, scope_of(held.authority))
    body = await body_of_version(connection, kind, slug, held.number) or {}
    kept = await versions(connection, kind, slug)
    view = EntryPage(
        title=f"Error: {held.title}" if error else held.title,
        me=me,
        done=done,
        error=error,
        href=f"{PATH}/{kind}/{slug}",
        public_href=_public_href(held),
        name=held.title,
        kind=kind,
        place=place_name(request, scope_of(held.authority)),
        marks=marks_of(held, on),
        confidence=held.confidence,
        checked_on=held.checked_on,
        review_by=held.review_by,
        next_review=next_review(on, has_amount=held.has_amount),
        opened=held.number,
        can_check=editor and held.is_public,
        why_not=_why_not(held, kept, editor=editor),
        open_changes=tuple(
            change_line(request, each, me.account) for each in await open_changes_of(connection, kind, slug)
        ),
        can_take_away=held.is_public and may(me.grants, "approver", scope_of(held.authority)),
        can_edit=editor,
        reading=_reading(kind, body),
        reports=tuple(report_line(each, held.title) for each in reports),
    )
    return show(request, "entry", view, status)


def _reading(kind: str, body: Mapping[str, Any]) -> str:
    """The reading grade of all its words, as an age; "" where there are too few to tell."""
    text = "\n".join(each.words for each in texts_of(kind, body))
    if len(words_of(text)) < FEWEST:
        return ""
    found = grade(text)
    easy = "easy enough" if found <= EASY else "aim for 11"
    return f"About age {max(5, round(found) + _SCHOOL_STARTS)} ({easy})"


def _why_not(held: Held, kept: Sequence[Version], *, editor: bool) -> str:
    """Why "still right" cannot be pressed; "" where it can."""
    if any(each.since for each in kept) and not any(each.is_public for each in kept):
        return GONE
    if not held.is_public:
        return "Its newest version is not public yet, so there is nothing public to confirm."
    if not editor:
        return (
            f"An editor can say that it is still right. It was last checked on {said_day(held.checked_on)}."
        )
    return ""


def _public_href(held: Held) -> str:
    """Its public page; "" where it has none."""
    if not held.is_public:
        return ""
    hrefs = {"entitlement": entry_href, "service": service_href}
    return hrefs[held.kind](held.slug) if held.kind in hrefs else ""


ROUTES = (Route(_ROUTE, one), Route(f"{_ROUTE}/still-right", check, methods=["POST"]))
