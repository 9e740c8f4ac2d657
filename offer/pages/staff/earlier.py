"""The catalogue as it stood on a day, for whoever is asked what the page said then."""

from dataclasses import dataclass
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.catalogue.reading import NotPublished
from offer.clock import LONDON, today
from offer.eligibility.wording import said_day
from offer.live import live_of
from offer.pages.fields import Choice
from offer.pages.listing import Link
from offer.pages.staff.entries import PATH as ENTRIES
from offer.pages.staff.scoped import scope_asked, scope_picks
from offer.pages.staff.view import StaffPage, me_of, place_name, show
from offer.staff.earlier_list import STATES, Then, beside_now
from offer.staff.gaps.places import codes_of_scope

PATH = "/staff/earlier"
BAD_DAY = "Type a day before today."


@dataclass(frozen=True, slots=True)
class ThenLine:
    """One entry then, with how it stands now in a shape and words."""

    link: Link
    shape: str
    stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierPage(StaffPage):
    """`words`: which list it is, or why there is none. `fault`: what is wrong with the day."""

    place: str
    scope: str
    picks: tuple[Choice, ...]
    day: date
    latest: date
    fault: str
    words: str
    counts: tuple[tuple[str, str, int], ...]
    lines: tuple[ThenLine, ...]


async def on_a_day(request: Request) -> Response:
    """GET /staff/earlier?scope=E10000019&day=2026-10-01."""
    scope, typed, latest = scope_asked(request), request.query_params.get("day", ""), today()
    try:
        day = date.fromisoformat(typed) if typed else latest - timedelta(days=1)
    except ValueError:
        return _page(request, scope, latest - timedelta(days=1), fault=BAD_DAY)
    if day >= latest:
        return _page(request, scope, day, fault=BAD_DAY)
    live = live_of(request)
    try:
        held = await live.earlier.on(live.database, day, live.published)
    except NotPublished:
        return _page(request, scope, day, words=f"Nothing was public on {said_day(day)}.")
    codes = codes_of_scope(live.published.places, scope, latest)
    at = said_day(held.at.astimezone(LONDON).date())
    words = f"List {held.published.version}, published on {at}. Today it is list {live.published.version}."
    return _page(request, scope, day, words, beside_now(held.published, live.published, codes))


def _page(
    request: Request, scope: str, day: date, words: str = "", found: tuple[Then, ...] = (), fault: str = ""
) -> Response:
    place = place_name(request, scope)
    view = EarlierPage(
        title=f"{'Error: ' if fault else ''}Earlier lists: {place}",
        path="/staff/gaps",
        me=me_of(request),
        place=place,
        scope=scope,
        picks=scope_picks(request, scope),
        day=day,
        latest=today() - timedelta(days=1),
        fault=fault,
        words=words,
        counts=tuple((*STATES[state], sum(each.state == state for each in found)) for state in STATES)
        if found
        else (),
        lines=tuple(
            ThenLine(Link(f"{ENTRIES}/entitlement/{each.slug}/history", each.title), *STATES[each.state])
            for each in found
        ),
    )
    return show(request, "earlier", view, 422 if fault else 200)


ROUTES = (Route(PATH, on_a_day),)
