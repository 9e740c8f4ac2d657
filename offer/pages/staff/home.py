"""The first page after signing in: what waits for somebody, in this person's places."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.clock import today
from offer.feedback.subject import title_of
from offer.live import live_of
from offer.looking.gaps import SHOWN_FROM
from offer.looking.store import read as read_counts
from offer.pages.listing import Link
from offer.pages.staff.changes import ChangeLine, change_line
from offer.pages.staff.entries import EntryLine, Filter, filters_of, line_of
from offer.pages.staff.me import said_moment
from offer.pages.staff.money import figures_of
from offer.pages.staff.reports import ReportLine, report_line
from offer.pages.staff.view import StaffPage, me_of, place_name, show
from offer.staff.change_rows import changes
from offer.staff.due import Held, with_status
from offer.staff.money import is_march
from offer.staff.reading import documents, open_items, told
from offer.staff.roles import NATIONAL, ROLE_WORDS, scope_of, scopes_with

FEW = 5
MOST_SEARCHES = 10
LOOKED_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A difference between a file and what staff have."""

    link: Link
    file: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(StaffPage):
    """`may`: place and role in words. `searches`: words and how often. `april`: figures that end.

    `begins`: the councils of which nothing is written yet, each with the page it begins on.
    """

    may: tuple[tuple[str, str], ...]
    tally: tuple[Filter, ...]
    failed: tuple[ChangeLine, ...]
    in_review: tuple[ChangeLine, ...]
    mine: tuple[ChangeLine, ...]
    reports: tuple[ReportLine, ...]
    more_reports: int
    overdue: tuple[EntryLine, ...]
    more_overdue: int
    soon: tuple[EntryLine, ...]
    items: tuple[ItemLine, ...]
    searches: tuple[tuple[str, int], ...]
    looked_back: int
    april: int
    begins: tuple[Link, ...]


async def home(request: Request) -> Response:
    """GET /staff."""
    me, on, connection = me_of(request), today(), live_of(request).database
    scopes = scopes_with(me.grants, "viewer")
    found = await documents(connection, scopes)
    waiting, published = await told(connection, scopes, waiting=True), live_of(request).published
    counts = await read_counts(connection, on - LOOKED_BACK)
    overdue = with_status(found, "overdue", on)
    on_their_way = await changes(connection, scopes)
    lines = {each.id: change_line(request, each, me.account) for each in on_their_way}
    view = HomePage(
        title="Staff home",
        path="/staff",
        me=me,
        may=tuple((place_name(request, each.scope), ROLE_WORDS[each.role]) for each in sorted(me.grants)),
        tally=tuple(each for each in filters_of(found, "", on)[1:] if each.count),
        failed=tuple(lines[each.id] for each in on_their_way if each.refused),
        in_review=tuple(lines[each.id] for each in on_their_way if each.state == "review"),
        mine=tuple(lines[e.id] for e in on_their_way if e.state == "draft" and lines[e.id].is_mine)[:FEW],
        reports=tuple(report_line(each, title_of(published, each.slug)) for each in waiting[:FEW]),
        more_reports=max(0, len(waiting) - FEW),
        overdue=_few(request, overdue, on),
        more_overdue=max(0, len(overdue) - FEW),
        soon=_few(request, with_status(found, "soon", on), on),
        items=await _items(request, found),
        searches=searches_of(counts.searches) if scopes else (),
        looked_back=LOOKED_BACK.days,
        april=len(figures_of(published, scopes, on)) if is_march(on) else 0,
        begins=tuple(_begins(request, found)),
    )
    return show(request, "home", view)


def _begins(request: Request, found: Iterable[Held]) -> Iterator[Link]:
    """The councils of this person's that have no document at all, where they may write one."""
    written = {scope_of(each.authority) for each in found} | {NATIONAL}
    for scope in sorted(scopes_with(me_of(request).grants, "editor") - written):
        yield Link(f"/staff/councils/{scope}", place_name(request, scope))


def searches_of(searches: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """What was searched and not found, the commonest first; what was asked seldom is left out."""
    often = ((words, count) for words, count in searches.items() if count >= SHOWN_FROM)
    return tuple(sorted(often, key=lambda pair: (-pair[1], pair[0]))[:MOST_SEARCHES])


def _few(request: Request, found: list[Held], on: date) -> tuple[EntryLine, ...]:
    return tuple(line_of(request, each, on) for each in found[:FEW])


async def _items(request: Request, found: list[Held]) -> tuple[ItemLine, ...]:
    titles = {(each.kind, each.slug): each.title for each in found}
    items = await open_items(live_of(request).database)
    mine = ((each, titles[each.kind, each.slug]) for each in items if (each.kind, each.slug) in titles)
    return tuple(
        ItemLine(Link(f"/staff/items/{each.id}", title), each.file, said_moment(each.at))
        for each, title in mine
    )


ROUTES = (Route("/staff", home),)
