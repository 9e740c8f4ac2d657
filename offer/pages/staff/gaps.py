"""What a place does not hold yet, and what contradicts itself: each with a way to begin an entry for it."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from directory.coverage import DistrictCoverage, coverage_of
from directory.topics import TOPICS
from offer.addresses import service_href
from offer.clock import today
from offer.council_names import plain_name
from offer.entitlements.schema import ENGLAND
from offer.live import live_of
from offer.looking.gaps import SHOWN_FROM, Unopened
from offer.looking.store import read as read_counts
from offer.pages.fields import Choice
from offer.pages.listing import Link
from offer.pages.staff.entries import PATH as ENTRIES
from offer.pages.staff.scoped import scope_asked, scope_picks
from offer.pages.staff.view import StaffPage, me_of, place_name, show
from offer.staff.checklist import Draft, drafts_of
from offer.staff.gaps.conflicts import Conflict
from offer.staff.gaps.cover import STATES, Cell, TopicCover
from offer.staff.gaps.gather import Missing, RightWithout, ScopeGaps, gather
from offer.staff.roles import NATIONAL, may

PATH = "/staff/gaps"
LOOKED_BACK = timedelta(days=90)
MOST_NAMES = 6  # of councils or districts in a line
MOST_SEARCHES = 50


@dataclass(frozen=True, slots=True)
class CellView:
    """How one topic stands for some ages: a shape, words, and where there is nothing."""

    shape: str
    words: str
    where: str


@dataclass(frozen=True, slots=True)
class TopicRow:
    """One topic with a cell for each band of ages. `begin` is None where there is no hole."""

    title: str
    cells: tuple[CellView, ...]
    begin: Link | None


@dataclass(frozen=True, slots=True)
class HubRow:
    """One district, its hubs and how far half of its people live from one; "" where that is not known."""

    district: str
    hubs: tuple[Link, ...]
    half: str


@dataclass(frozen=True, slots=True)
class Hole:
    """Something that is not there. `others`: who has it, in words; `drafts`: what is written of it."""

    title: str
    topic: str
    others: str
    drafts: tuple[Link, ...]
    begin: Link | None


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """What does not go together, with the entries to look at."""

    link: Link
    words: str
    other: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsPage(StaffPage):
    """Every gap of a place. `counted`: since when searches are counted; None: never."""

    place: str
    picks: tuple[Choice, ...]
    on: date
    entries: int
    councils: int
    holes: tuple[Hole, ...]
    rights: tuple[Hole, ...]
    bands: tuple[str, ...]
    topics: tuple[TopicRow, ...]
    hubs: tuple[HubRow, ...]
    districts: int
    without_hub: int
    searches: tuple[tuple[str, int], ...]
    unopened: tuple[tuple[Link, date | None], ...]
    counted: date | None
    looked_back: int
    shown_from: int
    conflicts: tuple[ConflictLine, ...]
    odd: tuple[ConflictLine, ...]
    national: bool


async def listed(request: Request) -> Response:
    """GET /staff/gaps?scope=E10000019."""
    me, on, scope = me_of(request), today(), scope_asked(request)
    found = await gaps_of_scope(request, scope, on)
    begins = may(me.grants, "editor", scope)
    view = GapsPage(
        title=f"Gaps: {place_name(request, scope)}",
        path=PATH,
        me=me,
        place=place_name(request, scope),
        picks=scope_picks(request, scope),
        on=on,
        entries=found.entries,
        councils=found.councils,
        holes=tuple(_hole(scope, each, begins=begins) for each in found.missing),
        rights=tuple(_right(scope, each, begins=begins) for each in found.rights),
        bands=tuple(f"{cell.band[0]} to {cell.band[1]}" for cell in found.topics[0].cells),
        topics=tuple(_topic(scope, each, begins=begins) for each in found.topics),
        hubs=() if scope == NATIONAL else tuple(map(_hubs, found.hubs)),
        districts=len(found.hubs),
        without_hub=sum(not each.hubs for each in found.hubs),
        searches=tuple((gap.words, gap.times) for gap in found.looked.searches[:MOST_SEARCHES]),
        unopened=tuple((_opened(each), each.new_on) for each in found.looked.unopened),
        counted=found.looked.counted_since,
        looked_back=LOOKED_BACK.days,
        shown_from=SHOWN_FROM,
        conflicts=tuple(_conflicts(request, found.conflicts)),
        odd=tuple(_conflicts(request, found.odd)),
        national=scope == NATIONAL,
    )
    return show(request, "gaps", view)


async def gaps_of_scope(request: Request, scope: str, on: date) -> ScopeGaps:
    """Everything that is missing in a scope."""
    live = live_of(request)
    published, since = live.published, on - LOOKED_BACK
    counts = await read_counts(live.database, since)
    drafts = await drafts_of(live.database, published, scope, on)
    hubs = await asyncio.to_thread(coverage_of, published.directory, on)
    return await asyncio.to_thread(gather, published, scope, hubs, counts, since, drafts, on)


def begin_href(scope: str, topic: str, *, title: str = "", part_of: str = "") -> str:
    """Where an entry for a hole begins, with what is known of it filled in."""
    authority = ENGLAND if scope == NATIONAL else scope
    known = {"authority": authority, "topic": topic, "title": title, "part_of": part_of}
    return f"{ENTRIES}/new/entitlement?{urlencode({name: value for name, value in known.items() if value})}"


def draft_link(draft: Draft) -> Link:
    """Where a draft is worked on: its change, or its page where it stands in none."""
    href = f"/staff/changes/{draft.change}" if draft.change else f"{ENTRIES}/entitlement/{draft.slug}"
    return Link(href, draft.title)


def _begin(scope: str, topic: str, title: str, part_of: str = "", *, named: bool = True) -> Link:
    href = begin_href(scope, topic, title=title if named else "", part_of=part_of)
    return Link(href, title)


def _hole(scope: str, each: Missing, *, begins: bool) -> Hole:
    item = each.item
    right = item.part_of[0] if item.part_of else ""
    drafts = tuple(map(draft_link, each.drafts))
    begin = _begin(scope, item.topic, item.title, right) if begins else None
    return Hole(item.title, TOPICS[item.topic].title, _names(each.others), drafts, begin)


def _right(scope: str, each: RightWithout, *, begins: bool) -> Hole:
    begin = _begin(scope, each.topic, each.title, each.slug) if begins else None
    return Hole(each.title, TOPICS[each.topic].title, _names(each.others), (), begin)


def _topic(scope: str, each: TopicCover, *, begins: bool) -> TopicRow:
    begin = _begin(scope, each.topic, each.title, named=False) if begins and each.has_hole else None
    return TopicRow(each.title, tuple(map(_cell, each.cells)), begin)


def _cell(cell: Cell) -> CellView:
    shape, words = STATES[cell.state]
    if cell.state == "some":
        words = f"local offer in {cell.local} of {cell.districts} districts"
    where = _names([plain_name(name) for name in cell.nothing or cell.without]) if cell.districts > 1 else ""
    return CellView(shape, words, where if cell.state in ("some", "none") else "")


def _hubs(each: DistrictCoverage) -> HubRow:
    half = f"{each.distances.median:.1f} miles" if each.distances else ""
    links = tuple(dict.fromkeys(Link(service_href(hub.slug), hub.name) for hub in each.hubs))
    return HubRow(plain_name(each.district.name), links, half)


def _opened(each: Unopened) -> Link:
    return Link(f"{ENTRIES}/{each.kind}/{each.slug}", each.title)


def _conflicts(request: Request, found: Iterable[Conflict]) -> Iterator[ConflictLine]:
    entries = live_of(request).published.entries
    for each in found:
        other = entries.get(each.other)
        beside = Link(f"{ENTRIES}/entitlement/{other.id}", other.title) if other else None
        yield ConflictLine(Link(f"{ENTRIES}/entitlement/{each.slug}", each.title), each.words, beside)


def _names(names: Iterable[str]) -> str:
    """ "Bolton, Bury and 3 more"."""
    listed = list(names)
    more = len(listed) - MOST_NAMES
    return ", ".join(listed) if more < 2 else f"{', '.join(listed[:MOST_NAMES])} and {more} more"


ROUTES = (Route(PATH, listed),)
