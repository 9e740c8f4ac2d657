"""A file that says something else than staff wrote: what differs, and taking it or not."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import now
from offer.db.errors import Refused
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.entries import Mark
from offer.pages.staff.me import said_moment
from offer.pages.staff.rule_words import rule_words_of
from offer.pages.staff.view import StaffPage, me_of, place_name, said, show
from offer.staff import review_items
from offer.staff.change_rows import open_changes_of
from offer.staff.differences import Difference, differences
from offer.staff.roles import may

ITEM = "/staff/items/{item:int}"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions and what differs, under a heading."""

    heading: str
    found: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPage(StaffPage):
    """One thing that waits. `sure`: to be chosen before it may be public; empty where somebody did."""

    name: str
    href: str
    entry: Link
    place: str
    mark: Mark
    about: str
    compared: tuple[Compared, ...]
    opened: int
    can_decide: bool
    sure: tuple[str, ...]
    take_words: str
    decline_words: str
    changes: tuple[Link, ...]


async def item(request: Request) -> Response:
    """GET /staff/items/{item}."""
    return await _item_page(request)


async def take_item(request: Request) -> Response:
    """POST …/take: into a new draft change."""
    me, form, number = me_of(request), await request.form(), request.path_params["item"]
    connection = live_of(request).database
    try:
        change = await review_items.take(connection, number, number_in(said(form, "opened")), me.by, now())
    except Refused as fault:
        return await _item_page(request, error=str(fault), status=409)
    return RedirectResponse(f"/staff/changes/{change}", 303)


async def decline_item(request: Request) -> Response:
    """POST …/decline."""
    me, number = me_of(request), request.path_params["item"]
    try:
        await review_items.decline(live_of(request).database, number, me.by, now())
    except Refused as fault:
        return await _item_page(request, error=str(fault), status=409)
    return RedirectResponse(f"/staff/items/{number}", 303)


async def _item_page(request: Request, *, error: str = "", status: int = 200) -> Response:
    me, connection = me_of(request), live_of(request).database
    held = await review_items.item_of(connection, request.path_params["item"])
    if held is None:
        raise HTTPException(404)
    words, is_open = rule_words_of(live_of(request).published), held.state == "open"
    name = str(held.ours.get("title") or held.ours.get("name") or held.slug)
    found = differences(held.ours, held.theirs, words)
    view = IncomingPage(
        title=f"{'Error: ' if error else ''}A file differs: {name}",
        me=me,
        error=error,
        name=f"A file differs: {name}",
        href=f"/staff/items/{held.id}",
        entry=Link(f"/staff/entries/{held.kind}/{held.slug}", name),
        place=place_name(request, held.scope),
        mark=Mark("◔" if is_open else "✓", review_items.STATES.get(held.state, held.state)),
        about=f"{held.file} was loaded on {said_moment(held.at)}. Staff had changed the same {held.kind}.",
        compared=(Compared("What the file would change in what staff wrote", found),),
        opened=held.number,
        can_decide=is_open and may(me.grants, "editor", held.scope),
        sure=(),
        take_words="Put what the file says into a draft change",
        decline_words="Keep what staff wrote",
        changes=await changes_with(request, held.kind, held.slug),
    )
    return show(request, "incoming", view, status)


async def changes_with(request: Request, kind: str, slug: str) -> tuple[Link, ...]:
    """The changes under way that hold a document."""
    held = await open_changes_of(live_of(request).database, kind, slug)
    return tuple(Link(f"/staff/changes/{each.id}", each.title) for each in held)


def number_in(text: str) -> int:
    """The number that stands in a field; 0 for none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


ROUTES = (
    Route(ITEM, item),
    Route(f"{ITEM}/take", take_item, methods=["POST"]),
    Route(f"{ITEM}/decline", decline_item, methods=["POST"]),
)
