"""The councils that write here, and beginning one: which council, and its first admin."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import now, today
from offer.council_names import councils_by_name
from offer.db.errors import Refused
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.me import said_moment
from offer.pages.staff.people import Invitee, invited_page
from offer.pages.staff.view import StaffPage, me_of, place_name, said, show
from offer.staff.accounts import read_email
from offer.staff.councils import FirstAdmin, begun, start_council
from offer.staff.gaps.places import codes_of_scope, entries_of
from offer.staff.roles import NATIONAL, may, scopes_with

PATH = "/staff/councils"


@dataclass(frozen=True, slots=True)
class CouncilLine:
    """One council: since when it writes here, and how many entries of it are public."""

    link: Link
    since: str
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilsPage(StaffPage):
    """This person's councils; for an admin of England all that have begun."""

    lines: tuple[CouncilLine, ...]
    may_start: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was typed, and what is wrong with it."""

    scope: str = ""
    email: str = ""
    name: str = ""
    team: str = ""
    scope_fault: str = ""
    email_fault: str = ""
    name_fault: str = ""
    team_fault: str = ""

    @property
    def refused(self) -> bool:
        """Whether something is wrong."""
        return any((self.scope_fault, self.email_fault, self.name_fault, self.team_fault))


BLANK = Typed()


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage(StaffPage):
    """The form; `choices` are the councils that have not begun."""

    typed: Typed
    choices: tuple[tuple[str, str], ...]


async def listed(request: Request) -> Response:
    """GET /staff/councils."""
    me, since = me_of(request), await begun(live_of(request).database)
    scopes = set(scopes_with(me.grants, "viewer"))
    national = may(me.grants, "admin", NATIONAL)
    every = scopes | since.keys() if national else scopes
    view = CouncilsPage(
        title="Councils", path=PATH, me=me, may_start=national, lines=tuple(_lines(request, every, since))
    )
    return show(request, "councils", view)


def _lines(request: Request, scopes: set[str], since: dict[str, datetime]) -> Iterator[CouncilLine]:
    published, on = live_of(request).published, today()
    for name, scope in sorted((place_name(request, scope), scope) for scope in scopes):
        count = len(entries_of(published, codes_of_scope(published.places, scope, on)))
        began = since.get(scope)
        yield CouncilLine(Link(f"{PATH}/{scope}", name), said_moment(began) if began else "", count)


async def form(request: Request) -> Response:
    """GET /staff/councils/new."""
    return await _form(request, BLANK)


async def start(request: Request) -> Response:
    """POST /staff/councils/new: begins it, and shows the one-time address of a new first admin."""
    me, live = me_of(request), live_of(request)
    typed = _read(request, await request.form())
    if typed.refused:
        return await _form(request, typed, 422)
    admin = FirstAdmin(typed.email, typed.name, typed.team)
    try:
        key = await start_council(live.database, typed.scope, admin, me.by, now())
    except Refused as fault:
        return await _form(request, replace(typed, email_fault=str(fault)), 422)
    if live.watch is not None:
        await live.watch.look()  # so that the public pages say at once that it is being written
    if key is None:
        return RedirectResponse(f"{PATH}/{typed.scope}?begun", 303)
    who = Invitee(typed.email, typed.name, place_name(request, typed.scope))
    return await invited_page(request, key, who)


def _read(request: Request, typed: FormData) -> Typed:
    scope, email = said(typed, "scope"), said(typed, "email", 254)
    name, team = said(typed, "name", 120), said(typed, "team", 120)
    known = live_of(request).published.places.authority(scope) is not None
    return Typed(
        scope,
        read_email(email) or email,
        name,
        team,
        "" if known else "Choose a council.",
        "" if read_email(email) else "Type an email address, such as sam@council.example.",
        "" if name else "Type a name, so that others know whose account it is.",
        "" if team else "Type a team: the log names it in the place of the person.",
    )


async def _form(request: Request, typed: Typed, status: int = 200) -> Response:
    since = await begun(live_of(request).database)
    councils = councils_by_name(live_of(request).published.places, today())
    view = StartPage(
        title="Error: Start a council" if typed.refused else "Start a council",
        path=f"{PATH}/new",
        me=me_of(request),
        typed=typed,
        choices=(("", "Choose a council"), *(each for each in councils if each[0] not in since)),
    )
    return show(request, "council-new", view, status)


ROUTES = (
    Route(PATH, listed),
    Route(f"{PATH}/new", form),
    Route(f"{PATH}/new", start, methods=["POST"]),
)
