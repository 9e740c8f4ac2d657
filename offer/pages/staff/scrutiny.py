"""The scrutiny report of a place: on a page to read and print, and as a table for a spreadsheet."""

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.caching import PRIVATE
from offer.clock import today
from offer.live import live_of
from offer.pages.fields import Choice
from offer.pages.staff.gaps import gaps_of_scope
from offer.pages.staff.scoped import scope_asked, scope_picks
from offer.pages.staff.view import StaffPage, me_of, place_name, show
from offer.staff.checklist import drafts_of
from offer.staff.gaps.places import codes_of_scope
from offer.staff.scrutiny import SECTIONS, Finding, findings, table
from offer.staff.words.council import terms_of
from offer.tables import to_csv

PATH = "/staff/scrutiny"
BACK = timedelta(days=90)
FAULT = "That is not a day. The report tells of the last 90 days."


@dataclass(frozen=True, slots=True)
class SectionView:
    """One part of the report."""

    id: str
    shape: str
    title: str
    lines: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose report, and from which day on changes are told. `fault`: the day that was typed is none."""

    scope: str
    since: date
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrutinyPage(StaffPage):
    """The report on a day, with the way to it as a table."""

    place: str
    scope: str
    picks: tuple[Choice, ...]
    on: date
    since: date
    fault: str
    sections: tuple[SectionView, ...]
    csv: str


async def report(request: Request) -> Response:
    """GET /staff/scrutiny?scope=E10000019&since=2026-09-01."""
    asked, on = _asked(request), today()
    place, found = place_name(request, asked.scope), await _findings(request, asked, on)
    view = ScrutinyPage(
        title=f"{'Error: ' if asked.fault else ''}Scrutiny report: {place}",
        path="/staff/gaps",
        me=me_of(request),
        place=place,
        scope=asked.scope,
        picks=scope_picks(request, asked.scope),
        on=on,
        since=asked.since,
        fault=asked.fault,
        sections=tuple(
            SectionView(id_, shape, title, tuple(each for each in found if each.section == id_))
            for id_, (shape, title) in SECTIONS.items()
        ),
        csv=f"{PATH}.csv?{urlencode({'scope': asked.scope, 'since': asked.since.isoformat()})}",
    )
    return show(request, "scrutiny", view, 422 if asked.fault else 200)


async def as_csv(request: Request) -> Response:
    """GET /staff/scrutiny.csv: the same findings, one a line."""
    asked, on = _asked(request), today()
    found = await _findings(request, asked, on)
    body = await asyncio.to_thread(to_csv, table(place_name(request, asked.scope), found, on))
    name = f"scrutiny-{asked.scope}-{on.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **PRIVATE}
    return Response(body, headers=headers, media_type="text/csv; charset=utf-8; header=present")


async def _findings(request: Request, asked: Asked, on: date) -> tuple[Finding, ...]:
    live = live_of(request)
    found = await gaps_of_scope(request, asked.scope, on)
    terms = await terms_of(live.database, asked.scope)
    codes = codes_of_scope(live.published.places, asked.scope, on)
    drafts = await drafts_of(live.database, live.published, asked.scope, on)
    return await asyncio.to_thread(findings, live.published, found, codes, drafts, terms, asked.since, on)


def _asked(request: Request) -> Asked:
    scope, typed, usual = scope_asked(request), request.query_params.get("since", ""), today() - BACK
    try:
        since = date.fromisoformat(typed) if typed else usual
    except ValueError:
        return Asked(scope, usual, FAULT)
    return Asked(scope, since) if since <= today() else Asked(scope, usual, FAULT)


ROUTES = (Route(PATH, report), Route(f"{PATH}.csv", as_csv))
