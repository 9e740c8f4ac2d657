"""Sheets out and in: what each is for, the trial of one that came back, and the change it becomes."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import now, today
from offer.council_names import councils_by_name
from offer.db.errors import Refused
from offer.entitlements.schema import ENGLAND
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.rule_words import rule_words_of
from offer.pages.staff.view import StaffPage, me_of, place_name, said, show
from offer.sheets.dry_run import claims, dry_run, named
from offer.sheets.grid import Refusal
from offer.sheets.parameters import next_april
from offer.sheets.report import Desk, Key, RowReport, Trial
from offer.sheets.trial import KNOWN
from offer.sheets.upload import grids, is_yaml_zip
from offer.sheets.yaml_files import dry_run_of_files, files_of
from offer.staff import exchange
from offer.staff.roles import NATIONAL, may, scope_of, scopes_with
from offer.staff.sessions import Person

PATH = "/staff/exchange"
CHOOSE = "Choose a file first."
MOST_ROWS = 300  # shown of one report


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangePage(StaffPage):
    """One place's sheets. `trial`: what a file would change; `plan`: that, as the page carries it."""

    scope: str
    place: str
    places: tuple[Link, ...]
    councils: tuple[tuple[str, str], ...]
    april: date
    trial: Trial | None = None
    file: str = ""
    plan: str = ""
    file_fault: str = ""

    @property
    def href(self) -> str:
        """The page of this place, which its files and forms go on from."""
        return f"{PATH}/{self.scope}"

    @property
    def is_national(self) -> bool:
        """Whether it is national content, which has every council's districts in it."""
        return self.scope == NATIONAL

    @property
    def can_edit(self) -> bool:
        """Whether whoever asks may bring a file back."""
        return self.me is not None and may(self.me.grants, "editor", self.scope)

    @property
    def is_admin(self) -> bool:
        """Whether whoever asks may take a full copy."""
        return self.me is not None and may(self.me.grants, "admin", self.scope)

    @property
    def shown(self) -> tuple[RowReport, ...]:
        """The rows worth reading: what is wrong first; those that stay as they are only where told of."""
        return self._rows[:MOST_ROWS]

    @property
    def left_out(self) -> int:
        """How many more such rows there are."""
        return max(0, len(self._rows) - MOST_ROWS)

    @property
    def _rows(self) -> tuple[RowReport, ...]:
        rows = self.trial.rows if self.trial else ()
        told = [each for each in rows if each.outcome != "same" or each.notes]
        return tuple(sorted(told, key=lambda each: each.outcome != "fault"))


async def start(request: Request) -> Response:
    """GET /staff/exchange: of the first place somebody holds a role in."""
    scopes = sorted(scopes_with(me_of(request).grants, "viewer"))
    return await _page(request, scopes[0])


async def of_place(request: Request) -> Response:
    """GET /staff/exchange/{place}."""
    return await _page(request, request.path_params["place"])


async def try_file(request: Request) -> Response:
    """POST /staff/exchange/{place}/try: what the file would change. Nothing is written or kept."""
    place, form = request.path_params["place"], await request.form()
    given = form.get("sheet")
    if not isinstance(given, UploadFile) or not given.filename:
        return await _page(request, place, file_fault=CHOOSE, status=422)
    try:
        async with live_of(request).exchange:  # one file at a time: it takes memory and a processor
            trial = await _trial(request, place, await given.read())
        plan = exchange.carried(trial.items) if trial.items else ""
    except (Refusal, Refused) as fault:
        return await _page(request, place, file_fault=str(fault), status=422)
    status = 422 if trial.is_faulty else 200
    return await _page(request, place, trial=trial, plan=plan, file=given.filename[:80], status=status)


async def make(request: Request) -> Response:
    """POST /staff/exchange/{place}/change: one draft change of all that the page carried."""
    me, place, form = me_of(request), request.path_params["place"], await request.form()
    plan = form.get("plan")
    title = said(form, "title") or "Changes from a file"
    try:
        items = await asyncio.to_thread(exchange.read_carried, plan if isinstance(plan, str) else "")
        change = await exchange.make_change(live_of(request).database, place, title, items, me.by, now())
    except Refused as fault:
        return await _page(request, place, error=str(fault), status=409)
    return RedirectResponse(f"/staff/changes/{change}", 303)


async def _trial(request: Request, place: str, data: bytes) -> Trial:
    if await asyncio.to_thread(is_yaml_zip, data):
        given, versions = await asyncio.to_thread(files_of, data)
        keys = {(each.kind.name, each.slug) for each in given}
        asked = {(*key, number) for key, number in versions.items() if key in keys}
        desk = await desk_of(request, place, keys, asked)
        return await asyncio.to_thread(dry_run_of_files, given, versions, desk)
    read = await asyncio.to_thread(grids, data, KNOWN)
    desk = await desk_of(request, place, named(read), claims(read))
    return await asyncio.to_thread(dry_run, read, desk)


async def desk_of(request: Request, place: str, keys: set[Key], asked: set[exchange.Claim]) -> Desk:
    """What a trial of a file that names those documents compares with."""
    live = live_of(request)
    held = await exchange.held_of(live.database, place)
    shared = await exchange.shared_with(live.database, place)
    others = await exchange.elsewhere(live.database, keys, held.keys())
    newest = {**shared, **held}
    older = {each for each in asked if (at := newest.get(each[:2])) and at.number != each[2]}
    return Desk(
        scope=place,
        held=held,
        elsewhere={key: place_name(request, scope_of(code)) for key, code in others.items()},
        names=names_of(request),
        rule_words=rule_words_of(live.published),
        earlier=await exchange.earlier(live.database, older),
        shared=shared,
    )


def names_of(request: Request) -> Mapping[str, str]:
    """Every place by its code."""
    return {**live_of(request).published.names, ENGLAND: "England"}


async def _page(
    request: Request,
    place: str,
    *,
    trial: Trial | None = None,
    plan: str = "",
    file: str = "",
    file_fault: str = "",
    error: str = "",
    status: int = 200,
) -> Response:
    me, published = me_of(request), live_of(request).published
    if place != NATIONAL and published.places.authority(place) is None:
        raise HTTPException(404)
    faulty = file_fault or error or (trial and trial.is_faulty)
    name = "What the file would change" if trial else "Sheets"
    view = ExchangePage(
        title=f"{'Error: ' if faulty else ''}{name}",
        path=PATH,
        me=me,
        error=error,
        scope=place,
        place=place_name(request, place),
        places=_places(request, me, place),
        councils=councils_by_name(published.places, today()) if place == NATIONAL else (),
        april=next_april(today()),
        trial=trial,
        file=file,
        plan=plan,
        file_fault=file_fault,
    )
    return show(request, "exchange", view, status)


def _places(request: Request, me: Person, chosen: str) -> tuple[Link, ...]:
    """The sheets of each place somebody holds a role in."""
    scopes = sorted(scopes_with(me.grants, "viewer"))
    return tuple(Link(f"{PATH}/{each}", place_name(request, each), each == chosen) for each in scopes)


ROUTES = (
    Route(PATH, start),
    Route(f"{PATH}/{{place}}", of_place),
    Route(f"{PATH}/{{place}}/try", try_file, methods=["POST"]),
    Route(f"{PATH}/{{place}}/change", make, methods=["POST"]),
)
