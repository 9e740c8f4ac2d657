"""Every version of a document, what each changed, and bringing one back."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import now
from offer.db.errors import Refused
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.entries import PATH
from offer.pages.staff.me import said_moment
from offer.pages.staff.rule_words import rule_words_of
from offer.pages.staff.view import StaffPage, me_of, said, show
from offer.staff.acts import done_just_now
from offer.staff.differences import Difference, differences
from offer.staff.reading import document
from offer.staff.roles import may, scope_of
from offer.staff.versions import Version, body_of_version, go_back, versions, why_not_back, words_of_back

_ROUTE = f"{PATH}/{{kind}}/{{slug}}/history"
_ORIGINS = {"loaded": "from a file", "imported": "from a feed", "staff": "by staff"}


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: who, when, why, and where the public saw it, in words."""

    link: Link
    who: str
    at: str
    note: str
    shape: str
    stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage(StaffPage):
    """Every version, the newest first."""

    entry: Link
    lines: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage(StaffPage):
    """What one version changed in the one before, `against`; 0: none. `can_go_back`: the button is there."""

    entry: Link
    href: str
    number: int
    line: VersionLine
    against: int
    differences: tuple[Difference, ...]
    opened: int
    can_go_back: bool


async def listed(request: Request) -> Response:
    """GET …/history."""
    kind, slug = _named(request)
    held = await versions(live_of(request).database, kind, slug)
    done = "That version is public again." if "back" in request.query_params else ""
    lines = tuple(_line(f"{PATH}/{kind}/{slug}", each) for each in held)
    entry = await _entry(request)
    view = HistoryPage(
        title=f"Versions of {entry.text}", me=me_of(request), entry=entry, lines=lines, done=done
    )
    return show(request, "history", view)


async def one(request: Request) -> Response:
    """GET …/history/{number}: what it changed in the version before it."""
    return await _page(request)


async def back(request: Request) -> Response:
    """POST …/history/{number}/back."""
    me, form, (kind, slug) = me_of(request), await request.form(), _named(request)
    typed, live = said(form, "opened", 9), live_of(request)
    opened = int(typed) if typed.isascii() and typed.isdigit() else 0
    number = request.path_params["number"]
    try:
        await go_back(live.database, kind, slug, number, opened, me.by, now())
    except Refused as fault:
        if not await done_just_now(live.database, kind, slug, opened, words_of_back(number), me.by):
            return await _page(request, error=str(fault), status=409)
    if live.watch is not None:
        await live.watch.look()
    return RedirectResponse(f"{PATH}/{kind}/{slug}/history?back", 303)


async def _page(request: Request, *, error: str = "", status: int = 200) -> Response:
    me, connection, (kind, slug) = me_of(request), live_of(request).database, _named(request)
    number, held = request.path_params["number"], await versions(connection, kind, slug)
    chosen = next((each for each in held if each.number == number), None)
    document_held = await document(connection, kind, slug)
    after = await body_of_version(connection, kind, slug, number)
    if chosen is None or after is None or document_held is None:
        raise HTTPException(404)
    before = await body_of_version(connection, kind, slug, number - 1)
    published = live_of(request).published
    approver = may(me.grants, "approver", scope_of(document_held.authority))
    view = VersionPage(
        title=f"{'Error: ' if error else ''}Version {number} of {document_held.title}",
        me=me,
        error=error,
        entry=await _entry(request),
        href=f"{PATH}/{kind}/{slug}/history/{number}",
        number=number,
        line=_line(f"{PATH}/{kind}/{slug}", chosen),
        against=number - 1 if before else 0,
        differences=differences(before, after, rule_words_of(published), published.names) if before else (),
        opened=held[0].number,
        can_go_back=approver and not why_not_back(held, number),
    )
    return show(request, "version", view, status)


def _named(request: Request) -> tuple[str, str]:
    return request.path_params["kind"], request.path_params["slug"]


async def _entry(request: Request) -> Link:
    kind, slug = _named(request)
    held = await document(live_of(request).database, kind, slug)
    if held is None:
        raise HTTPException(404)
    return Link(f"{PATH}/{kind}/{slug}", held.title)


def _line(href: str, each: Version) -> VersionLine:
    if each.is_public:
        shape, stands = "●", f"Public since list {each.since}"
    elif each.since is not None:
        last = (each.until or each.since + 1) - 1
        lists = f"list {last}" if last == each.since else f"lists {each.since} to {last}"
        shape, stands = "○", f"Was public, in {lists}"
    elif each.state == "draft":
        shape, stands = "✎", "Draft, never public"
    else:
        shape, stands = "·", "Never public"
    who = f"{each.author}, {_ORIGINS.get(each.origin, each.origin)}"
    link = Link(f"{href}/history/{each.number}", f"Version {each.number}")
    return VersionLine(link, who, said_moment(each.at), each.note, shape, stands)


ROUTES = (
    Route(_ROUTE, listed),
    Route(f"{_ROUTE}/{{number:int}}", one),
    Route(f"{_ROUTE}/{{number:int}}/back", back, methods=["POST"]),
)
