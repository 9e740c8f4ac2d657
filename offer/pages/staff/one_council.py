"""One council as it writes its offer: what is public, what is a draft, what is missing, and its own team."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.places import Area
from directory.topics import TOPICS
from offer.clock import now, today
from offer.db.errors import Refused
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.councils import PATH
from offer.pages.staff.entries import PATH as ENTRIES
from offer.pages.staff.gaps import begin_href, draft_link
from offer.pages.staff.me import said_moment
from offer.pages.staff.view import StaffPage, me_of, place_name, said, show
from offer.staff.checklist import STATES, Line, checklist, drafts_of
from offer.staff.councils import begun
from offer.staff.roles import NATIONAL, Grant, may
from offer.staff.team_draft import Team, faults_of_team, keep_team, team_of

_ROUTE = f"{PATH}/{{scope}}"


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One thing of the list: a shape and words for how it stands, and where it is written."""

    title: str
    shape: str
    stands: str
    links: tuple[Link, ...]
    begin: str


@dataclass(frozen=True, slots=True)
class TopicItems:
    """The things of one topic."""

    title: str
    lines: tuple[ItemLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilPage(StaffPage):
    """`counts`: shape, words and how many of each state. `team` is as it was typed, with its `faults`."""

    scope: str
    place: str
    since: str
    counts: tuple[tuple[str, str, int], ...]
    topics: tuple[TopicItems, ...]
    team: Team
    team_change: int | None
    team_public: bool
    faults: Mapping[str, str]
    can_edit: bool

    @property
    def href(self) -> str:
        """The page itself, which its form and settings go on from."""
        return f"{PATH}/{self.scope}"

    @property
    def can_set(self) -> bool:
        """Whether whoever asks may change the settings of the council."""
        grants = self.me.grants if self.me else frozenset[Grant]()
        return any(may(grants, "admin", scope) for scope in (self.scope, NATIONAL))


async def one(request: Request) -> Response:
    """GET /staff/councils/{scope}."""
    done = ""
    if "begun" in request.query_params:
        done = "The council has begun. Its first admin had an account already, and is now admin here too."
    if "kept" in request.query_params:
        done = "Kept as a draft. Somebody sends it for review, and another person approves it."
    return await _page(request, done=done)


async def contacts(request: Request) -> Response:
    """POST /staff/councils/{scope}/contacts: a draft of the team; nothing is public before its review."""
    me, typed, area = me_of(request), await request.form(), _area(request)
    team = Team(
        said(typed, "team", 120), said(typed, "phone", 40), said(typed, "mail", 254),
        said(typed, "website", 600),
    )  # fmt: skip
    if faults := faults_of_team(area, team, today()):
        return await _page(request, team=team, faults=faults, status=422)
    live = live_of(request)
    try:
        await keep_team(live.database, live.published, area, team, me.by, now())
    except Refused as fault:
        return await _page(request, team=team, error=str(fault), status=409)
    return RedirectResponse(f"{PATH}/{area.gss}?kept", 303)


def _area(request: Request) -> Area:
    area = live_of(request).published.places.authority(request.path_params["scope"])
    if area is None:  # national content has no leaving care team
        raise HTTPException(404)
    return area


async def _page(
    request: Request,
    *,
    team: Team | None = None,
    faults: Mapping[str, str] | None = None,
    done: str = "",
    error: str = "",
    status: int = 200,
) -> Response:
    live, area = live_of(request), _area(request)
    scope, title = area.gss, place_name(request, area.gss)
    held = await team_of(live.database, live.published, area)
    edits = may(me_of(request).grants, "editor", scope)
    lines = await _lines(request, scope)
    view = CouncilPage(
        title=f"Error: {title}" if faults or error else title,
        path=PATH,
        me=me_of(request),
        done=done,
        error=error,
        scope=scope,
        place=title,
        since=await _since(request, scope),
        counts=tuple((*STATES[state], sum(each.state == state for each in lines)) for state in STATES),
        topics=tuple(_topics(scope, lines, edits=edits)),
        team=team or held.team,
        team_change=held.change,
        team_public=held.is_public,
        faults=faults or {},
        can_edit=edits,
    )
    return show(request, "council", view, status)


async def _lines(request: Request, scope: str) -> tuple[Line, ...]:
    """What offers usually hold, and how far this council has come with each."""
    live, on = live_of(request), today()
    drafts = await drafts_of(live.database, live.published, scope, on)
    return tuple(checklist(live.published, scope, drafts, on))


async def _since(request: Request, scope: str) -> str:
    """When the council began here, in words; "" for one that nobody began."""
    since = (await begun(live_of(request).database)).get(scope)
    return said_moment(since) if since else ""


def _topics(scope: str, lines: Iterable[Line], *, edits: bool) -> Iterator[TopicItems]:
    for topic, found in groupby(lines, key=lambda each: each.item.topic):
        yield TopicItems(TOPICS[topic].title, tuple(_line(scope, each, edits=edits) for each in found))


def _line(scope: str, each: Line, *, edits: bool) -> ItemLine:
    item = each.item
    public = (Link(f"{ENTRIES}/entitlement/{slug}", title) for slug, title in each.entries)
    links = (*public, *map(draft_link, each.drafts))
    right = item.part_of[0] if item.part_of else ""
    begin = begin_href(scope, item.topic, title=item.title, part_of=right)
    return ItemLine(item.title, *STATES[each.state], links, begin if edits and each.state == "none" else "")


ROUTES = (Route(_ROUTE, one), Route(f"{_ROUTE}/contacts", contacts, methods=["POST"]))
