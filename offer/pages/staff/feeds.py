"""What came from other directories: what there is to decide, and one record taken or declined."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import now, today
from offer.db.errors import Refused
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.entries import Mark
from offer.pages.staff.incoming import Compared, IncomingPage, changes_with, number_in
from offer.pages.staff.rule_words import rule_words_of
from offer.pages.staff.view import StaffPage, me_of, place_name, said, show
from offer.staff import feeds
from offer.staff.differences import differences
from offer.staff.feeds import STANDINGS, TO_DECIDE, Came
from offer.staff.roles import may, scopes_with

PATH = "/staff/feeds"
RECORD = f"{PATH}/{{feed:int}}/{{kind}}/{{slug}}"
SURE = ("found in source", "partly", "existence only", "council paper")
_STALE = "Somebody saved this after you opened it."


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record of a feed in a list."""

    link: Link
    kind: str
    place: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class FeedPart:
    """One feed: what is to decide, and how many records there is nothing to decide about."""

    url: str
    lines: tuple[RecordLine, ...]
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsPage(StaffPage):
    """Every feed with records in this person's places."""

    feeds: tuple[FeedPart, ...]


async def listed(request: Request) -> Response:
    """GET /staff/feeds."""
    me, connection = me_of(request), live_of(request).database
    found = await feeds.came(connection, scopes_with(me.grants, "viewer"))
    urls = dict.fromkeys(each.url for each in found)
    parts = tuple(_part(request, url, [each for each in found if each.url == url]) for url in urls)
    return show(request, "feeds", FeedsPage(title="Feeds", path=PATH, me=me, feeds=parts))


def _part(request: Request, url: str, records: list[Came]) -> FeedPart:
    waiting = [each for each in records if each.standing in (*TO_DECIDE, "ours")]
    lines = tuple(
        RecordLine(
            Link(_href(each), each.name), each.kind, place_name(request, each.scope),
            Mark(*STANDINGS[each.standing]),
        )
        for each in sorted(waiting, key=lambda one: one.standing == "ours")
    )  # fmt: skip
    return FeedPart(url, lines, len(records) - len(waiting))


def _href(each: Came) -> str:
    return f"{PATH}/{each.feed}/{each.kind}/{each.slug}"


async def record(request: Request) -> Response:
    """GET /staff/feeds/{feed}/{kind}/{slug}."""
    return await _record_page(request)


async def take_record(request: Request) -> Response:
    """POST …/take: into a new draft change, with what it stands on where that is new too."""
    me, form, held = me_of(request), await request.form(), await _record(request)
    sure = said(form, "sure")
    try:
        _refuse_late(held, said(form, "opened"))
        if held.ready is None and sure not in SURE:
            raise Refused("Say how sure you are first.")
        change = await feeds.take(live_of(request).database, held, sure, me.by, now(), today())
    except Refused as fault:
        return await _record_page(request, error=str(fault), status=409)
    return RedirectResponse(f"/staff/changes/{change}", 303)


async def decline_record(request: Request) -> Response:
    """POST …/decline."""
    me, form, held = me_of(request), await request.form(), await _record(request)
    try:
        _refuse_late(held, said(form, "opened"))
        await feeds.decline(live_of(request).database, held, me.by, now())
    except Refused as fault:
        return await _record_page(request, error=str(fault), status=409)
    return RedirectResponse(_href(held), 303)


def _refuse_late(held: Came, opened: str) -> None:
    if number_in(opened) != held.number:
        raise Refused(_STALE, "Look at it again.")
    if held.standing not in TO_DECIDE:
        raise Refused("There is nothing to decide about it any more.")


async def _record(request: Request) -> Came:
    named = request.path_params
    connection = live_of(request).database
    held = await feeds.record_of(connection, named["feed"], named["kind"], named["slug"])
    if held is None:
        raise HTTPException(404)
    return held


async def _record_page(request: Request, *, error: str = "", status: int = 200) -> Response:
    me, held = me_of(request), await _record(request)
    decides = held.standing in TO_DECIDE and may(me.grants, "editor", held.scope)
    view = IncomingPage(
        title=f"{'Error: ' if error else ''}From a feed: {held.name}",
        me=me,
        error=error,
        name=held.name,
        href=_href(held),
        entry=Link(f"/staff/entries/{held.kind}/{held.slug}", held.name),
        place=place_name(request, held.scope),
        mark=Mark(*STANDINGS[held.standing]),
        about=f"It came from {held.url}. What staff changed here was kept; the rest is as the feed has it.",
        compared=_compared(request, held),
        opened=held.number,
        can_decide=decides,
        sure=SURE if held.ready is None else (),
        take_words=_take_words(held),
        decline_words="Keep it open" if held.standing in ("missing", "ended") else "Do not take it",
        changes=await changes_with(request, held.kind, held.slug),
    )
    return show(request, "incoming", view, status)


def _take_words(held: Came) -> str:
    return {
        "new": "Put it into a draft change, to make it public",
        "ended": "Close it in a draft change",
        "missing": "Close it now, in a draft change",
    }.get(held.standing, "Put what came into a draft change")


def _compared(request: Request, held: Came) -> tuple[Compared, ...]:
    """What came against what was ready, and what the feed says where staff wrote otherwise."""
    words = rule_words_of(live_of(request).published)
    came = differences(held.ready or {}, held.waiting, words)
    theirs = {each: held.feed_says.get(each) for each in held.differs}
    ours = {each: held.waiting.get(each) for each in held.differs}
    first = "What it says" if held.ready is None else "What came since"
    return (
        Compared(first, came),
        Compared(
            "What staff wrote otherwise, and what the feed says there", differences(ours, theirs, words)
        ),
    )


ROUTES = (
    Route(PATH, listed),
    Route(RECORD, record),
    Route(f"{RECORD}/take", take_record, methods=["POST"]),
    Route(f"{RECORD}/decline", decline_record, methods=["POST"]),
)
