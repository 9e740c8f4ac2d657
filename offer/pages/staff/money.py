"""Amounts, percentages and dated terms that end, have ended or may be last year's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.clock import today
from offer.eligibility.wording import said_day
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.entries import PATH as ENTRIES
from offer.pages.staff.entries import Mark
from offer.pages.staff.view import StaffPage, me_of, place_name, show
from offer.published import Published
from offer.staff.money import WHY, Figure, Why, april_ends, figures_to_look_at, tax_year_began
from offer.staff.roles import scope_of, scopes_with

PATH = "/staff/money"


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure: what it says now, whose it is, and its last day or when somebody last looked."""

    link: Link
    place: str
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """All that need a look for the same reason."""

    mark: Mark
    lines: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyPage(StaffPage):
    """The public figures of this person's places."""

    groups: tuple[FigureGroup, ...]
    until: date
    began: date


def figures_of(published: Published, scopes: Iterable[str], on: date) -> tuple[Figure, ...]:
    """What needs a look in some scopes, as the public sees it now."""
    wanted = frozenset(scopes)
    mine = (entry for entry in published.entries.values() if scope_of(entry.authority) in wanted)
    return figures_to_look_at(mine, on)


async def money(request: Request) -> Response:
    """GET /staff/money."""
    me, on = me_of(request), today()
    found = figures_of(live_of(request).published, scopes_with(me.grants, "viewer"), on)
    view = MoneyPage(
        title="Money",
        path=PATH,
        me=me,
        groups=tuple(_group(request, why, found) for why in WHY if any(each.why == why for each in found)),
        until=april_ends(on),
        began=tax_year_began(on),
    )
    return show(request, "money", view)


def _group(request: Request, why: Why, found: Iterable[Figure]) -> FigureGroup:
    lines = tuple(_line(request, each) for each in found if each.why == why)
    return FigureGroup(Mark(*WHY[why]), lines)


def _line(request: Request, each: Figure) -> FigureLine:
    names = live_of(request).published.names
    link = Link(f"{ENTRIES}/entitlement/{each.slug}", each.title)
    place = names.get(each.area, each.area) if each.area else place_name(request, scope_of(each.authority))
    told = {"over": "Last day", "ends": "Last day", "earlier": "Last checked"}[each.why]
    return FigureLine(link, place, each.words, f"{told}: {said_day(each.day)}")


ROUTES = (Route(PATH, money),)
